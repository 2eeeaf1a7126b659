"""Vertical writing for a renderer that has none: a text as columns of characters, each on a line of its own."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from planbook.typography.kinsoku import NOT_FIRST, NOT_LAST

if TYPE_CHECKING:
    from collections.abc import Sequence

# Half-width digits stand upright side by side if they are two (縦中横); JIS X 4051.
_UNIT = re.compile(r"(?<![0-9])[0-9]{2}(?![0-9])|\s+|.", re.DOTALL)
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SPACE = "\u3000"


def balanced_columns(phrases: Sequence[str], number: int) -> tuple[str, ...]:
    """Return the phrases as `number` columns or fewer, as even as they can be, right to left.

    Between two phrases is a space. In a column every line is one character or one pair of digits.
    """
    units = [_units(phrase) for phrase in phrases]
    if number == 1:
        return ("\n".join(_joined(units)),)
    shortest = -(-len(_joined(units)) // number)
    filled = (_fill(units, capacity) for capacity in count(shortest))
    return tuple("\n".join(column) for column in next(columns for columns in filled if len(columns) <= number))


def length(phrase: str) -> int:
    """Return how many lines of a column a phrase takes."""
    return len(_units(phrase))


def _units(phrase: str) -> list[str]:
    units: list[str] = []
    for unit in _UNIT.findall(phrase.strip()):
        if units and (unicodedata.category(unit[0]) in {"Mn", "Me", "Cf"} or unit[0] in "\uff9e\uff9f"):
            units[-1] += unit  # a combining character stays with the one before it
        elif unit.isspace():
            units.append(_SPACE)
        else:
            # Fonts have vertical forms of full-width brackets and dashes only.
            units.append(unit if len(unit) > 1 or unit.isdigit() else unit.translate(_FULL_WIDTH))
    return units


def _joined(phrases: Sequence[Sequence[str]]) -> list[str]:
    units: list[str] = []
    for phrase in phrases:
        units += [_SPACE, *phrase] if units else phrase
    return units


def _fill(phrases: Sequence[Sequence[str]], capacity: int) -> list[list[str]]:
    """Fill columns of at most `capacity` lines: between phrases where they fit in one column, else inside them."""
    columns: list[list[str]] = [[]]
    for phrase in phrases:
        space = [_SPACE] if columns[-1] else []
        rest = list(phrase)
        if len(columns[-1]) + len(space) + len(rest) <= capacity:
            columns[-1] += space + rest
            continue
        if columns[-1]:
            columns.append([])
        while len(rest) > capacity:
            end = _breakable(rest, capacity)
            columns[-1] += rest[:end]
            columns.append([])
            rest = rest[end:]
        columns[-1] += rest
    return columns


def _breakable(units: Sequence[str], end: int) -> int:
    """Return the last place up to `end` where a column may end; `end` itself if there is none."""
    for place in range(end, 0, -1):
        if units[place] not in NOT_FIRST and units[place - 1] not in NOT_LAST:
            return place
    return end
