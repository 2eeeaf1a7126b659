from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.views.long_texts import Line, joined
from planbook.views.sheet_pages import Heights, Space, paginate, split_texts
from planbook.views.sheet_records import FieldLabel, RelistingLink, Sheet, SheetField, SheetRow

MARK = "（続き）"
PAGE = 100.0


def sheet(name: str, fields: int, rows: int) -> Sheet:
    return Sheet(
        anchor=name,
        title=name,
        departments="福祉課",
        fields=tuple(SheetField(FieldLabel("目標"), (Line(f"{name}-{at}"),)) for at in range(fields)),
        rows=tuple(SheetRow(f"{name}:{at}", "取組", "", "（福祉課）", (), ((Line("検討"),),)) for at in range(rows)),
    )


def heights(*rows: float, fields: tuple[float, ...] = (10,), name: float = 10, years: float = 5) -> Heights:
    return Heights(name, name, fields, years, rows)


def pages(*of: tuple[Sheet, Heights], first: float = 80) -> list[list[str]]:
    """Return the anchors of the rows of every page, after the name of their sheet."""
    laid_out = paginate([sheet for sheet, _ in of], [measured for _, measured in of], Space(PAGE, first, 5), MARK)
    return [
        [text for part in page for text in (part.title + part.continued, *(row.anchor for row in part.rows))]
        for page in laid_out
    ]


def test_sheets_follow_each_other_while_they_fit() -> None:
    one = heights(10)
    assert pages((sheet("a", 1, 1), one), (sheet("b", 1, 1), one), (sheet("c", 1, 1), one)) == [
        ["a", "a:0", "b", "b:0"],
        ["c", "c:0"],
    ]


def test_a_sheet_that_fits_on_a_page_is_not_broken() -> None:
    small, large = heights(10), heights(20, 20, 20)
    assert pages((sheet("a", 1, 1), small), (sheet("b", 1, 3), large)) == [["a", "a:0"], ["b", "b:0", "b:1", "b:2"]]


def test_a_sheet_higher_than_a_page_breaks_between_rows_and_says_so() -> None:
    assert pages((sheet("a", 1, 5), heights(25, 25, 25, 25, 25))) == [
        ["a", "a:0", "a:1"],
        ["a" + MARK, "a:2", "a:3", "a:4"],
    ]


def test_the_first_sheet_does_not_leave_the_headings_alone() -> None:
    assert pages((sheet("a", 1, 3), heights(25, 25, 20)), first=60) == [["a", "a:0"], ["a" + MARK, "a:1", "a:2"]]


def test_headings_that_fill_much_of_a_page_have_it_to_themselves_where_no_row_fits_below() -> None:
    row = heights(25, 25, 20)
    assert pages((sheet("a", 1, 3), row), first=49) == [[], ["a", "a:0", "a:1", "a:2"]]
    assert pages((sheet("a", 1, 3), row), first=50) == [["a", "a:0"], ["a" + MARK, "a:1", "a:2"]]


def test_headings_that_fill_little_of_a_page_are_never_alone() -> None:
    assert pages((sheet("a", 1, 3), heights(60, 25, 20)), first=70)[0] == ["a"]


def test_no_last_row_is_alone_on_a_page() -> None:
    assert pages((sheet("a", 1, 4), heights(18, 18, 18, 18))) == [["a", "a:0", "a:1"], ["a" + MARK, "a:2", "a:3"]]


def test_a_sheet_that_must_break_begins_where_a_row_fits_too() -> None:
    before, long = heights(20), heights(*[20] * 6)
    assert pages((sheet("a", 1, 1), before), (sheet("b", 1, 6), long), first=100)[0] == ["a", "a:0", "b", "b:0"]
    assert pages((sheet("a", 1, 1), before), (sheet("b", 1, 6), long), first=80)[0] == ["a", "a:0"]


def test_only_the_first_part_has_the_anchor_and_a_long_name_is_clipped_afterwards() -> None:
    long = sheet("題" * 80, 1, 6)
    (first,), (second,), *_ = paginate([long], [heights(*[30] * 6)], Space(PAGE, 80, 5), MARK)
    assert (first.title, first.anchor, first.continued) == ("題" * 80, "題" * 80, "")
    assert (second.title, second.anchor, second.continued) == ("題" * 60 + "…", "", MARK)


def split_row(row: SheetRow, height: float) -> tuple[SheetRow, ...]:
    (split,) = split_texts(
        [Sheet("a", "a", "福祉課", (), (row,))], [Heights(10, 10, (), 5, (height,))], Space(100, 100, 5), MARK
    )
    return split.rows


def test_rows_higher_than_a_page_go_on_in_rows_that_say_so() -> None:
    first, *others = split_row(
        SheetRow("x", "取組", "（再掲）", "（福祉課）", (), ((Line("一" * 300),), (Line("二"),))), 180
    )
    assert (first.anchor, first.title, first.departments, first.continued) == ("x", "取組", "（福祉課）", "")
    assert others
    assert {(row.anchor, row.title, row.departments, row.continued, row.marks) for row in others} == {
        ("", "取組", "（福祉課）", MARK, "（再掲）")
    }
    assert "".join(line.text for row in (first, *others) for line in row.targets[0]) == "一" * 300
    assert [row.targets[1] for row in (first, *others)] == [(Line("二"),), *[()] * len(others)]


NAMES = [f"（健康福祉部第{at}支援課、" for at in range(40)]


@pytest.mark.parametrize("title", ["取組", "長い取組の名前" * 60])
def test_a_head_higher_than_a_page_goes_on_too_and_nothing_of_it_is_lost(title: str) -> None:
    links = tuple(RelistingLink(f"l{at}", f"再掲：{at}" + "あ" * 30) for at in range(9))
    rows = split_row(SheetRow("x", title, "", "".join(NAMES), links, ((Line("検討"),),)), 400)
    assert "".join(row.title for row in rows if not row.reminding) == title
    assert "".join(row.departments for row in rows if row.reminding != "head") == "".join(NAMES)
    assert tuple(link for row in rows for link in row.links) == links
    # Names stay whole.
    assert all(row.departments.endswith("、") for row in rows if row.departments)


def test_pieces_that_land_on_a_page_are_joined() -> None:
    row = SheetRow("x", "取組", "", "（福祉課）", (), ((Line("一" * 90), Line("二" * 90), Line("三" * 90)),))
    rows = split_row(row, 300)
    whole = Sheet("a", "a", "福祉課", (), rows)
    (page,) = paginate([whole], [Heights(10, 10, (), 5, (1,) * len(rows))], Space(PAGE, 100, 5), MARK)
    assert page[0].rows == (row,)
    first, second = paginate([whole], [Heights(10, 10, (), 5, (90 / len(rows),) * len(rows))], Space(PAGE, 60, 5), MARK)
    (begun,), (rest,) = first[0].rows, second[0].rows
    assert (rest.title, rest.departments, rest.continued) == ("取組", "（福祉課）", MARK)
    assert joined(begun.targets[0], rest.targets[0]) == row.targets[0]


ROWS = st.lists(st.floats(1, 70), min_size=1, max_size=20)


@given(st.lists(st.tuples(st.lists(st.floats(1, 30), max_size=2), ROWS), min_size=1, max_size=6), st.floats(85, 100))
def test_nothing_is_lost_moved_or_overflowing(sizes: list[tuple[list[float], list[float]]], first: float) -> None:
    all_sheets = [sheet(str(at), len(fields), len(rows)) for at, (fields, rows) in enumerate(sizes)]
    measured = [Heights(10, 10, tuple(fields), 5, tuple(rows)) for fields, rows in sizes]
    laid_out = paginate(all_sheets, measured, Space(PAGE, first, 5), MARK)
    parts = [part for page in laid_out for part in page]
    assert [field for part in parts for field in part.fields] == [field for one in all_sheets for field in one.fields]
    assert [row for part in parts for row in part.rows] == [row for one in all_sheets for row in one.rows]
    height = {
        id(line): size
        for one, m in zip(all_sheets, measured, strict=True)
        for line, size in zip((*one.fields, *one.rows), (*m.fields, *m.rows), strict=True)
    }
    for at, page in enumerate(laid_out):
        assert page
        used = sum(
            10 + (5 if part.rows else 0) + sum(height[id(line)] for line in (*part.fields, *part.rows)) for part in page
        ) + 5 * (len(page) - 1)
        assert used <= (PAGE if at else first) + 1e-6
    for one, m in zip(all_sheets[1:], measured[1:], strict=True):
        if m.part(0, m.count) <= PAGE:
            assert sum(part.title == one.title for part in parts) == 1
