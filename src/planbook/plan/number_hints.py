"""What a planner meant by a number that can not be read: 4回, 年3～5回, 1,200, 四."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping
from planbook.diagnostics.finding import Finding

if TYPE_CHECKING:
    from planbook.diagnostics.document import Path, Value

_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_BOUNDS = "以上|以下|未満|超|約|程度"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_PARTS = re.compile(
    rf"\+?(?P<prefix>[^\W\d約]{{0,4}}?)(?P<about>約|およそ)?(?P<low>{_NUMBER})"
    rf"(?:(?:(?P<of_low>[^\d約、，,]{{0,10}}?)(?:[～〜~－ー-]|から))(?P<high>{_NUMBER}))?"
    rf"(?P<unit>[^\d約、，,]{{0,10}}?)(?P<bound>{_BOUNDS}|くらい|ぐらい|まで)?"
)


def wrong_number(path: Path, typed: str, around: Value) -> Finding:
    """Say of a value that it is no number, with the number that was meant where that is certain."""
    message = f"「{typed[:60]}」は数値として読めません。"
    hint = "半角の数字だけを、桁区切りなしで書いてください（例：2300）。"
    if correction := corrected_number(typed, around):
        number, added = correction
        return Finding("invalid-number", path, message, hint, instead=number, added=added)
    if not re.search(r"\d", typed):
        hint += "数値が決まっていなければ、figures は書かずに、目標の文章だけを書きます。"
    return Finding("invalid-number", path, message, hint)


def corrected_number(typed: str, around: Value) -> tuple[str, tuple[str, ...]] | None:
    """Return the number that was meant and the keys that take the rest of what was typed; None if it is uncertain.

    What stands there already under such a key is not said twice; where it is something else, nothing is certain.
    """
    if not (match := _PARTS.fullmatch(_half_width(typed))):
        return None
    parts = {"prefix": match["prefix"], "unit": match["unit"], "bound": match["bound"] or (match["about"] and "約")}
    parts["bound"] = {"まで": "以下", "くらい": "程度", "ぐらい": "程度"}.get(parts["bound"] or "", parts["bound"])
    if match["prefix"] and not match["unit"] and isinstance(around, Mapping) and "unit" not in around:
        return None  # か所5: it may be the unit
    number = match["low"]
    if match["high"]:
        low, high = sorted((match["low"], match["high"]), key=Decimal)
        number = f"{low}-{high}"
        if low == high or match["of_low"] not in {"", None, match["unit"]}:
            return None
    added: list[str] = []
    for key, part in parts.items():
        there = around.get(key) if isinstance(around, Mapping) else None
        if part and there is None:
            added.append(f"{key}: {part}")
        elif part and unicodedata.normalize("NFKC", str(there)) != unicodedata.normalize("NFKC", part):
            return None
    return number, tuple(added)


def _half_width(typed: str) -> str:
    """Return a text with its digits and their characters in half width, and all else (％, ㎡) as it was."""
    folded = "".join(
        unicodedata.normalize("NFKC", character) if character.isdigit() or character in "．，－" else character
        for character in typed.strip()
    )
    if money := re.fullmatch("[¥￥\\\\](.*\\d)", folded):
        folded = f"{money[1]}円"
    folded = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", re.sub(r"(?<=\d)[  　](?=\d{3}(?!\d))", "", folded))
    folded = re.sub(r"(?<=\d\d)[、,，](?=\d(?:%|％|$))", ".", "".join(folded.split()))  # 96、5
    if re.fullmatch("[〇一二三四五六七八九]", folded):
        return folded.translate(_KANJI)
    if tens := re.fullmatch("([二三四五六七八九]?)十([一二三四五六七八九]?)", folded):
        return (tens[1] or "一").translate(_KANJI) + (tens[2] or "〇").translate(_KANJI)
    return folded


def figures_in(value: object) -> str:
    """Return figures as they are written between brackets, from one that lacks its brackets or its keys."""
    if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
        return "{" + ", ".join(f"{key}: {part}" for key, part in value.items()) + "}"
    if isinstance(value, str) and (correction := corrected_number(value, Mapping())):
        number, added = correction
        if any(each.startswith("unit:") for each in added):
            return "{" + ", ".join((f"value: {number}", *added)) + "}"
    return ""
