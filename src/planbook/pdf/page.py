"""A page that is laid out and painted: plain data, and nothing of the renderer's.

It can be kept, sent to another process, and bound into any number of documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

from planbook.errors import LayoutError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.pdf.encoding import Content


POINTS = 0.75
"""Points in a CSS pixel, where a page is printed as it is laid out."""

_SAME = 0.5
"""CSS pixels by which the sizes of a page and its stamp may differ: sizes in mm are rounded."""

AWAITING = "page-of/"
"""Begins the id, page-of/row/target, and the text, page-of/target, of what becomes the page number of the target."""


class Extent(NamedTuple):
    """Where a box begins on its page, and how high it is, in CSS pixels."""

    top: float
    height: float


class LinkArea(NamedTuple):
    """A link: `inner` leads to an anchor of the document, others to a URL.

    `annotation` are the entries of its dictionary in a file (ISO 32000-1, 12.5.6.5), but for what it belongs to.
    """

    inner: bool
    target: str
    annotation: bytes


class Bookmark(NamedTuple):
    """An entry of the outline; `place` is a point in CSS pixels from the top left of the page."""

    level: int
    label: str
    place: tuple[float, float]
    state: str


class Awaited(NamedTuple):
    """A place that is kept free for the page number of an anchor, `target`. Lengths are CSS pixels."""

    target: str
    left: float
    top: float
    height: float


class StructureElement(NamedTuple):
    """An element of the structure of a page (ISO 32000-1, 14.7.2), in document order.

    `parent` is the index of the element that it is in, -1 for the document. `kids` are pieces of marked content (their
    MCID) and elements: the index of an element is written as its complement, `~index`. `attributes` are entries of its
    dictionary, ready to be written. `link` is the index of the link that it is. `header` is that of a table; `headers`
    are the indexes of those that a cell has.
    """

    parent: int
    tag: str
    kids: Sequence[int]
    attributes: bytes = b""
    link: int | None = None
    header: bool = False
    table: bytes = b""
    headers: Sequence[int] = ()


class Glyphs(NamedTuple):
    """What a section uses of a font, by the number of the glyph: widths in thousandths of the size, and texts."""

    widths: Mapping[int, float]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True, eq=False)
class Materials:
    """What the content of the pages of a section refers to: fonts by their name in it, and all other resources."""

    fonts: Mapping[str, Glyphs]
    resources: Any


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page. Lengths are CSS pixels (1/96 inch), anchors are (left, top, right, bottom).

    `content` is its content stream. `stamps` are pages that are painted over it, `awaited` are places that they fill;
    `known` has the attributes of elements that await a text, and what they become.
    `extents` are those of the elements that were asked for, by their names, in document order. `points` is how many a
    pixel has: more where pages are enlarged.
    """

    width: float
    height: float
    content_area: Extent
    anchors: Mapping[str, tuple[float, float, float, float]]
    bookmarks: Sequence[Bookmark]
    links: Sequence[LinkArea]
    content: Content
    structure: Sequence[StructureElement]
    materials: Materials
    stamps: Sequence[Page] = ()
    awaited: Sequence[Awaited] = ()
    known: Mapping[bytes, bytes] = field(default_factory=dict)
    extents: Sequence[tuple[str, Extent]] = ()
    points: float = POINTS

    def stamped(self, stamps: Sequence[Page]) -> Page:
        """Return the page with stamps painted over it.

        Raises:
            LayoutError: they have another size.

        """
        for stamp in stamps:
            if abs(self.width - stamp.width) > _SAME or abs(self.height - stamp.height) > _SAME:
                raise LayoutError("柱とフッターの用紙の大きさが、本文のページと違います。")
        return replace(self, stamps=(*self.stamps, *stamps))

    def saying(self, texts: Mapping[str, str]) -> Page:
        """Return the page as it is read aloud with the `texts` that it awaits, by their targets; others say nothing."""
        if not self.awaited:
            return self
        known = {awaiting(target): spoken(texts[target]) if target in texts else b"" for target, *_ in self.awaited}
        return replace(self, known=known)


def spoken(text: str) -> bytes:
    """Return the entry of an element of the structure that is read aloud as `text` (ISO 32000-1, 14.9.4)."""
    return b"/ActualText %b" % pydyf.String(text).data


def awaiting(target: str) -> bytes:
    """Return what stands in the place of that until it is known on which page `target` is."""
    return spoken(f"{AWAITING}{target}")
