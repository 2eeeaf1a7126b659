"""もしかして: the valid words nearest to one that was typed."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHORT_LIST = 12
"""So many valid words are named in full; more would bury the message."""

MAX_COMPARED = 200
"""Of more valid words, only those that begin or end as the one that was typed are compared with it."""

MAX_GUESSED = 100
"""Words that are compared with those of a large collection. A file with more wrong ones is not one of slips."""

# Old and variant forms that input methods offer, each before the form of the 常用漢字表; NFKC keeps them apart.
_OLD_FORMS = (
    "會会國国學学澤沢邊辺邉辺齋斎齊斉廣広濱浜瀧滝龍竜德徳惠恵圓円豐豊榮栄藝芸縣県區区廳庁醫医發発處処勞労靜静關関體体獨独"
    "團団圖図經経濟済營営傳伝變変壽寿眞真實実寫写戰戦辨弁鐵鉄鹽塩齡齢禮礼號号淺浅溫温樂楽廢廃續続總総聽聴參参與与舊旧兒児"
    "產産單単應応擔担髙高﨑崎嶋島薗園數数點点當当萬万對対氣気來来歸帰殘残滿満爲為狀状畫画硏研稅税竝並緖緒繪絵聲声蟲虫觀観"
    "譯訳讀読賣売轉転邨村鄕郷鄰隣釋釈鄉郷錢銭險険隱隠雜雑靈霊顯顕驗験麥麦黨党齒歯祕秘收収敎教曆暦步歩每毎硝硝碍害"
)
_MODERN = str.maketrans(dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True)))

_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
"""Characters that take no room, which come along with what is copied."""

# 音読み of the characters that names of departments are made of: half-width kana may stand for all of a name.
_READINGS_LIST = (
    "社シャ会カイ福フク祉シ課カ高コウ齢レイ者シャ生セイ涯ガイ学ガク習シュウ市シ民ミン活カツ動ドウ支シ援エン健ケン康コウ子コ育ソダ"
    "危キ機キ管カン理リ障ショウ害ガイ教キョウ保ホ協キョウ議ギ関カン係ケイ総ソウ務ム企キ画カク政セイ策サク財ザイ税ゼイ"
    "環カン境キョウ都ト計ケイ建ケン設セツ道ドウ路ロ下ゲ水スイ産サン業ギョウ農ノウ商ショウ工コウ観カン光コウ介カイ護ゴ"
    "国コク金キン年ネン地チ域イキ防ボウ災サイ消ショウ人ジン権ケン情ジョウ報ホウ広コウ秘ヒ書ショ職ショク員イン"
    "図ト館カン文ブン化カ体タイ育イク各カク部ブ室シツ局キョク所ショ町チョウ村ソン区ク県ケン"
)
_READINGS = dict(re.findall(r"([^ァ-ヶー])([ァ-ヶー]+)", _READINGS_LIST))


@cache
def fold(word: str) -> str:
    """Fold what Japanese typing varies without meaning: full and half width, old forms of kanji, spaces, case."""
    return "".join(unicodedata.normalize("NFKC", word).translate(_MODERN).translate(_UNSEEN).split()).casefold()


@cache
def _reading(folded: str) -> str:
    """Return a word in katakana as far as its characters are known; hiragana becomes katakana."""
    kana = (chr(ord(character) + 0x60) if "ぁ" <= character <= "ゖ" else character for character in folded)
    return "".join(_READINGS.get(character, character) for character in kana)


def nearest(word: str, valid: Collection[str]) -> list[str]:
    """Return the valid words that are most like `word`, at most two, the nearest first.

    A large collection is looked at once, however many words are asked for: it must not change as long as it is used.
    """
    global _latest  # noqa: PLW0603 - a cache of two lists
    if len(valid) <= MAX_COMPARED:
        return list(_nearest(word, tuple(valid)))
    if not any(each.valid is valid for each in _latest):
        _latest = (_Large(valid), *_latest[:1])
    return list(next(each for each in _latest if each.valid is valid).nearest(word))


class _Large:
    """Many valid words, by their folded form, and by the first and last two characters of that."""

    def __init__(self, valid: Collection[str]) -> None:
        self.valid = valid
        self._index = {fold(choice)[:200]: choice for choice in valid}
        self._ends: dict[str, list[str]] = {}
        for key, choice in self._index.items():
            for end in {key[:2], key[-2:]}:
                self._ends.setdefault(end, []).append(choice)
        self._left = MAX_GUESSED

    def nearest(self, word: str) -> tuple[str, ...]:
        wanted = fold(word)[:200]
        if wanted in self._index:
            return (self._index[wanted],)
        if self._left <= 0:
            return ()
        self._left -= 1
        ends = (*self._ends.get(wanted[:2], ())[:30], *self._ends.get(wanted[-2:], ())[:30])
        return _nearest(word, tuple(dict.fromkeys(ends)))


_latest: tuple[_Large, ...] = ()
"""The two that were asked about last."""


@cache
def _nearest(word: str, valid: tuple[str, ...]) -> tuple[str, ...]:
    wanted = fold(word)[:200]
    written, spoken = _choices(valid)
    if wanted in written.words:
        return (written.words[wanted],)
    if matches := written.close(wanted, 2):
        return matches
    if abbreviated := _abbreviated(wanted, written.words):
        return (abbreviated,)
    return spoken.close(_reading(wanted)[:200], 1)


@lru_cache(1_000)
def _choices(valid: tuple[str, ...]) -> tuple[_Choices, _Choices]:
    """Return valid words by how they are written and by how they are read."""
    written = {fold(choice)[:200]: choice for choice in valid}
    spoken = {_reading(key)[:200]: choice for key, choice in written.items()}
    return _Choices(written, 0.6), _Choices(spoken, 0.75)


class _Choices:
    """Words by one of their forms, to be found again by texts of which difflib says that they are that close.

    How many characters a text shares with each form is counted for all forms at once, in the bits of one number.
    """

    def __init__(self, words: dict[str, str], cutoff: float) -> None:
        self.words = words
        self._cutoff = cutoff
        self._having: dict[tuple[str, int], int] = {}
        for at, form in enumerate(words):
            for each in _counted(form):
                self._having[each] = self._having.get(each, 0) + (1 << at * _BITS)
        self._enough = sum(1 << at * _BITS + _BITS - 1 for at in range(len(words)))
        self._lacking: dict[int, int] = {}

    def close(self, wanted: str, number: int) -> tuple[str, ...]:
        """Return the words closest to `wanted`, at most so many."""
        length = len(wanted)
        if length not in self._lacking:
            least = (math.ceil(self._cutoff * (length + len(form)) / 2 - 0.001) for form in self.words)
            self._lacking[length] = sum(((1 << _BITS - 1) - each) << at * _BITS for at, each in enumerate(least))
        shared = self._lacking[length] + sum(self._having.get(each, 0) for each in _counted(wanted))
        if not shared & self._enough:
            return ()
        import difflib  # noqa: PLC0415 - only a plan with a fault needs it

        forms = [form for at, form in enumerate(self.words) if shared >> at * _BITS + _BITS - 1 & 1]
        close = difflib.get_close_matches(wanted, forms, n=number, cutoff=self._cutoff)
        likeness = [difflib.SequenceMatcher(None, form, wanted).ratio() for form in close]
        certain = len(close) > 1 and likeness[0] >= _CERTAIN and likeness[1] <= likeness[0] - _FAR
        return tuple(self.words[form] for form in close[: 1 if certain else number])


_CERTAIN, _FAR = 0.85, 0.15
"""A word that is so like another one is that one, where the next is so much less like it."""

_BITS = 10
"""For each form: it has up to 200 characters."""


def _counted(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character of a text with how often it stood there before."""
    seen: dict[str, int] = {}
    for character in text:
        seen[character] = seen.get(character, -1) + 1
        yield character, seen[character]


def _abbreviated(short: str, folded: dict[str, str]) -> str:
    """Return the only word shortened to `short`: its first character, and others in their order (社協, 高福課)."""
    if len(short) < 2 or short.isascii():  # noqa: PLR2004 - a single character says too little
        return ""

    def is_short_for(word: str) -> bool:
        rest = iter(word)
        return word[:1] == short[:1] and len(word) > len(short) and all(character in rest for character in short)

    found = [choice for word, choice in folded.items() if is_short_for(word)]
    # Behind the name of a city: 社協 for 海辺市社会福祉協議会.
    found = found or [
        choice for word, choice in folded.items() if short[0] in word and is_short_for(word[word.index(short[0]) :])
    ]
    return found[0] if len(found) == 1 else ""


def perhaps(*words: str | None) -> str:
    """Return the question whether one of these words was meant; nothing where there is none."""
    named = "、".join(f"「{word}」" for word in words if word)
    return f"もしかして{named}ですか。" if named else ""


def suggest(word: str, valid: Collection[str], near: Collection[str] | None = None) -> str:
    """Return a hint that names the nearest of the valid words (`near`, where known), and all where they are few."""
    hint = perhaps(*(nearest(word, valid) if near is None else near))
    if 0 < len(valid) <= SHORT_LIST:
        hint += f"使えるのは {'、'.join(valid)} です。"
    return hint
