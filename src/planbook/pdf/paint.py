"""Laid-out pages → pages as data: what WeasyPrint paints, and what there is to know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

from planbook.pdf.archival import COLOUR_SPACE, COLOURS, colour_profiles
from planbook.pdf.encoding import content, joined
from planbook.pdf.measure import content_area, extents
from planbook.pdf.page import AWAITING, POINTS, Awaited, Bookmark, Glyphs, LinkArea, Materials, Page
from planbook.pdf.tagging.structure import page_structure
from planbook.typography.kinsoku import without_joiners

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRINTED = 4
"""The flag of annotations that are printed, too (ISO 32000-1, 12.5.3), as PDF/A asks for."""


class _BlackInkStream(Stream):  # type: ignore[misc]  # WeasyPrint ships no types
    """A content stream in which black is black ink alone: as RGB a printer would mix it of four.

    ISO 19005-2, 6.2.4.3, allows DeviceGray where there is an output intent.
    """

    def set_color_rgb(self, red: float, green: float, blue: float, stroke: bool = False) -> None:  # noqa: FBT001, FBT002 - pydyf's signature
        if red == green == blue == 0:
            self.stream.append(b"0 G" if stroke else b"0 g")
        else:
            super().set_color_rgb(red, green, blue, stroke)

    def clone(self, **kwargs: Any) -> _BlackInkStream:
        drawing: _BlackInkStream = super().clone(**kwargs)
        drawing.__class__ = _BlackInkStream
        return drawing


class Painter:
    """Paints pages. `fonts` are those met so far, by the name that they have in the content of pages.

    `points` is how many a CSS pixel becomes.
    """

    def __init__(self, points: float = POINTS) -> None:
        self._points = points
        self._met: dict[Any, Any] = {}
        self._profiles = colour_profiles()

    @property
    def fonts(self) -> dict[str, Any]:
        """The fonts met so far, by the name that they have in the content of pages."""
        return {font.hash: font for font in self._met.values()}

    def paint(self, pages: Sequence[Any], elements: Sequence[str] = (), *, artifact: bool = False) -> tuple[Page, ...]:
        """Return the pages of a section of WeasyPrint's as data. As an artifact they have no structure and no links.

        `elements` are the names of the HTML elements whose extents are of interest.

        Raises:
            LayoutError: a picture has no text that says what it shows.

        """
        for font in self._met.values():
            font.widths, font.to_unicode, font.missing = {}, {}, {}
        resources = pydyf.Dictionary(
            {
                "Font": None,
                "ExtGState": pydyf.Dictionary(),
                "XObject": pydyf.Dictionary(),
                "Pattern": pydyf.Dictionary(),
                "Shading": pydyf.Dictionary(),
                "ColorSpace": COLOUR_SPACE,
            }
        )
        images: dict[str, Any] = {}
        fonts: dict[str, Glyphs] = {}
        materials = Materials(fonts, resources)
        painted = []
        for page in pages:
            area = (0, 0, page.width, page.height)
            tags: dict[Any, Any] | None = None if artifact else {}
            stream = _BlackInkStream(self._met, area, resources, images, tags, self._profiles, COLOURS)
            _paint(page, stream, self._points)
            described = _described(page, stream, materials, self._points, artifact=artifact)
            painted.append(replace(described, extents=extents(page, elements)) if elements else described)
        fonts.update(
            (font.hash, Glyphs(font.widths, font.to_unicode)) for font in self._met.values() if font.to_unicode
        )
        _add_data(resources, images)
        return tuple(painted)


def _paint(page: Any, stream: Any, points: float) -> None:
    # The state is as before afterwards: something may be painted over it.
    with stream.stacked():
        stream.transform(d=-1, f=page.height * points)
        page.paint(stream, points)


def _described(page: Any, stream: Any, materials: Materials, points: float, *, artifact: bool) -> Page:
    painted = content(joined(stream.stream))
    area = content_area(page)
    if artifact:
        return Page(page.width, page.height, area, {}, (), (), painted, (), materials, points=points)
    # WeasyPrint makes a link of every box inside <a>, too.
    links = [link for link in page.links if link[-1].element_tag.split(":")[0] == "a"]
    pieces = {box: tag["mcid"] for box, tag in stream._tags.items()}  # noqa: SLF001
    structure = page_structure(page._page_box, pieces, {link[-1]: at for at, link in enumerate(links)})  # noqa: SLF001
    matrix = Matrix(points, 0, 0, -points, 0, page.height * points)
    return Page(
        page.width,
        page.height,
        area,
        {name: box for name, box in page.anchors.items() if not name.startswith(AWAITING)},
        tuple(Bookmark(level, without_joiners(label), *rest) for level, label, *rest in page.bookmarks),
        tuple(_link(link, matrix) for link in links),
        painted,
        structure,
        materials,
        awaited=[
            Awaited(name.rpartition("/")[2], left, top, bottom - top)
            for name, (left, top, _, bottom) in page.anchors.items()
            if name.startswith(AWAITING)
        ],
        points=points,
    )


def _link(link: tuple[str, str, Sequence[float], Any], matrix: Any) -> LinkArea:
    kind, target, area, box = link
    text = without_joiners(" ".join("".join(box.element.itertext()).split()))
    corners = (*matrix.transform_point(*area[:2]), *matrix.transform_point(*area[2:]))
    inner = kind == "internal"
    name = pydyf.String(target).data
    # It says where it leads in the words that are read there.
    annotation = b"/Type/Annot/Subtype/Link/Rect%b/BS<</W 0>>/F %d/Contents%b%b" % (
        pydyf.Array(corners).data,
        _PRINTED,
        pydyf.String(text or target).data,
        b"/Dest%b" % name if inner else b"/A<</Type/Action/S/URI/URI%b>>" % name,
    )
    return LinkArea(inner, target, annotation)


def _add_data(resources: Any, images: dict[str, Any]) -> None:
    """Put the data of images and drawings where WeasyPrint notes them for later, without what it needs to paint."""
    drawings = resources["XObject"]
    for name, drawing in drawings.items():
        if drawing is None:
            image = images[name]
            # Not smoothed by viewers: PDF/A forbids it (ISO 19005-2, 6.2.8).
            drawings[name] = _plain(image["image"].get_x_object(False, max(image["dpi_ratios"])), images)  # noqa: FBT003 - WeasyPrint's signature
        else:
            drawings[name] = _plain(drawing, images)
    for name, pattern in resources["Pattern"].items():
        resources["Pattern"][name] = _plain(pattern, images)
    for state in resources["ExtGState"].values():
        if "SMask" in state:
            state["SMask"]["G"] = drawings[state["SMask"]["G"].id]


def _plain(drawing: Any, images: dict[str, Any]) -> Any:
    extra = drawing.extra
    if "Resources" in extra:
        _add_data(extra["Resources"], images)
    if "SMask" in extra:
        extra["SMask"] = _plain(extra["SMask"], images)
    return pydyf.Stream([joined(drawing.stream)], extra, compress="Filter" not in extra)
