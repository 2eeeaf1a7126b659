"""What is underlined: as a clerk would mark it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.comparison.underlining import Pieces, underlined

CASES = [
    ("地域福祉にかかる［地区］担当職員の配置", "地域福祉にかかる担当職員の配置"),
    ("地域ぐるみネットワーク会議への［参入］促進", "地域ぐるみネットワーク会議への［参加］促進"),
    ("自立支援［方策］の充実", "自立支援［対策］の充実"),
    ("社会福祉協議会［運営支援］補助金の交付", "社会福祉協議会［管理事業］補助金の交付"),
    ("高齢者見守り［事業への］参加促進", "高齢者見守り［事業の］参加促進"),
    ("発行部数：［2,300部］", "発行部数：［2,500部］"),
    ("年［12回］開催する。", "年［24回］開催する。"),
    ("［9小学校区］", "［10小学校区］"),
    ("相談を［行う］。", "相談を［行わない］。"),
    ("［ケースワーカーの］配置", "［ソーシャルワーカーの］配置"),
    ("［サービスの］利用", "［サービスセンターの］利用"),
    ("［避難場所の］周知", "［避難所の］周知"),
    ("周知、［登録促進。］", "周知、［登録促進］"),
    (
        "学習支援を行う団体等との情報交換などを行い、支援体制の確立を図る。",
        "地域で活動する団体に対し、情報提供や研修を行い、担い手の育成を図る。",
    ),
]


def _marked(pieces: Pieces) -> str:
    return "".join(f"［{piece.text}］" if piece.changed else piece.text for piece in pieces)


def _plain(text: str) -> str:
    return re.sub("[［］]", "", text)


@pytest.mark.parametrize(("old", "new"), CASES[:-1])
def test_what_differs(old: str, new: str) -> None:
    assert tuple(map(_marked, underlined(_plain(old), _plain(new)))) == (old, new)


def test_another_text_is_underlined_as_a_whole() -> None:
    old, new = CASES[-1]
    assert tuple(map(_marked, underlined(old, new))) == (f"［{old}］", f"［{new}］")


def test_reflowed_is_the_same() -> None:
    old, new = underlined("相談しやすい窓口を\n設ける。", "相談しやすい\n窓口を設ける。")
    assert not any(piece.changed for piece in (*old, *new))


def test_sentences_that_are_the_same_are_left_out() -> None:
    first = "小学校区ごとに、様々な分野の団体や事業者を交えた意見交換会を開催する。"
    last = "既存地域ぐるみネットワーク会議との調整を行う。"
    old, new = underlined(f"{first}設立の支援を行う。{last}", f"{first}設立の支援を実施する。{last}")
    assert _marked(old) == "（略）設立の支援を［行う］。（略）"
    assert _marked(new) == "（略）設立の支援を［実施する］。（略）"


_WORDS = st.sampled_from(
    [
        "地域",
        "福祉",
        "サービス",
        "ネットワーク",
        "2,300部",
        "年12回",
        "の",
        "を",
        "に",
        "充実",
        "推進する",
        "。",
        "、",
        "支援",
        "10.5％",
        "NPO",
        "\n・",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=14).map("".join)


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _TEXTS)
def test_laws(old: str, new: str) -> None:
    was, now = underlined(old, new, shorten=False)
    # Nothing is lost or added, and the other way round it is the same.
    assert "".join(piece.text for piece in was) == old
    assert "".join(piece.text for piece in now) == new
    assert underlined(new, old, shorten=False) == (now, was)
    for pieces in (was, now):
        text = ""
        for piece in pieces[:-1]:
            text += piece.text
            rest = "".join(each.text for each in pieces)[len(text) :]
            # A line never ends within a number, or a word in katakana or letters.
            assert not (re.search(r"[0-9][,.]?$", text) and re.match(r"[0-9]", rest)), (text, rest)
            assert not (re.search(r"[ァ-ヺー]$", text) and re.match(r"[ァ-ヺー]", rest)), (text, rest)
