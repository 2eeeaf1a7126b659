"""The heights of everything in the system table, measured once on an endless page. Lengths are CSS pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from planbook.layout.breaks import Merged
from planbook.pdf import LayoutError
from planbook.views.tall_cells import Indivisible, cut_tall_cells
from planbook.views.vision import COMFORTABLE, SIZES, WIDTH, Vision, columns_in, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.html.templates import Templates
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

_SHOWN_OF_TITLE = 40
"""Characters of a title that are shown of one that is too long."""

_MAX_VISION_WIDTH = 120.0
"""Points: some 500 characters."""


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


class EmptyPage(NamedTuple):
    """What there is of a page without its rows: the room for rows, the columns, a line of the vision in each size.

    `head` is what its title and the line with the names of the columns take.
    """

    capacity: float
    columns: Mapping[str, _ColumnSize]
    vision_lines: Mapping[float, float]
    head: float


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """Heights in CSS pixels of everything there is in a table, and of the room that a page has for rows."""

    frame: EmptyPage
    cells: Mapping[TableCell, float]
    visions: Mapping[Vision, float]

    @property
    def capacity(self) -> float:
        """The room that a page has for rows."""
        return self.frame.capacity

    def rows(self, table: SystemTable) -> list[float]:
        """Return the heights of the rows, without what merged cells need."""
        return [max(self.cells[cell] for cell in row.own) for row in table.rows]

    def merged(self, table: SystemTable) -> list[Merged]:
        """Return the merged cells with their rows and heights."""
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


def measure(table: SystemTable, templates: Templates, typesetter: Typesetter) -> tuple[SystemTable, MeasuredTable]:
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
            return table, MeasuredTable(frame, cells, heights)
        try:
            table = cut_tall_cells(table, tall)
        except Indivisible as error:
            raise LayoutError(f"体系の表の1ページに、「{error}」が収まりません。") from error


def _frame(table: SystemTable, vision: Vision, templates: Templates, typesetter: Typesetter) -> EmptyPage:
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
    return EmptyPage(foot - head - _ROUNDING, columns, lines, head)


def _too_long_title(table: SystemTable, much: str) -> str:
    """Return what to say of a title that leaves no room: its beginning tells which it is."""
    title = table.title if len(table.title) <= _SHOWN_OF_TITLE else f"{table.title[:_SHOWN_OF_TITLE]}…"
    length = f"{len(table.title):,} 字"
    return f"体系の表の題「{title}」（{length}）と見出しの行だけで、{much}。題か見出しの語を短くしてください。"


def _heights(
    table: SystemTable, vision: Vision, frame: EmptyPage, templates: Templates, typesetter: Typesetter
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
