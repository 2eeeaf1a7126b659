"""The system table on pages: measured once, broken by `breaks`, one table for each page, and verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.layout.breaks import Merged, clip, least_row_height, page_breaks, page_height
from planbook.layout.system_table_heights import measure
from planbook.pdf import LayoutError
from planbook.views.system_table_pages import TablePage, page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planbook.html.templates import Templates
    from planbook.layout.system_table_heights import EmptyPage, MeasuredTable
    from planbook.pdf import Page as PrintedPage
    from planbook.pdf import Typesetter
    from planbook.views.system_table import SystemTable, TableCell

_EVEN = 0.8
"""How much of the fullest page the others have to have: less looks as if something were missing."""


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """One page: its HTML, which is all that it depends on beside the stylesheets, and the page of the renderer."""

    html: str
    page: PrintedPage


def break_system_table(
    table: SystemTable, templates: Templates, typesetter: Typesetter
) -> list[Callable[[], LaidOutPage]]:
    """Break the table into as few pages as it needs; each is laid out when it is called for.

    The title is a heading on the first of them.

    Raises:
        LayoutError: the title or the vision leaves no room for rows; when a page is laid out: the renderer did not do
            as was computed.

    """
    table, measured = measure(table, templates, typesetter)
    return [
        partial(_lay_out, templates.render("pdf/system-table.html.j2", page=page, first=not position), page, typesetter)
        for position, page in enumerate(_pages(table, measured))
    ]


def _pages(table: SystemTable, measured: MeasuredTable) -> list[TablePage]:
    rows, merged = measured.rows(table), measured.merged(table)
    starts = _even_breaks(rows, merged, table.cuts(), measured.capacity)
    spans = list(pairwise([*starts, len(rows)]))
    parts = [(rows[start:end], clip(merged, start, end)) for start, end in spans]
    # The same on every page: as it is set best beside the rows of the shortest.
    vision = measured.vision(min(page_height(*part) for part in parts))
    pages = []
    for (start, end), part in zip(spans, parts, strict=True):
        raised = least_row_height(*part, max(page_height(*part), measured.visions[vision]))
        pages.append(_fitted(page_of(table, start, end, vision, raised), measured.frame))
    return pages


def _even_breaks(
    rows: Sequence[float], merged: Sequence[Merged], cuts: Sequence[int], capacity: float
) -> Sequence[int]:
    """Return the breaks before the highest sections; where pages come out uneven, those before the next ones as well.

    The label of a section that goes on is there again, so that a page may well begin within it.
    """
    starts = page_breaks(rows, merged, cuts, capacity)
    heights = [page_height(rows[start:end], clip(merged, start, end)) for start, end in pairwise([*starts, len(rows)])]
    if min(heights) >= max(heights) * _EVEN:
        return starts
    return page_breaks(rows, merged, [max(cut - 1, 0) for cut in cuts], capacity)


def _fitted(page: TablePage, frame: EmptyPage) -> TablePage:
    """Return a page whose cells know whether they fit: those are less work for the renderer."""

    def fitted(cell: TableCell) -> TableCell:
        return replace(cell, fits=frame.columns[cell.column].fits(cell))

    rows = tuple(
        replace(
            row,
            labels=tuple(replace(label, cell=fitted(label.cell)) for label in row.labels),
            action=fitted(row.action),
            department=fitted(row.department) if row.department else None,
        )
        for row in page.rows
    )
    return replace(page, rows=rows)


def _lay_out(html: str, page: TablePage, typesetter: Typesetter) -> LaidOutPage:
    """Lay out one page and see that it is one, with every row once.

    Raises:
        LayoutError: it is not.

    """
    laid_out = typesetter.lay_out(html)
    expected = [row.anchor for row in page.rows]
    if len(laid_out) != 1 or [name for name in laid_out[0].anchors if name.startswith("table:")] != expected:
        raise LayoutError(
            f"体系の表の「{page.rows[0].action.lines[0]}」からの{len(expected)}行が、計算どおり1ページに収まりませんでした。"
            "system-table.css を変えたときは、2つの @page の幅と余白をそろえてください。"
        )
    return LaidOutPage(html, laid_out[0])
