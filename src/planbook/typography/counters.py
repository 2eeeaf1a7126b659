"""Counters as plans print them, (1) ① 01 Ⅰ i ア あ イ A a 一: read from the first number of a series, counted on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Unicode has circled numbers in three blocks: U+2460 ① to ⑳, U+3251 ㉑ to ㉟ and U+32B1 ㊱ to ㊿.
_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
_FILLED = "".join(map(chr, (*range(0x2776, 0x2780), *range(0x24EB, 0x24F5))))
_IN_BRACKETS = "".join(map(chr, range(0x2474, 0x2488)))
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HIRAGANA = "".join(chr(ord(char) - 0x60) for char in _KATAKANA)
# イ、ロ、ハ of laws and rules: a series that begins with イ is this one.
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_IROHA_HIRAGANA = "".join(chr(ord(char) - 0x60) for char in _IROHA)
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE_CAPITALS = "".join(chr(ord(char) + 0xFEE0) for char in _CAPITALS)
_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_WIDE_ROMAN = str.maketrans("IVXLCDM", "ⅠⅤⅩⅬⅭⅮⅯ")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Counter(NamedTuple):
    """A counter in a text: where it stands, its value there, and how it prints any other value."""

    start: int
    end: int
    value: int
    print: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """The first number of a series: its counters, of which the last is its own, and the words around them."""

    text: str
    counters: tuple[Counter, ...]

    def number(self, values: Sequence[int]) -> str:
        """Return the number that has these values in the place of its last counters, one for each."""
        text = self.text
        for counter, value in reversed(list(zip(self.counters[-len(values) :], values, strict=True))):
            text = text[: counter.start] + counter.print(value) + text[counter.end :]
        return text


def pattern(text: str) -> Pattern:
    """Find the counters of a first number: none where it has nothing that can be counted on."""
    return Pattern(text, tuple(sorted(_counters(text))))


def circled(number: int) -> str:
    """Return ①, ②… ㊿, and (51) where circles end."""
    return _characters(_CIRCLED)(number)


def roman(number: int) -> str:
    """Return a number from 1 as a Roman numeral: XIV."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _characters(characters: str) -> Callable[[int], str]:
    """Count with characters that Unicode has so many of; beyond, the numbers stand in brackets: (51)."""
    return lambda number: characters[number - 1] if 1 <= number <= len(characters) else f"({number})"


def _letters(alphabet: str) -> Callable[[int], str]:
    """Count with letters as columns of a spreadsheet do: behind Z comes AA, behind ン comes アア."""

    def print_letters(number: int) -> str:
        text = ""
        while number > 0:
            number, place = divmod(number - 1, len(alphabet))
            text = alphabet[place] + text
        return text

    return print_letters


def _kanji(number: int) -> str:
    """Return a number from 1 to 999 in kanji: 十二, 二十, 百一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    return "".join(
        ("" if count == 1 and unit else _DIGITS[count]) + unit
        for count, unit in ((hundreds, "百"), (tens, "十"), (ones, ""))
        if count
    )


def _wide_roman(number: int) -> str:
    """Return a number as Unicode's Roman numerals, of which it has one to twelve: Ⅻ, ⅩⅢ, ⅩⅩ."""
    if number <= len(_ROMAN_SIGNS):
        return _ROMAN_SIGNS[number - 1]
    ones = number % 10
    return roman(number - ones).translate(_WIDE_ROMAN) + (_ROMAN_SIGNS[ones - 1] if ones else "")


def _small_roman(number: int) -> str:
    return "".join(chr(ord(character) + 0x10) for character in _wide_roman(number))


_STAND_ALONE: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    # character, what may not stand beside it, counting
    ("A", "A-Za-z", _letters(_CAPITALS)),
    ("a", "A-Za-z", _letters(_CAPITALS.lower())),
    ("Ａ", "Ａ-Ｚａ-ｚ", _letters(_WIDE_CAPITALS)),
    ("ａ", "Ａ-Ｚａ-ｚ", _letters(_WIDE_CAPITALS.translate({each: each + 0x20 for each in range(0xFF21, 0xFF3B)}))),
    ("I", "A-Za-z", roman),
    ("i", "A-Za-z", lambda number: roman(number).lower()),
    ("ア", "ァ-ヶー", _letters(_KATAKANA)),
    ("あ", "ぁ-ん", _letters(_HIRAGANA)),
    ("イ", "ァ-ヶー", _letters(_IROHA)),
    ("い", "ぁ-ん", _letters(_IROHA_HIRAGANA)),
)
"""First characters of series that are also letters of words: they count where no other letter stands beside them."""

_FIRST_IN_KANJI = re.compile(r"(?:(?<![^\W\d_])|(?<=第))一(?=$|\W|[章節項編部款条])")
"""第一章, （一）, 一; not the character in 統一 or 一体."""


def _counters(text: str) -> Iterator[Counter]:
    for match in re.finditer(r"[0-9]+|[０-９]+", text):
        yield Counter(match.start(), match.end(), int(match[0].translate(_HALF_WIDTH)), _digits(match[0]))
    for characters in (_CIRCLED, _FILLED, _IN_BRACKETS):
        for match in re.finditer(f"[{characters}]", text):
            yield Counter(match.start(), match.end(), characters.index(match[0]) + 1, _characters(characters))
    for match in re.finditer("[Ⅰ-Ⅻ]", text):
        yield Counter(match.start(), match.end(), _ROMAN_SIGNS.index(match[0]) + 1, _wide_roman)
    for match in re.finditer("[ⅰ-ⅻ]", text):
        yield Counter(match.start(), match.end(), ord(match[0]) - 0x216F, _small_roman)
    for character, beside, counting in _STAND_ALONE:
        for match in re.finditer(f"(?<![{beside}]){character}(?![{beside}])", text):
            yield Counter(match.start(), match.end(), 1, counting)
    for match in _FIRST_IN_KANJI.finditer(text):
        yield Counter(match.start(), match.end(), 1, _kanji)


def _digits(first: str) -> Callable[[int], str]:
    """Count in digits as the first number has them: padded with zeros, full width."""
    width = len(first) if first[0] in "0０" else 1
    wide = first[0] in "０１２３４５６７８９"

    def print_digits(number: int) -> str:
        text = f"{number:0{width}}"
        return text.translate(_FULL_WIDTH) if wide else text

    return print_digits
