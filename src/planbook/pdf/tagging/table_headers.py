"""Which headers a cell of a table has, with merged cells and headers anywhere in the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Scope(StrEnum):
    """What a header cell is the header of: what is below it, or what is beside it."""

    COLUMN = "Column"
    ROW = "Row"


@dataclass(frozen=True, slots=True, eq=False)
class TaggedCell:
    """A cell and how many rows and columns it takes. `scope` is None where it is no header."""

    element: Any
    scope: Scope | None
    rows: int = 1
    columns: int = 1


def assign_headers(rows: Sequence[Sequence[TaggedCell]]) -> dict[TaggedCell, tuple[TaggedCell, ...]]:
    """Return the headers of every cell: first those above it, outermost first, then those before it.

    The rule is that of HTML ("algorithm for assigning header cells"): a header is valid until others of the same width
    (or height) take its place; headers that follow each other without a break are all valid.
    """
    places = _places(rows)
    grid = {(y, x): cell for cell, area in places.items() for y, x in area}
    height = 1 + max((y for y, _ in grid), default=-1)
    width = 1 + max((x for _, x in grid), default=-1)
    above, before = {}, {}
    for x in range(width):
        column = [grid.get((y, x)) for y in range(height)]
        above.update({(y, x): found for y, found in enumerate(_valid(column, Scope.COLUMN, places))})
    for y in range(height):
        row = [grid.get((y, x)) for x in range(width)]
        before.update({(y, x): found for x, found in enumerate(_valid(row, Scope.ROW, places))})
    return {
        cell: tuple(
            dict.fromkeys(
                header
                for headers in (above, before)
                for place in area
                for header in headers[place]
                if header is not cell
            )
        )
        for cell, area in places.items()
    }


def _places(rows: Sequence[Sequence[TaggedCell]]) -> dict[TaggedCell, list[tuple[int, int]]]:
    """Return the (row, column) pairs that each cell takes, rows first."""
    places: dict[TaggedCell, list[tuple[int, int]]] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            places[cell] = [(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)]
            taken.update(places[cell])
            x += cell.columns
    return places


def _valid(
    line: Sequence[TaggedCell | None], scope: Scope, places: Mapping[TaggedCell, Sequence[tuple[int, int]]]
) -> Iterator[tuple[TaggedCell, ...]]:
    """Yield for each place of a column or row of the grid the headers that are valid there."""
    axis = 1 if scope is Scope.COLUMN else 0
    earlier: list[TaggedCell] = []
    block: list[TaggedCell] = []
    for cell in line:
        if cell is not None and cell.scope is scope:
            yield (*earlier, *block)
            if cell not in block:
                block.append(cell)
            continue
        if block:
            replaced = {_extent(header, axis, places) for header in block}
            earlier = [header for header in earlier if _extent(header, axis, places) not in replaced] + block
            block = []
        yield tuple(earlier)


def _extent(cell: TaggedCell, axis: int, places: Mapping[TaggedCell, Sequence[tuple[int, int]]]) -> tuple[int, int]:
    return places[cell][0][axis], places[cell][-1][axis]
