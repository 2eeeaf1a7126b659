"""Where a table with merged cells breaks into pages: heights in, breaks out. Knows nothing of text or of a renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_PRECISION = 0.01


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that spans the rows from `start` up to, not including, `end`.

    `height` is what it needs where it begins, `height_continued` what at the top of a page on which it goes on.
    """

    start: int
    end: int
    height: float
    height_continued: float


class TooTall(ValueError):
    """A row or a merged cell is taller than a page: there are no breaks that would help."""


def page_breaks(rows: Sequence[float], merged: Sequence[Merged], levels: Sequence[int], capacity: float) -> list[int]:
    """Return the first row of every page.

    `rows` are the heights of the rows without their merged cells. `levels[i]` says what a break before row `i` cuts:
    0 where the outermost merged cell changes anyway, more the deeper it cuts (`levels[0]` is not used).
    Of all ways to break, the best has the fewest pages, then the fewest breaks at the deepest level, then at the level
    above it and so on, then the most even pages.

    Raises:
        TooTall: a row does not fit on a page by itself.

    """
    best: list[tuple[tuple[float, ...], int] | None] = [None] * (len(rows) + 1)
    depth = max(levels, default=0) + 1
    best[0] = ((0.0,) * (depth + 2), 0)
    grid = _Grid(rows, merged)
    for start in range(len(rows)):
        if (so_far := best[start]) is None:
            raise TooTall(start)
        cut = [float(start > 0 and level == levels[start]) for level in reversed(range(depth))]
        for end, height in enumerate(grid.heights(start), start + 1):
            if height > capacity:
                break
            page = (1.0, *cut, (capacity - height) ** 2)
            cost = tuple(a + b for a, b in zip(so_far[0], page, strict=True))
            if (known := best[end]) is None or cost < known[0]:
                best[end] = (cost, start)
    return _starts(best)


def clip(merged: Sequence[Merged], start: int, end: int) -> list[Merged]:
    """Return the merged cells of a page that holds the rows from `start` up to, not including, `end`, as its own."""
    return [
        Merged(
            max(cell.start, start) - start,
            min(cell.end, end) - start,
            cell.height if cell.start >= start else cell.height_continued,
            cell.height_continued,
        )
        for cell in merged
        if cell.start < end and cell.end > start
    ]


def page_height(rows: Sequence[float], merged: Sequence[Merged]) -> float:
    """Return the height of a page that holds these rows and nothing else."""
    *_, height = _Grid(rows, merged).heights(0)
    return height


def least_row_height(rows: Sequence[float], merged: Sequence[Merged], height: float) -> float:
    """Return the height to which low rows of a page can be raised so that all of them reach no further than `height`.

    What merged cells need beyond their rows is so shared by all rows, and does not all go to the last one.
    """
    low, high = 0.0, height
    while high - low > _PRECISION:
        middle = (low + high) / 2
        if page_height([max(row, middle) for row in rows], merged) <= height:
            low = middle
        else:
            high = middle
    return low if low > min(rows) + _PRECISION else 0.0


class _Grid:
    """The rows, and for each the merged cells that begin with it and those that go on through it."""

    def __init__(self, rows: Sequence[float], merged: Sequence[Merged]) -> None:
        self._rows = rows
        self._begin: list[list[Merged]] = [[] for _ in rows]
        self._go_on: list[list[Merged]] = [[] for _ in rows]
        for cell in merged:
            self._begin[cell.start].append(cell)
            for row in range(cell.start + 1, cell.end):
                self._go_on[row].append(cell)

    def heights(self, start: int) -> Iterator[float]:
        """Yield the height of the page that begins with row `start` and ends with it, with the next row, and so on.

        What a merged cell needs beyond its rows goes to the last of them: that is how WeasyPrint lays out tables
        (CSS 2.1, 17.5.3 leaves it open).
        """
        bottom = 0.0
        ends: dict[int, float] = {}  # the row after a merged cell → how far down the page that cell reaches
        for cell in self._go_on[start]:
            ends[cell.end] = max(ends.get(cell.end, 0.0), cell.height_continued)
        for row in range(start, len(self._rows)):
            for cell in self._begin[row]:
                ends[cell.end] = max(ends.get(cell.end, 0.0), bottom + cell.height)
            bottom = max(bottom + self._rows[row], ends.pop(row + 1, 0.0))
            yield max(bottom, *ends.values()) if ends else bottom


def _starts(best: Sequence[tuple[tuple[float, ...], int] | None]) -> list[int]:
    starts: list[int] = []
    end = len(best) - 1
    while end > 0:
        if (page := best[end]) is None:
            raise TooTall(end - 1)
        end = page[1]
        starts.append(end)
    return starts[::-1]
