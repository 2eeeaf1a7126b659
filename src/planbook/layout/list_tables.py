"""Lists (索引, 数値目標一覧, 指標一覧) on pages: as few as can be, and these as full as each other.

Long ones are measured in pieces, and each page is a section of its own: an edit costs the pieces and pages with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zlib import crc32

from planbook.layout.breaks import TooTall, page_breaks
from planbook.views.page_numbers import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Measures, Page, Typesetter
    from planbook.views.department_index import DepartmentIndex
    from planbook.views.figures_table import FiguresTable
    from planbook.views.indicators import IndicatorsTable

    ListTable = TypeVar("ListTable", FiguresTable, IndicatorsTable, DepartmentIndex)
    Rows = TypeVar("Rows", FiguresTable, IndicatorsTable)

ELEMENTS = ("thead", "tr")
"""What has to be measured."""

TOGETHER = -1
"""The level of a line that begins no page: the first two lines of a table stand together, and the last two."""

_FEW = 0.3
"""The part of its height up to which the last page is as good as empty: closer rows save about a sixth of each page."""

_LONG = 120
"""Lines, some four pages, beyond which a list is not laid out as one document: closer rows save little there."""

_PIECE = 16
"""Lines of a piece that is measured, on average: beginning anew costs little then, and an edit not much."""

_ROUNDING = 4.0
"""CSS pixels that a page keeps free: lengths are rounded here and there."""


class ListLine(NamedTuple):
    """A line of a list. `name` is what it is about, to tell it from others wherever it stands.

    `level` is 0 with what has a heading of its own, where a page begins best, 1 with others, or `TOGETHER`.
    """

    level: int
    name: str


@dataclass(frozen=True, slots=True)
class ListPages:
    """Lays out a list with a template.

    `part` gives it with its lines from one up to another alone, `unnumbered` without page numbers: they take no room.
    """

    lines: Sequence[ListLine]
    part: Callable[[Any, int, int], Any]
    unnumbered: Callable[[Any], Any]
    template: str
    templates: Templates
    typesetter: Typesetter

    def lay_out(self, view: ListTable) -> list[Page]:
        """Return the pages of a list.

        Raises:
            LayoutError: the renderer warned.
            TemplateError: a template of the plan's own can not be used.

        """
        if len(self.lines) > _LONG:
            pieces = list(pairwise([0, *_pieces(self.lines), len(self.lines)]))
            html = [self._html(self.unnumbered(self.part(view, *piece))) for piece in pieces]
            measured = self.typesetter.all([partial(self.typesetter.measure, text, ELEMENTS) for text in html])
            return self._by_pages(view, self._starts(measured)) or self._whole(view)
        pages = self._whole(view)
        if len(pages) > 1 and _filled(pages[-1]) < _FEW:
            compact = replace(view, compact=True)
            fewer = self._whole(compact)
            if len(fewer) < len(pages):
                view, pages = compact, fewer
        if len(pages) > 1:
            starts = self._starts([pages])
            even = self._by_pages(view, starts) if len(starts) == len(pages) else []
            pages = even or pages
        return pages

    def _html(self, view: ListTable) -> str:
        return self.templates.render(self.template, view=view)

    def _whole(self, view: ListTable) -> list[Page]:
        return self.typesetter.lay_out(self._html(view), ELEMENTS)

    def _by_pages(self, view: ListTable, starts: Sequence[int]) -> list[Page]:
        """Return pages that begin with these lines; none where they do not come out so."""
        spans = list(pairwise([*starts, len(self.lines)])) if starts else []
        laid_out = self.typesetter.all([partial(self._whole, self.part(view, *span)) for span in spans])
        return [page for pages in laid_out for page in pages] if all(len(pages) == 1 for pages in laid_out) else []

    def _starts(self, pieces: Sequence[Sequence[Page | Measures]]) -> list[int]:
        """Return the lines with which pages begin best, none where that can not be told from what was measured."""
        levels = [line.level for line in self.lines]
        (first, *_), *_ = pieces
        head = next(extent.height for name, extent in first.extents if name == "thead")
        heights = [height for pages in pieces for height in _heights(pages, head)]
        if len(heights) != len(levels):  # a template of the plan's own has other rows
            return []
        # At the head of a page there is no space above a heading, so those have the height of others.
        headings = [at for at, level in enumerate(levels) if at and level == 0]
        for at in headings:
            heights[at] = max(heights[heading] for heading in headings)
        units = [at for at, level in enumerate(levels) if level != TOGETHER]
        try:
            starts = page_breaks(
                [sum(heights[start:end]) for start, end in pairwise([*units, len(levels)])],
                (),
                [levels[start] for start in units],
                first.content_area.height - head - _ROUNDING,
            )
        except TooTall:
            return []
        return [units[start] for start in starts]


def row_pages(name: str, view: Rows, templates: Templates, typesetter: Typesetter) -> list[Page]:
    """Return the pages of a list that is one table; `name` is its template. It raises what `ListPages` does."""
    last = len(view.rows) - 1
    lines = [
        ListLine(0 if not at else TOGETHER if at in {1, last} else 1, str(row.to.anchor))
        for at, row in enumerate(view.rows)
    ]
    return ListPages(lines, _some_rows, _unnumbered, name, templates, typesetter).lay_out(view)


def _some_rows(view: Rows, start: int, end: int) -> Rows:
    return replace(view, rows=view.rows[start:end], begins=not start, goes_on=end < len(view.rows))


def _unnumbered(view: Rows) -> Rows:
    return replace(view, rows=tuple(replace(row, to=Reference(row.to.anchor)) for row in view.rows))


def _pieces(lines: Sequence[ListLine]) -> Iterator[int]:
    """Yield the lines before which a long list is cut to measure it.

    What they are about decides, and not their number: so all pieces but one are the same where there is a line more.
    """
    for at, (before, line) in enumerate(pairwise(lines), 1):
        if line.level > 0 and line.name != before.name and not crc32(line.name.encode()) % _PIECE:
            yield at


def _filled(page: Page) -> float:
    bottom = max((extent.top + extent.height for _, extent in page.extents), default=0.0)
    return (bottom - page.content_area.top) / page.content_area.height


def _heights(pages: Sequence[Page | Measures], head: float) -> Iterator[float]:
    """Yield what each line adds to a page below a head: a heading of its own, and on the first page the title."""
    for page in pages:
        lines = list(_lines(page))
        above = head + page.content_area.top if page is pages[0] else lines[0][0]
        for top, height in lines:
            yield top + height - above
            above = top + height


def _lines(page: Page | Measures) -> Iterator[tuple[float, float]]:
    """Yield top and height of each row but those of heads."""
    before = ""
    for name, extent in page.extents:
        if name == "tr" and before != "thead":
            yield extent
        before = name
