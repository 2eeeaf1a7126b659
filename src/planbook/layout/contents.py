"""The contents on pages: where they need several, broken by `breaks` before policies, into even pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planbook.layout.breaks import TooTall, page_breaks
from planbook.views.contents import cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Measures, Typesetter
    from planbook.views.contents import Contents

_ROUNDING = 1.0
"""CSS pixels that a page keeps free: lengths are rounded here and there."""

_CLOSER = 0.8
"""What closer lines take of the height at most: in css/book.css they take 75 percent."""


class ContentsBreaks(NamedTuple):
    """The lines with which pages after the first begin, counted as in `cuts`; or `closer` lines need one page."""

    starts: list[int]
    closer: bool = False


def contents_breaks(view: Contents, templates: Templates, typesetter: Typesetter) -> ContentsBreaks:
    """Return where the contents break; nowhere where one page is enough.

    There are as few pages as the renderer needs for the contents by itself.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    measures = typesetter.measure(templates.render("pdf/contents.html.j2", view=view), ("div",))
    if len(measures) == 1:
        return ContentsBreaks([])
    heights, room = _heights(measures), measures[0].content_area.height - _ROUNDING
    closer = sum(heights) * _CLOSER <= room
    try:
        starts = page_breaks(heights, (), cuts(view), room)
    except TooTall:
        return ContentsBreaks([], closer)
    return ContentsBreaks(starts[1:] if len(starts) == len(measures) else [], closer)


def _heights(pages: Sequence[Measures]) -> list[float]:
    """Return the height of each line: to the next, or its own at the end of a page. The first has the heading, too."""
    heights: list[float] = []
    for page in pages:
        lines = [extent for _, extent in page.extents]
        below = [line.top for line in lines[1:]] + [lines[-1].top + lines[-1].height]
        heights += [end - line.top for line, end in zip(lines, below, strict=True)]
        if page is pages[0]:
            heights[0] += lines[0].top - page.content_area.top
    return heights
