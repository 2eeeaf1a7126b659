"""The heads of a sheet's columns: all of them in one line, or all in two, and room for the texts of 内容."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.views.sheet_records import SheetColumn

# css/sheets.css, in em: the column of the actions; what a cell keeps free.
_ACTIONS = 15.4
_PADDING = 1.2
_CONTENT = 0.2
"""The part of the width that 内容 has where there are several other columns (`.explained`)."""
_OTHERS = 3
_GROWN = 1.11
"""The largest type on pages with several columns."""
_NARROW = 0.7
"""Em of what is not full-width in a head: digits, and the brackets and blanks around them."""


def heads(columns: Sequence[SheetColumn], width: float) -> str:
    """Return the classes for columns: `stacked` where the years of one would break anyway, `explained` as above.

    `width` is that of a sheet, in em of its usual type.
    """
    others = [column for column in columns if not column.content]
    explained = len(others) >= _OTHERS and len(others) < len(columns)
    if not others:
        return ""
    shared = width - _ACTIONS - (_CONTENT * width if explained else 0)
    room = shared / (len(others) if explained else len(columns)) - _PADDING
    stacked = any(_ems(f"{each.label} {each.western}") * _GROWN > room for each in others if each.western)
    return " ".join(name for name, holds in (("stacked", stacked), ("explained", explained)) if holds)


def _ems(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text)
