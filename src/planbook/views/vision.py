"""めざす姿 in the leftmost column of the system table: the ways in which it can be set in vertical writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.vertical_text import balanced_columns, length

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (12.0, 10.5, 9.0, 8.0)
"""Type sizes in points, the best first."""

COMFORTABLE = 10.5
"""The size below which only a vision goes that is too long for a page otherwise."""

PITCH = 1.3
"""The width of a column of characters in em, as in system-table.css: two half-width digits in bold need 1.22."""

WIDTH = 44.0
"""Of the column of the table, in points, unless a long vision needs more."""

_EDGES = 2.0
"""What stays free beside the outer columns, in points."""


@dataclass(frozen=True, slots=True)
class Vision:
    """A vision, and how it is set: columns of characters from the right, type size and cell width in points.

    Without columns it reads as it is, for a browser, which knows vertical writing.
    """

    phrases: tuple[str, ...]
    columns: tuple[str, ...] = ()
    size: float = 0
    width: float = 0

    @property
    def lines(self) -> int:
        """How many lines the longest of the columns has."""
        return max(column.count("\n") + 1 for column in self.columns)

    @property
    def whole(self) -> bool:
        """Whether no column ends inside a phrase: that happens where one is longer than the longest column alone."""
        return self.lines >= max(map(length, self.phrases))


def settings(phrases: Sequence[str], width: float) -> tuple[Vision, ...]:
    """Return all ways to set the vision in a cell of that width in points, the best first, each shorter than before."""
    found: dict[tuple[str, ...], Vision] = {}
    for size in SIZES:
        for number in range(1, columns_in(width, size) + 1):
            columns = balanced_columns(phrases, number)
            found.setdefault((str(size), *columns), Vision(tuple(phrases), columns, size, width))
    ways: list[Vision] = []
    for vision in found.values():
        if not ways or _length(vision) < _length(ways[-1]):
            ways.append(vision)
    return tuple(ways)


def columns_in(width: float, size: float) -> int:
    """Return how many columns of characters of a size stand side by side in a width, both in points."""
    return int((width - _EDGES) / (size * PITCH))


def _length(vision: Vision) -> float:
    return vision.size * vision.lines
