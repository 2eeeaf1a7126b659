"""The system table on pages: measured once, broken by `breaks`, one table for each page, and verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from planbook.layout.breaks import Merged, clip, least_row_height, page_breaks, page_height
from planbook.pdf import LayoutError
from planbook.views.system_table_pages import TablePage, page_of
from planbook.views.tall_cells import Indivisible, cut_tall_cells
from planbook.views.vision import COMFORTABLE, SIZES, WIDTH, Vision, columns_in, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Page as PrintedPage
    from planbook.pdf import Typesetter
    from planbook.views.system_table import SystemTable, TableCell

_MEASURING = "pdf/system-table-measuring.html.j2"

_MEASURING_PAGES = 2
"""An empty page, and the one without end; more where the head of the table is higher than a page."""

_ROUNDING = 1.0
"""CSS pixels that a page keeps free: lengths are rounded here and there."""

_BATCH = 128
"""Cells that are measured together, on average: enough of them that beginning anew costs little, few enough for all
processors, and as an edit costs one or two batches."""

_EVEN = 0.8
"""How much of the fullest page the others have to have: less looks as if something were missing."""

_SHOWN_OF_TITLE = 40
"""Characters of a title that are shown of one that is too long."""

_MAX_VISION_WIDTH = 120.0
"""Points: some 500 characters."""


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """One page: its HTML, which is all that it depends on beside the stylesheets, and the page of the renderer."""

    html: str
    page: PrintedPage


class _ColumnSize(NamedTuple):
    """What is the same for all cells of a column, in CSS pixels.

    `edge` is the height beside the lines, `line` that of a line, `width` its width, `em` that of the widest character.
    """

    edge: float
    line: float
    width: float
    em: float

    def fits(self, cell: TableCell) -> bool:
        """Whether no line of a cell has to wrap, whatever its characters are."""
        *_, last = cell.lines
        # A sign has a frame, as wide as a character.
        signs = (*cell.before, *cell.marks, "　" * len(cell.before))
        longest = max(len(line) for line in (*cell.lines, "".join((f"{cell.number} ", last, *signs))))
        return longest * self.em <= self.width

    def height(self, cell: TableCell) -> float:
        """Return the height of a cell that fits."""
        return self.edge + len(cell.lines) * self.line


class _EmptyPage(NamedTuple):
    """What there is of a page without its rows: the room for rows, the columns, a line of the vision in each size.

    `head` is what its title and the line with the names of the columns take.
    """

    capacity: float
    columns: Mapping[str, _ColumnSize]
    vision_lines: Mapping[float, float]
    head: float


@dataclass(frozen=True, slots=True)
class _Measured:
    """Heights in CSS pixels of everything there is in a table, and of the room that a page has for rows."""

    frame: _EmptyPage
    cells: Mapping[TableCell, float]
    visions: Mapping[Vision, float]

    @property
    def capacity(self) -> float:
        """The room that a page has for rows."""
        return self.frame.capacity

    def rows(self, table: SystemTable) -> list[float]:
        return [max(self.cells[cell] for cell in row.own) for row in table.rows]

    def merged(self, table: SystemTable) -> list[Merged]:
        return [
            Merged(
                run.start,
                run.end,
                self.cells[run.label.cell],
                # A label with one row never goes on.
                self.cells[run.label.cell.marked(table.continued)] if run.end - run.start > 1 else 0,
            )
            for run in table.runs()
        ]

    def vision(self, room: float) -> Vision:
        """Return the best way to set the vision beside rows of that height; these are raised where it needs more.

        A column ends inside a phrase only where that is too long for a page.
        """
        fitting = [way for way, height in self.visions.items() if height <= self.capacity]
        whole = [way for way in fitting if way.whole] or fitting
        ways = [way for way in whole if way.size >= COMFORTABLE] or whole
        return next((way for way in ways if self.visions[way] <= room), ways[-1])


def break_system_table(
    table: SystemTable, templates: Templates, typesetter: Typesetter
) -> list[Callable[[], LaidOutPage]]:
    """Break the table into as few pages as it needs; each is laid out when it is called for.

    The title is a heading on the first of them.

    Raises:
        LayoutError: the title or the vision leaves no room for rows; when a page is laid out: the renderer did not do
            as was computed.

    """
    table, measured = _measure(table, templates, typesetter)
    return [
        partial(_lay_out, templates.render("pdf/system-table.html.j2", page=page, first=not position), page, typesetter)
        for position, page in enumerate(_pages(table, measured))
    ]


def _measure(table: SystemTable, templates: Templates, typesetter: Typesetter) -> tuple[SystemTable, _Measured]:
    """Measure everything; what is too tall for a page is made to fit: cells by cutting, the vision by more columns."""
    width = WIDTH
    while True:
        visions = settings(table.vision, width)
        frame = _frame(table, visions[0], templates, typesetter)
        capacity = frame.capacity
        if capacity < 0:
            raise LayoutError(_too_long_title(table, "1ページに収まりません"))
        edge = frame.columns["vision"].edge
        heights = {way: edge + way.lines * frame.vision_lines[way.size] for way in visions}
        if (least := min(heights.values())) > capacity:
            columns = columns_in(width, SIZES[-1])
            width *= max(least / capacity, (columns + 1) / columns)
            if width > _MAX_VISION_WIDTH:
                if frame.head > capacity:
                    raise LayoutError(_too_long_title(table, "1ページの半分より多くを取ります"))
                raise LayoutError("めざす姿が長すぎて、体系の表に縦書きで収まりません。短くしてください。")
            continue
        cells = _heights(table, visions[0], frame, templates, typesetter)
        tall = {cell: ceil(height / capacity) for cell, height in cells.items() if height > capacity}
        if not tall:
            return table, _Measured(frame, cells, heights)
        try:
            table = cut_tall_cells(table, tall)
        except Indivisible as error:
            raise LayoutError(f"体系の表の1ページに、「{error}」が収まりません。") from error


def _frame(table: SystemTable, vision: Vision, templates: Templates, typesetter: Typesetter) -> _EmptyPage:
    units = [Vision(table.vision, ("課",), size, vision.width) for size in SIZES]
    html = templates.render(_MEASURING, table=table, width=vision, sizes=units, specimens=())
    if len(typesetter.measure(html)) > _MEASURING_PAGES:
        raise LayoutError(_too_long_title(table, "1ページに収まりません"))
    boxes = _boxes([html], typesetter)
    columns = {}
    for name, _ in table.headings:
        left, top, right, bottom = boxes[f"bare-{name}"]
        _, edged_top, _, edged_bottom = boxes[f"edged-{name}"]
        start, _, end, _ = boxes[f"em-{name}"]
        columns[name] = _ColumnSize(edged_bottom - edged_top - (bottom - top), bottom - top, right - left, end - start)
    lines = {unit.size: _height(boxes[f"size{place}"]) for place, unit in enumerate(units)}
    head, foot = boxes["head"][1], boxes["foot"][1]
    return _EmptyPage(foot - head - _ROUNDING, columns, lines, head)


def _too_long_title(table: SystemTable, much: str) -> str:
    """Return what to say of a title that leaves no room: its beginning tells which it is."""
    title = table.title if len(table.title) <= _SHOWN_OF_TITLE else f"{table.title[:_SHOWN_OF_TITLE]}…"
    length = f"{len(table.title):,} 字"
    return f"体系の表の題「{title}」（{length}）と見出しの行だけで、{much}。題か見出しの語を短くしてください。"


def _heights(
    table: SystemTable, vision: Vision, frame: _EmptyPage, templates: Templates, typesetter: Typesetter
) -> dict[TableCell, float]:
    """Return the heights of all cells. Those are measured in which something has to wrap."""
    cells = _cells(table)
    heights = {cell: frame.columns[cell.column].height(cell) for cell in cells if frame.columns[cell.column].fits(cell)}
    batches = _batches([cell for cell in cells if cell not in heights])
    names = {cell: f"cell{batch}-{at}" for batch, some in enumerate(batches) for at, cell in enumerate(some)}
    texts = [
        templates.render(
            _MEASURING,
            table=table,
            width=vision,
            sizes=(),
            specimens=[
                (column, [(names[cell], cell) for cell in batch if cell.column == column]) for column in frame.columns
            ],
        )
        for batch in batches
    ]
    boxes = _boxes(texts, typesetter)
    return heights | {cell: frame.columns[cell.column].edge + _height(boxes[name]) for cell, name in names.items()}


def _batches(cells: Sequence[TableCell]) -> list[list[TableCell]]:
    """Return cells in batches. What they say decides, not their place: so an edit changes one or two of them."""
    batches: list[list[TableCell]] = [[] for _ in range(1 << (len(cells) // _BATCH).bit_length())]
    for cell in cells:
        said = f"{cell.column}{cell.number}{cell.lines}"
        batches[crc32(said.encode()) % len(batches)].append(cell)
    return [batch for batch in batches if batch]


def _boxes(texts: Sequence[str], typesetter: Typesetter) -> dict[str, tuple[float, float, float, float]]:
    """Return where the things to be measured are: left, top, right and bottom by name."""
    return {
        name.removeprefix("measure:"): box
        for pages in typesetter.all([partial(typesetter.measure, html) for html in texts])
        for page in pages
        for name, box in page.anchors.items()
    }


def _height(box: tuple[float, float, float, float]) -> float:
    return box[3] - box[1]


def _cells(table: SystemTable) -> list[TableCell]:
    """Return all cells, each once: labels also as they read where they go on."""
    cells: dict[TableCell, None] = {}
    for run in table.runs():
        cells[run.label.cell] = None
        if run.end - run.start > 1:
            cells[run.label.cell.marked(table.continued)] = None
    for row in table.rows:
        cells |= dict.fromkeys(row.own)
    return list(cells)


def _pages(table: SystemTable, measured: _Measured) -> list[TablePage]:
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


def _fitted(page: TablePage, frame: _EmptyPage) -> TablePage:
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
