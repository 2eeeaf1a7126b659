"""Lines of large type break between phrases, and evenly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.phrases import balanced, phrases, width

JAPANESE = st.text("地域福祉計画第2次（案）、。・「」のをにはabc12,345期こどもと及び年月", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地域における福祉サービスの適切な利用の促進", "地域に|おける|福祉サービスの|適切な|利用の|促進"),
        ("〇〇市第2期地域福祉計画", "〇〇市第2期地域福祉計画"),
        ("第5次総合計画後期基本計画", "第5次総合計画|後期基本計画"),
        ("高齢者保健福祉計画・第9期介護保険事業計画", "高齢者保健福祉計画・|第9期介護保険事業計画"),
        ("（令和6年度から令和15年度まで）", "（令和6年度から|令和15年度まで）"),
        ("こども・若者「みんな」の計画", "こども・|若者|「みんな」の|計画"),
        ("温室効果ガス排出量の削減", "温室効果|ガス排出量の|削減"),
    ],
)
def test_where_lines_may_break(text: str, expected: str) -> None:
    assert "|".join(phrases(text)) == expected


@given(JAPANESE)
def test_phrases_are_the_text(text: str) -> None:
    assert "".join(phrases(text)) == text


@given(JAPANESE)
def test_no_phrase_begins_or_ends_against_kinsoku_or_tears_a_number(text: str) -> None:
    found = phrases(text)
    for before, after in pairwise(found):
        assert after[0] not in "、。・）」,"
        assert before[-1] not in "（「"
        assert not (before[-1].isdigit() and after[0].isdigit())


@given(st.lists(st.text("計画あ1", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(5, 20))
def test_lines_are_the_fewest_and_keep_the_measure(words: list[str], measure: int) -> None:
    lines = balanced(words, measure)
    assert "".join(lines) == "".join(words)
    assert all(width(line) <= measure or line in words for line in lines)
    assert len(lines) == _greedy(words, measure)


def _greedy(words: list[str], measure: int) -> int:
    """Count the lines of filling each as far as it goes, which are the fewest."""
    lines, line = 1, words[0]
    for word in words[1:]:
        line, lines = (line + word, lines) if width(line + word) <= measure else (word, lines + 1)
    return lines


def test_lines_are_even() -> None:
    assert balanced(["あああ", "いいい", "ううう", "え"], 9) == ("あああいいい", "うううえ")


def test_words_of_plans_are_not_torn_apart() -> None:
    assert phrases("高齢者の社会参加と生きがいづくり")[-1] == "生きがいづくり"
    assert phrases("権利擁護の推進と成年後見制度の利用促進")[-2:] == ("成年後見制度の", "利用促進")
    assert phrases("健康福祉部高齢福祉課") == ("健康福祉部", "高齢福祉課")
    assert phrases("健康福祉部地域包括ケア・重層的支援推進課")[0] == "健康福祉部"
