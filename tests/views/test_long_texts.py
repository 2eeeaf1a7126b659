from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planbook.views.long_texts import Line, lines, split, weight

TEXTS = st.text(alphabet="あ漢a。、・\n ", max_size=200)


def test_lines_that_begin_with_a_dot_are_items() -> None:
    assert lines("検討\n・調査") == (Line("検討"), Line("・調査", item=True))


def test_long_lines_break_behind_the_last_full_stop_or_comma() -> None:
    parts = split(lines("一二三四五六七。八九十、一二三四五六七八九十"), 12)
    assert ["".join(line.text for line in part) for part in parts] == [
        "一二三四五六七。",
        "八九十、一二三四五六七八",
        "九十",
    ]
    assert [line.rest for part in parts for line in part] == [False, True, True]


def test_the_tail_stays_behind_the_last_piece() -> None:
    parts = split((Line("一二三四五六七八九十一二", tail="（20人）"),), 8)
    assert [line.tail for part in parts for line in part] == ["", "（20人）"]


@given(TEXTS, st.integers(8, 60))
def test_split_loses_nothing_and_keeps_the_size(text: str, size: int) -> None:
    given_lines = lines(text)
    parts = split(given_lines, size)
    pieces = [line for part in parts for line in part]
    assert "".join(("" if line.rest else "\n") + line.text for line in pieces) == "".join(
        "\n" + line.text for line in given_lines
    )
    assert all(part for part in parts)
    assert all(sum(map(weight, part)) <= size for part in parts)
