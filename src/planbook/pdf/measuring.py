"""Where things landed on a page: what later decisions on page breaks rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Extent(NamedTuple):
    """Where a box begins on its page, and how high it is, in CSS pixels."""

    top: float
    height: float


def content_area(page: Any) -> Extent:
    """Return the extent of a page between its margins."""
    # WeasyPrint has no public way to ask for this, nor for the heights of elements.
    box = page._page_box  # noqa: SLF001
    return Extent(box.content_box_y(), box.height)


def extents(page: Any, elements: Sequence[str]) -> list[Extent]:
    """Return the extents of all elements with one of these names, in document order."""
    found: dict[int, Extent] = {}
    for box in page._page_box.descendants():  # noqa: SLF001
        if box.element is not None and box.element_tag in elements:
            # Boxes that WeasyPrint adds inside an element bear its name, too: the outermost comes first.
            found.setdefault(id(box.element), Extent(box.border_box_y(), box.border_height()))
    return list(found.values())
