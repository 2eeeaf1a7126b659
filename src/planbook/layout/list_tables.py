"""Lists (索引, 数値目標一覧, 指標一覧) on pages: as few as can be, and these as full as each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from planbook.layout.breaks import TooTall, page_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Page, Typesetter
    from planbook.views.figures_table import FiguresTable
    from planbook.views.indicators import IndicatorsTable

    ListTable = TypeVar("ListTable")
    Rows = TypeVar("Rows", FiguresTable, IndicatorsTable)

ELEMENTS = ("thead", "tr")
"""What has to be measured."""

TOGETHER = -1
"""The level of a line that begins no page: the first two lines of a table stand together, and the last two."""

_FEW = 0.3
"""The part of its height up to which the last page is as good as empty: closer rows save about a sixth of each page."""

_ROUNDING = 4.0
"""CSS pixels that a page keeps free: lengths are rounded here and there."""


def lay_out_list(
    view: ListTable,
    levels: Sequence[int],
    lay_out: Callable[[ListTable], list[Page]],
    closer: Callable[[ListTable], ListTable],
    turned: Callable[[ListTable, Collection[int]], ListTable],
) -> list[Page]:
    """Return the pages of a list. `lay_out` lays it out with `ELEMENTS`.

    `levels` are those of its lines: 0 with what has a heading of its own, where a page begins best, 1 with others, or
    `TOGETHER`. `closer` gives the list with closer rows, `turned` with pages that begin with these lines.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    pages = lay_out(view)
    if len(pages) > 1 and _filled(pages[-1]) < _FEW:
        compact = closer(view)
        fewer = lay_out(compact)
        if len(fewer) < len(pages):
            view, pages = compact, fewer
    if len(pages) > 1 and (starts := _starts(pages, levels)):
        even = lay_out(turned(view, starts))
        pages = even if len(even) == len(pages) else pages
    return pages


def lay_out_rows(name: str, view: Rows, templates: Templates, typesetter: Typesetter) -> list[Page]:
    """Return the pages of a list that is one table; `name` is its template. It raises what `lay_out_list` does."""
    return lay_out_list(
        view,
        [0, *(TOGETHER if at in {1, len(view.rows) - 1} else 1 for at in range(1, len(view.rows)))],
        lambda rows: typesetter.lay_out(templates.render(name, view=rows), ELEMENTS),
        lambda rows: replace(rows, compact=True),
        lambda rows, starts: replace(
            rows, rows=tuple(replace(row, turns=at in starts) for at, row in enumerate(rows.rows))
        ),
    )


def _filled(page: Page) -> float:
    bottom = max((extent.top + extent.height for _, extent in page.extents), default=0.0)
    return (bottom - page.content_area.top) / page.content_area.height


def _starts(pages: Sequence[Page], levels: Sequence[int]) -> set[int]:
    """Return the lines with which pages begin; none where the list would need more pages than it has."""
    head = next(extent.height for name, extent in pages[0].extents if name == "thead")
    heights = _heights(pages, levels, head)
    if len(heights) != len(levels):  # a template of the plan's own has other rows
        return set()
    units = [at for at, level in enumerate(levels) if level != TOGETHER]
    ends = [*units[1:], len(levels)]
    try:
        starts = page_breaks(
            [sum(heights[start:end]) for start, end in zip(units, ends, strict=True)],
            (),
            [levels[start] for start in units],
            pages[0].content_area.height - head - _ROUNDING,
        )
    except TooTall:
        return set()
    return {units[start] for start in starts[1:]} if len(starts) == len(pages) else set()


def _heights(pages: Sequence[Page], levels: Sequence[int], head: float) -> list[float]:
    """Return what each line adds to a page below a head: a heading of its own, and on the first page the title."""
    heights: list[float] = []
    for page in pages:
        lines = list(_lines(page))
        above = head + page.content_area.top if page is pages[0] else lines[0][0]
        for top, height in lines:
            heights.append(top + height - above)
            above = top + height
    # At the head of a page there is no space above a heading, so those have the height of others.
    headings = [at for at, level in enumerate(levels[: len(heights)]) if at and level == 0]
    for at in headings:
        heights[at] = max(heights[heading] for heading in headings)
    return heights


def _lines(page: Page) -> Iterator[tuple[float, float]]:
    """Yield top and height of each row but those of heads."""
    before = ""
    for name, extent in page.extents:
        if name == "tr" and before != "thead":
            yield extent
        before = name
