"""Where things landed on a page: what later decisions on page breaks rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planbook.pdf.page import Extent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Measures(NamedTuple):
    """What was measured of a page that is not to be printed. Lengths are CSS pixels.

    `anchors` are (left, top, right, bottom); `extents` are those of the elements that were asked for, by their names,
    in document order.
    """

    content_area: Extent
    anchors: Mapping[str, tuple[float, float, float, float]]
    extents: tuple[tuple[str, Extent], ...]


def measures(page: Any, elements: Collection[str]) -> Measures:
    """Return the measures of a page of WeasyPrint's; `elements` are names of HTML elements."""
    return Measures(content_area(page), page.anchors, extents(page, elements) if elements else ())


def content_area(page: Any) -> Extent:
    """Return the extent of a page of WeasyPrint's between its margins."""
    # WeasyPrint has no public way to ask for this, nor for the heights of elements.
    box = page._page_box  # noqa: SLF001
    return Extent(box.content_box_y(), box.height)


def extents(page: Any, elements: Collection[str]) -> tuple[tuple[str, Extent], ...]:
    """Return the extents of those elements on a page of WeasyPrint's, with their names, in document order."""
    found: dict[int, tuple[str, Extent]] = {}
    for box in page._page_box.descendants():  # noqa: SLF001
        if box.element is not None and box.element_tag in elements:
            # Boxes that WeasyPrint adds inside an element bear its name, too: the outermost comes first.
            found.setdefault(id(box.element), (box.element_tag, Extent(box.border_box_y(), box.border_height())))
    return tuple(found.values())
