"""How wide and high the cells of a workbook are, so that every text can be read on the screen and on paper."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.exchange.inquiry import InquiryField, InquiryTable

FROZEN = 70
"""Half-width characters: wider columns than these do not stay in view, they would leave no room for the others."""

MAX_LIST_LENGTH = 250
"""Excel takes lists of choices up to this many characters."""

_LINE = 13.5
"""Points of a line at 10 points."""

_HIGHEST = 409
"""Points: Excel has no higher rows."""

_PAPER = 165
"""Half-width characters that a line of A4 landscape has at 8 points, which is still read with ease."""

_MIN_WIDTH, _MIN_TARGET_WIDTH, _MAX_WIDTH = 8.0, 18.0, 40.0
_MAX_SECTION_WIDTH, _MAX_TITLE_WIDTH = 18.0, 26.0
_WIDE_NUMBER = 14.0


def width(text: str) -> int:
    """Return how many half-width characters a text takes in one line."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def widths(table: InquiryTable) -> list[float]:
    """Return the widths of the columns of a table: what A4 landscape leaves is shared by the columns of texts."""
    found = {each.key: _wanted(table, each) for each in table.fields}
    long = [key for key in found if key.startswith("target:") or key == "content"]
    if long:
        rest = _PAPER - sum(wide for key, wide in found.items() if key not in long)
        share = min(max(rest / len(long), _MIN_TARGET_WIDTH), _MAX_WIDTH)
        found |= dict.fromkeys(long, share)
    return list(found.values())


def _wanted(table: InquiryTable, each: InquiryField) -> float:
    texts = sorted(width(line) for row in table.rows for line in row.cells.get(each.key, "").split("\n") if line)
    typical = texts[int(len(texts) * 0.8)] if texts else 0
    heading = max(width(part) for part in re.split(r"[\s（(・]", each.heading))
    if each.numeric:
        return max(min(typical + 2, _WIDE_NUMBER), heading + 2, 10.0)
    if each.key == "remarks":
        return 20.0
    widest = _MAX_SECTION_WIDTH if each.key.startswith("level:") else _MAX_TITLE_WIDTH
    return min(max(typical + 2.0, heading + 3.0, _MIN_WIDTH), widest)


def height(texts: Iterable[tuple[str, float]], size: float = 10) -> float:
    """Return the height of a row in points, from its texts and the widths of their columns."""
    lines = max((_lines(text, wide * 10 / size) for text, wide in texts), default=1)
    return min(max(lines, 1) * _LINE * size / 10 + 5, _HIGHEST)


def plain_number(text: str) -> float | None:
    """Return a text as the number that a cell can hold, or None."""
    return float(text) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", text) else None


def _lines(text: str, wide: float) -> int:
    # Other programs have other fonts: what nearly fills a line may take two.
    room = max(wide - 2, 2)
    return sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))
