"""The text of a cell, free of what programs and people leave around it; numbers as the format has them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

NONE_SIGNS = frozenset("-－―‐−ー—–")
"""A dash alone says that there is nothing: 該当なし."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"\s*(?:[-~〜～―‐−–—]|から)\s*")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text with plain line breaks, without blanks at the ends of lines or invisible characters."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _INVISIBLE.sub(
        "", text.replace("\x85", "\n").replace("\u2029", "\n").replace("\xa0", " ").replace("\t", " ")
    )
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").lstrip(" ")


def compact(text: str) -> str:
    """Return a text as it is compared where only its letters count: headings, titles."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_none_sign(text: str) -> bool:
    """Whether a text is nothing but a dash."""
    return len(text) == 1 and text in NONE_SIGNS


def number(text: str) -> str | None:
    """Return a number or a range as the format types it (1240, 3-5), or None.

    Full-width digits, commas and other characters for "from … to" are what people type.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("−", "-").replace("‐", "-")
    if _NUMBER.fullmatch(plain):
        return plain
    parts = _BETWEEN.split(plain)
    if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts) and Decimal(parts[0]) < Decimal(parts[1]):  # noqa: PLR2004
        return "-".join(parts)
    return None


def of_float(value: float) -> str:
    """Return a number of a workbook without the noise of binary fractions: 0.30000000000000004 is 0.3."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else format(Decimal(format(value, ".12g")), "f")  # noqa: PLR2004


def same(one: str, other: str) -> bool:
    """Whether two texts of cells say the same: 17 and 17.0 do."""
    if one == other:
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
