"""The system table as pages: some of its rows each, with the labels of all merged cells again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from planbook.views.system_table import label_at, title_lines
from planbook.views.vision import Vision

if TYPE_CHECKING:
    from planbook.plan.model import Level
    from planbook.views.system_table import SystemTable, TableCell


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell and how many rows of its page it spans."""

    cell: TableCell
    rows: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of a page: the labels that begin with it, then what is its own."""

    anchor: str
    labels: tuple[PageCell, ...]
    action: TableCell
    department: TableCell | None


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table that is complete in itself: some of the rows, or all of them, with all labels.

    `department_width` in em is 0 where the stylesheet has it. `row_height` in CSS pixels is the least height of a row
    where a vision taller than the rows stretches them.
    """

    title: str
    headings: tuple[tuple[str, str], ...]
    vision: Vision
    rows: tuple[PageRow, ...]
    levels: tuple[Level, ...]
    hanging: tuple[tuple[Level, float], ...] = ()
    department_width: float = 0
    row_height: float = 0

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in even lines."""
        return title_lines(self.title)


def page_of(table: SystemTable, start: int, end: int, vision: Vision | None = None, row_height: float = 0) -> TablePage:
    """Return the rows from `start` up to, not including, `end` as a page. A cell that goes on there is marked so."""
    shown, before = table.rows[start:end], table.rows[start - 1 : start]
    labels: list[list[PageCell]] = [[] for _ in shown]
    for level in range(len(table.levels)):
        goes_on = [row.labels[level] for row in before]
        first = 0
        for label, run in groupby(shown, label_at(level)):
            cell = label.cell.marked(table.continued) if label in goes_on else label.cell
            labels[first].append(PageCell(cell, length := sum(1 for _ in run)))
            first += length
            goes_on = []
    rows = tuple(
        PageRow(row.anchor, tuple(begun), row.action, row.department) for row, begun in zip(shown, labels, strict=True)
    )
    if vision is None:
        return TablePage(table.title, table.headings, Vision(table.vision), rows, table.levels, table.hanging)
    return TablePage(
        table.title,
        table.headings,
        vision,
        rows,
        table.levels,
        table.hanging,
        table.department_width,
        row_height,
    )


def whole_page(table: SystemTable) -> TablePage:
    """Return the table in one piece, as the web page shows it."""
    return page_of(table, 0, len(table.rows))


def section_pages(table: SystemTable) -> tuple[TablePage, ...]:
    """Return the table in as many pieces as there are sections of the highest level with rows."""
    starts = [at for at, cut in enumerate(table.cuts()) if cut == 0]
    return tuple(page_of(table, start, end) for start, end in pairwise((*starts, len(table.rows))))
