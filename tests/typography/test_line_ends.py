from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.line_ends import names, parted, unbroken

JAPANESE = st.text("地域福祉計画センター会課部の、。・：（）「」をにはabc12,345こどもと年月", max_size=60)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("相談窓口の周知を徹底する。", "徹底する。"),
        ("地域食堂の情報提供・連携", "連携"),
        ("防災マップや防災マニュアルの整備、情報提供", "情報提供"),
        # Chains of nouns, in which there are no phrases.
        ("地区社会福祉協議会", "協議会"),
        ("地域福祉推進事業実施計画", "計画"),
        ("白井市立保健福祉センター", "センター"),
        # A figure keeps its unit.
        ("・開催回数：752か所", "752か所"),
        # What fits into any column needs no care, and what is no word may break anywhere.
        ("相談窓口の設置", ""),
        ("https://www.city.example.lg.jp/abcdefghij", ""),
        ("・・・・・・・・・・・・・・", ""),
    ],
)
def test_the_end_of_a_text_is_a_word(text: str, end: str) -> None:
    assert parted(text) == (text.removesuffix(end), end)


def test_narrow_columns_have_shorter_ends() -> None:
    assert parted("関係機関との連携の総合的推進を図る。", 8)[1] == "図る。"
    assert parted("子ども・若者の居場所づくりの総合調整", 8)[1] == "総合調整"
    assert parted("子ども・若者の居場所づくりの総合調整", 3)[1] == "調整"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("（社会福祉課、高齢者福祉課、関係課）", ["（社会福祉課、", "高齢者福祉課、", "関係課）"]),
        ("健康福祉部保険年金課", ["健康福祉部", "保険年金課"]),
        ("市民生活部ごみ減量推進課、内部統制推進対策課", ["市民生活部", "ごみ減量推進課、", "内部統制推進対策課"]),
        ("教育委員会学校教育課、健康福祉部保健センター", ["教育委員会", "学校教育課、", "健康福祉部", "保健センター"]),
    ],
)
def test_names_break_between_them_or_between_their_parts(text: str, pieces: list[str]) -> None:
    assert names(text) == tuple((piece, True) for piece in pieces)


def test_short_phrases_are_kept_in_one_line() -> None:
    assert unbroken("適切な利用の総合的な促進") == (
        ("適切な", True),
        ("利用の", True),
        ("総合的な", True),
        ("促進", True),
    )
    assert unbroken("地域福祉推進事業実施計画") == (("地域福祉推進事業実施", False), ("計画", True))
    assert unbroken("Llanfairpwllgwyngyll") == (("Llanfairpwllgwyngyll", False),)


@given(JAPANESE, st.integers(1, 12))
def test_nothing_is_lost_and_no_end_is_wider_than_asked(text: str, most: int) -> None:
    head, tail = parted(text, most)
    assert head + tail == text
    assert len(tail) <= most
    assert "".join(piece for piece, _ in names(text)) == text
    assert all(len(piece) <= 9 for piece, whole in names(text) if whole)


def test_no_line_of_names_ends_with_a_middle_dot_or_a_slash() -> None:
    name = "市民生活部人権・多文化共生／男女共同参画推進課"
    assert names(name) == (("市民生活部", True), ("人権・多文化共生／男女共同", False), ("参画推進課", True))
    assert all(
        not piece.endswith(("・", "／")) for piece, _ in names(f"{name}、健康福祉部地域包括ケア・重層的支援推進課")
    )
