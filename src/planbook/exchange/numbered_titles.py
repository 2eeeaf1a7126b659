"""Titles with the numbers that were typed before them: (1)①相談支援, 基本目標1　…, 第1章 …."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planbook.typography.number_series import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = "0-9０-９"
_BRACKETED = rf"[（(][{_DIGITS}ア-ンa-zA-Z一二三四五六七八九十]{{1,3}}[）)]"
_CHARACTER = "[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇Ⅰ-Ⅻⅰ-ⅻ]+"
_JOINT = "[-－‐−.．]"
_MORE = rf"(?:{_JOINT}(?:[{_DIGITS}]+|{_BRACKETED}|{_CHARACTER}))*"
_ENDS_ITSELF = rf"[{_DIGITS}]+{_MORE}{_JOINT}(?:{_BRACKETED}|{_CHARACTER})"
_WITH_WORD = (
    rf"第[{_DIGITS}一二三四五六七八九十]+[章節編項]"
    r"|(?:基本目標|基本方針|基本施策|基本政策|施策|政策|方針|目標|柱|事業|取組|No\.?)\s*"
    rf"[{_DIGITS}ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ一二三四五六七八九十]+{_MORE}"
)
_WITH_STOP = rf"(?:[{_DIGITS}]+{_MORE}|[アイウエオカキクケコa-zA-Z])(?:[.．、:：)）]+|(?=[\s　]))"
_NUMBER = re.compile(
    rf"((?:(?:{_ENDS_ITSELF}|(?:{_BRACKETED}|{_CHARACTER}){_MORE}|{_WITH_WORD}|{_WITH_STOP})[\s　]*){{1,3}})"
    r"[:：.．、\s　]*"
)


class Numbered(NamedTuple):
    """A title and the number before it, "" where it has none."""

    number: str
    title: str


def split_number(text: str) -> Numbered:
    """Return the number that a text begins with, and the rest."""
    text = text.strip().replace("\n", "")
    match = _NUMBER.match(text)
    if match and text[match.end() :].strip():
        return Numbered(re.sub(r"[\s　]+", "", match[1]).rstrip(".．、:："), text[match.end() :].strip())
    return Numbered("", text)


def first_number(numbers: Iterable[str], default: str) -> str | None:
    """Return what a plan has to say of the numbers of a level, from those that were typed: the first one, or なし.

    None: what is usual fits. Full-width characters in brackets are those of the usual form.
    """
    typed = list(numbers)
    if not typed or sum(map(bool, typed)) * 2 < len(typed):
        return NONE if default else None
    first = next(filter(None, typed))
    plain = first.translate(str.maketrans("（）０１２３４５６７８９", "()0123456789"))
    return None if plain.endswith(default) and default and len(plain) <= 2 * len(default) else plain
