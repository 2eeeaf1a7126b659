"""Kinsoku, one table for all: which characters begin no line, which end none, and inside which words none breaks.

JIS X 4051 (line composition), 6.1.3 to 6.1.5; a column of vertical writing is a line, too.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_FIRST = frozenset(
    "、。，．・：；？！」』）］｝】〕〉》ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ／…,.)]"
)
"""行頭禁則: no line begins with one of these."""

NOT_LAST = frozenset("「『（［｛【〔〈《([")
"""行末禁則: no line ends with one of these."""

WORD_JOINER = "\u2060"
"""Forbids a break where it stands (Unicode, UAX 14, class WJ); it has no width and no glyph."""

_TEXT = re.compile(r"(<style.*?</style>|<[^>]*>)", re.DOTALL)
DATE = re.compile(
    r"(?:令和|平成|昭和|大正|明治)(?:元|[0-9０-９]+)年(?:度|[0-9０-９]+月(?:[0-9０-９]+日)?)?"
    r"|[0-9０-９]+年[0-9０-９]+月(?:[0-9０-９]+日)?|[0-9０-９]+月[0-9０-９]+日"
)
"""令和8年5月12日, 令和8年度, 5月12日."""

_MEASURED = re.compile(r"[0-9０-９]+(?:[かカヵヶケ][一-龠々]間?|つ|[㎜㎝㎞㎡㎥㎏])")
_WORD = re.compile(
    rf"(?:{DATE.pattern})[一-龠々]*|{_MEASURED.pattern}|[0-9０-９]+[ァ-ヴー]+"
    r"|[ァ-ヴー]{2,}|第?[0-9０-９]+[一-龠々]+|[一-龠々]{2,}"
)
_COUNTED_IN_KATAKANA = re.compile(r"([0-9０-９]+)([ァ-ヴー]+)")

_WHOLE_KATAKANA = 6
"""Up to so many characters a word in katakana is never broken; longer ones are where two words meet."""

_KATAKANA_WORDS = re.compile(
    "アドバイザー|アンケート|イベント|インターネット|ガイド|カウンセラー|カウンセリング|キャリア|キャンペーン|クラブ|グループ|ケア"
    "|コーディネーター|コーディネート|コミュニケーション|コミュニティ|コメント|サービス|サポーター|サポート|サロン|システム|シルバー"
    "|ショップ|スクール|スタッフ|ステーション|スポーツ|セミナー|センター|ソーシャル|データ|デザイン|ネットワーク|バランス|バリアフリー"
    "|パートナー|パブリック|パンフレット|ファミリー|フォーラム|ブック|プラン|プログラム|プロジェクト|ヘルス|ヘルパー|ヘルプ|ベース|ホーム"
    "|ボランティア|マップ|マネジメント|マネジャー|メンタル|モデル|ユニバーサル|ライフ|ライン|リーダー|リーフレット|レクリエーション"
    "|ワーカー|ワーク|ワンストップ|ワークショップ|デジタル|カード|サイクル|エネルギー|オンライン|ファシリテーター|オレンジ|カフェ"
)
_MIN_PART = 2
_MAX_LENGTH = 8
"""Characters of a word in katakana that has room in nearly any column. A longer one of which no part is known may break
in even pieces, by the rules; else the renderer would break it where it must, before a small character too."""
_NO_PIECE_BEGINS = NOT_FIRST | {"ン"}
_KATAKANA_END = re.compile(r"[ァ-ヴー]*$")
_KATAKANA_START = re.compile(r"[ァ-ヴー]*")

_COUNTED = re.compile(
    r"第?[0-9０-９]+(?:[次期回年月日人件部号歳名台戸校か箇ヶ所課区市町村層割円度室組棟世帯団体種]+(?:間|度|生|級)?)?"
)
_KANJI_WORD = re.compile(
    r"[要被未非各全両副準再新]?[一-龠々]{2}(?:[課部局室係所会者等率費性化的館金員数時率法](?![一-龠々](?![一-龠々])))?"
)
_ENDING = re.compile(r"[者所等課部会的化性](?=[一-龠々]{2})")
"""What may end a word that began in kana: 障がい者, まちづくり課."""

_CLOSING = frozenset({"</p>", "</li>", "</dd>"})
_LONG, _END = 16, 8
"""Characters, joiners too, of a text that may need several lines, and of its end."""
_LAST_CHARACTERS = re.compile(rf"(?:[ぁ-んァ-ヴー一-龠々]{WORD_JOINER}?){{3}}[。）」』]?$")


def keep_words(html: str) -> str:
    """Return HTML whose texts break inside no short word: in katakana, of kanji, a date, or a number and its unit.

    支援センター breaks before センター, 補助金 nowhere, 社会福祉協議会 behind 社会 and 福祉. What fits into no line
    breaks where it must. No paragraph has one or two characters alone on its last line. Markup and styles stay as they
    are.
    """
    parts = _TEXT.split(html)
    kept = [part if part.startswith("<") else _WORD.sub(_joined, part) for part in parts]
    for at, (text, tag) in enumerate(pairwise(kept)):
        if tag in _CLOSING and len(text) > _LONG:
            kept[at] = text[:-_END] + _LAST_CHARACTERS.sub(_ended, text[-_END:])
    return "".join(kept)


def tears_katakana(before: str, after: str) -> bool:
    """Whether a word in katakana would be torn between two pieces of a text: 温室効果ガ, ス排出量."""
    begun = _KATAKANA_END.search(before)[0]  # type: ignore[index]
    rest = _KATAKANA_START.match(after)[0]  # type: ignore[index]
    return bool(begun and rest) and len(begun) not in accumulate(map(len, katakana_units(begun + rest)))


def without_joiners(text: str) -> str:
    """Return a text as it was typed, for all that is not set in lines."""
    return text.replace(WORD_JOINER, "")


def _ended(found: re.Match[str]) -> str:
    return WORD_JOINER.join(without_joiners(found[0]))


def _joined(found: re.Match[str]) -> str:
    word = found[0]
    if "ァ" <= word[0] <= "ー":
        units = katakana_units(word)
    elif counted := _COUNTED_IN_KATAKANA.fullmatch(word):
        first, *rest = katakana_units(counted[2])
        units = [counted[1] + first, *rest]
    elif _MEASURED.fullmatch(word):
        units = [word]
    else:
        units = _kanji_units(word, after_kana="ぁ" <= found.string[found.start() - 1 : found.start()] <= "ん")
    return "".join(WORD_JOINER.join(unit) for unit in units)


def katakana_units(word: str) -> list[str]:
    """Split a word in katakana into those that it is made of: サポート, センター."""
    if len(word) <= _WHOLE_KATAKANA:
        return [word]
    places = {place for each in _KATAKANA_WORDS.finditer(word) for place in each.span()}
    ends = sorted(place for place in places if _MIN_PART <= place <= len(word) - _MIN_PART)
    # Two words meet nowhere before a small character or a long vowel.
    ends = [end for end in ends if word[end] not in NOT_FIRST]
    units = (word[start:end] for start, end in zip([0, *ends], [*ends, len(word)], strict=True))
    return [piece for unit in units for piece in _pieces(unit)]


def _pieces(unit: str) -> Iterator[str]:
    """Split what is too long for some columns into as few pieces as fit, about as long as each other."""
    while len(unit) > _MAX_LENGTH:
        number = -(-len(unit) // _MAX_LENGTH)
        places = [at for at in range(_MIN_PART, len(unit) - 1) if unit[at] not in _NO_PIECE_BEGINS]
        if not places:
            break
        end = min(places, key=lambda at: abs(at - len(unit) / number))
        yield unit[:end]
        unit = unit[end:]
    yield unit


def _kanji_units(word: str, *, after_kana: bool) -> list[str]:
    """Split a chain of kanji into words: of two characters, with what only begins or ends a word."""
    units: list[str] = []
    at = 0
    if begin := DATE.match(word) or _COUNTED.match(word) or (_ENDING.match(word) if after_kana else None):
        units, at = [begin[0]], begin.end()
    while found := _KANJI_WORD.match(word, at):
        units.append(found[0])
        at = found.end()
    if at < len(word):
        # One is left over: nobody knows where a word ends.
        units[-1:] = ["".join((*units[-1:], word[at:]))]
    return units
