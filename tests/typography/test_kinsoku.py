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
        ("令和8年5月12日開催", ["令和8年5月12日", "開催"]),
        ("令和元年度末までの", ["令和元年度末"]),
        ("2026年10月1日に", ["2026年10月1日"]),
        ("１２月３１日", ["１２月３１日"]),
        ("8年間計画", ["8年間", "計画"]),
        ("3か月間に5カ所", ["3か月間", "5カ所"]),
        ("100㎡を50ページ", ["100㎡", "50ページ"]),
        ("インクルージョン", ["インクルージョン"]),
        (
            "クラウドファンディングのインフラストラクチャー",
            ["クラウド", "ファンディング", "インフラス", "トラクチャー"],
        ),
    ],
)
def test_words_are_kept_whole(text: str, kept: list[str]) -> None:
    units = re.split(f"(?<=[^{WORD_JOINER}])(?=[^{WORD_JOINER}])", keep_words(text))
    words = [without_joiners(unit) for unit in units if WORD_JOINER in unit]
    assert words == [word for word in kept if len(word) > 1 and "け" not in word]


@given(st.text("アイウカンッャョー", min_size=7, max_size=30))
def test_long_words_break_as_kinsoku_allows(word: str) -> None:
    *_, last = units = re.split(f"(?<=[^{WORD_JOINER}])(?=[^{WORD_JOINER}])", keep_words(word))
    assert not {unit[0] for unit in units[1:]} & set("ンッャョー")
    assert all(len(without_joiners(unit)) > 1 for unit in units)
    assert len(without_joiners(last)) <= 8 or set(without_joiners(last)[2:-1]) <= set("ンッャョー")


@given(JAPANESE)
def test_nothing_but_joiners_is_added(text: str) -> None:
    assert without_joiners(keep_words(text)) == text


@pytest.mark.parametrize("end", ["を進めます。", "づくりの推進", "（資料編を参照）"])
def test_paragraphs_end_with_more_than_two_characters(end: str) -> None:
    text = f"地域福祉計画は、市の計画で、みんなで{end}"
    (*_, last) = re.findall(f".(?:{WORD_JOINER}.)*", keep_words(f"<p>{text}</p>").removesuffix("</p>"))
    last = without_joiners(last)
    assert len(last) > 2
    assert end.endswith(last)
    assert keep_words(f"<b>{text}</b>").count(WORD_JOINER) < keep_words(f"<p>{text}</p>").count(WORD_JOINER)


def test_markup_and_styles_stay_as_they_are() -> None:
    html = '<style>.支援 { --語: センター }</style><a href="#支援センター" title="補助金">と</a>'
    assert keep_words(html) == html
