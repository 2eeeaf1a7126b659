"""Pages as data → the objects of a PDF file."""

from __future__ import annotations

import codecs
import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references
from weasyprint.pdf.anchors import add_outlines

from planbook.pdf.archival import COLOUR_SPACE, COLOURS, PROFILE
from planbook.pdf.crop_marks import boxes, crop_marks
from planbook.pdf.encoding import Content, Ready, entries, stream
from planbook.pdf.tagging.structure_tree import StructureTree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.pdf.page import LinkArea, Materials, Page
    from planbook.pdf.tagging.structure_tree import Structures


def merged_fonts(pages: Sequence[Page], fonts: Mapping[str, Any]) -> dict[str, Any]:
    """Return copies of the fonts of `pages` that know the glyphs of all of them. What pages say first is valid."""
    merged: dict[str, Any] = {}
    for materials in _materials(pages):
        for name, glyphs in materials.fonts.items():
            if name not in merged:
                merged[name] = copy.copy(fonts[name])
                merged[name].widths, merged[name].to_unicode = {}, {}
            merged[name].widths = {**glyphs.widths, **merged[name].widths}
            merged[name].to_unicode = {**glyphs.texts, **merged[name].to_unicode}
    for font in merged.values():
        font.to_unicode = dict(sorted(font.to_unicode.items()))
    return dict(sorted(merged.items()))


def bind(  # noqa: PLR0913 - what a file is beside its pages
    pdf: Any,
    pages: Sequence[Page],
    structures: Structures,
    *,
    raised: int = 0,
    partial: bool = False,
    bleed: float = 0,
) -> None:
    """Add pages to a file that WeasyPrint has made without any.

    `bleed` is how far paper reaches beyond the finished page, in points; with some, pages have crop marks.
    `raised` is by how many levels headings stand higher than in the pages. Where the document is `partial`, links to
    what is not in it are left out. `structures` are those of the last file.
    """
    profile, space, resources = pdf.objects[3:6]
    if profile.reference != PROFILE or space.reference != COLOUR_SPACE or COLOURS not in space:
        raise AssertionError("WeasyPrint has put the colours elsewhere")
    bound = {materials: _bind_resources(pdf, materials, resources["Font"]) for materials in _materials(pages)}
    stamps = _StampForms(pdf, bound, bleed)
    here = {name for page in pages for name in page.anchors} if partial else None
    tree = StructureTree(pdf, len(pages), structures, raised)
    numbers = []
    for page in pages:
        links = {
            at: link for at, link in enumerate(page.links) if here is None or not link.inner or link.target in here
        }
        entry = _bind_page(pdf, page, bound, stamps, list(links.values()), tree, bleed)
        numbers.append(entry)
        tree.add(page, entry, {at: entry + place for place, at in enumerate(links, 1)})
    tree.finish()
    _bind_outline(pdf, pages, numbers)
    _bind_anchors(pdf, pages, numbers)


def _materials(pages: Sequence[Page]) -> dict[Materials, None]:
    """Return the materials of the pages and of their stamps, each once, in order."""
    return {page.materials: None for page in pages} | {stamp.materials: None for page in pages for stamp in page.stamps}


def _add(pdf: Any, data: bytes, *, compressible: bool = True) -> int:
    """Add an object; return its number."""
    ready = Ready(data, compressible=compressible)
    pdf.add_object(ready)
    return int(ready.number)


class _Resources(NamedTuple):
    """The entries of a dictionary of resources, and apart from them those of its drawings (XObject)."""

    entries: bytes
    drawings: bytes


def _bind_resources(pdf: Any, materials: Materials, fonts: bytes) -> _Resources:
    # Copied: WeasyPrint writes into it where it has put the drawings.
    resources = copy.deepcopy(materials.resources)
    resources["Font"] = fonts
    _use_references(pdf, resources, {}, {})
    drawings = resources.pop("XObject")
    return _Resources(entries(resources), entries(drawings))


class _StampForms:
    """The stamps of a file: each is one form, on however many pages it is."""

    def __init__(self, pdf: Any, bound: Mapping[Materials, _Resources], bleed: float) -> None:
        self._pdf = pdf
        self._bound = bound
        self._bleed = bleed
        self._forms: dict[Page, int] = {}
        self._paintings: list[int] = []

    def form(self, stamp: Page) -> int:
        """Return the number of the form of a stamp."""
        if stamp not in self._forms:
            _, bled, _ = boxes(stamp.width * stamp.points, stamp.height * stamp.points, self._bleed)
            own = self._bound[stamp.materials]
            form = b"/Type/XObject/Subtype/Form/BBox %b/Resources<<%b/XObject<<%b>>>>" % (bled, *own)
            self._forms[stamp] = _add(self._pdf, stream(stamp.content, form), compressible=False)
        return self._forms[stamp]

    def painting(self, place: int) -> int:
        """Return the number of what paints the form `stamp0` (`stamp1` …) of a page, as no part of the content."""
        while place >= len(self._paintings):
            painting = Content(b"/Artifact BMC\n/stamp%d Do\nEMC" % len(self._paintings), deflated=False)
            self._paintings.append(_add(self._pdf, stream(painting), compressible=False))
        return self._paintings[place]


def _bind_page(  # noqa: PLR0913, PLR0917 - a page refers to all of them
    pdf: Any,
    page: Page,
    bound: Mapping[Materials, _Resources],
    stamps: _StampForms,
    links: Sequence[LinkArea],
    tree: StructureTree,
    bleed: float,
) -> int:
    """Add a page, and behind it the annotations of its links; return the number of the page."""
    width, height = page.width * page.points, page.height * page.points
    trim, bled, media = boxes(width, height, bleed)
    contents = [_add(pdf, stream(page.content), compressible=False)]
    resources, drawings = bound[page.materials]
    for place, stamp in enumerate(page.stamps):
        drawings += b"/stamp%d %d 0 R" % (place, stamps.form(stamp))
        contents.append(stamps.painting(place))
    if bleed:
        contents.append(_add(pdf, stream(crop_marks(width, height, bleed)), compressible=False))
    references = b" ".join(b"%d 0 R" % number for number in contents)
    entry = Ready(b"")
    pdf.add_page(entry)
    annotations = [_add(pdf, b"<<%b/StructParent %d>>" % (link.annotation, tree.next_link())) for link in links]
    entry.data = b"".join(
        (
            b"<</Type/Page/Parent %b/MediaBox%b/CropBox%b/TrimBox%b/BleedBox%b"
            % (pdf.pages.reference, media, media, trim, bled),
            b"/Contents %b/Resources<<%b/XObject<<%b>>>>"
            % (references if len(contents) == 1 else b"[%b]" % references, resources, drawings),
            b"/Tabs/S/StructParents %d" % tree.pages,
            b"/Annots[%b]" % b" ".join(b"%d 0 R" % number for number in annotations) if annotations else b"",
            b">>",
        )
    )
    return int(entry.number)


def _bind_outline(pdf: Any, pages: Sequence[Page], numbers: Sequence[int]) -> None:
    root: list[Any] = []
    skipped: list[int] = []
    by_depth = [root]
    level = 0
    for number, page in enumerate(pages):
        matrix = Matrix(a=page.points, d=-page.points, f=page.height * page.points)
        level = make_page_bookmark_tree(page, skipped, by_depth, level, number, matrix)
    # What it takes of a file, without the list of all pages that pydyf makes anew for each entry.
    references = [b"%d 0 R" % number for number in numbers]
    add_outlines(SimpleNamespace(page_references=references, add_object=pdf.add_object, catalog=pdf.catalog), root)


def _bind_anchors(pdf: Any, pages: Sequence[Page], numbers: Sequence[int]) -> None:
    """Add the places that links lead to, in the order of their names as bytes; of equal names the first is valid."""
    places: dict[bytes, bytes] = {}
    for page, number in zip(pages, numbers, strict=True):
        for name, (left, top, _, _) in page.anchors.items():
            place = pydyf.Array((left * page.points, (page.height - top) * page.points)).data[1:-1]
            places.setdefault(_name(name), b"%b[%d 0 R/XYZ %b 0]" % (pydyf.String(name).data, number, place))
    if places:
        pdf.catalog["Names"] = b"<</Dests<</Names[%b]>>>>" % b" ".join(places[name] for name in sorted(places))


def _name(text: str) -> bytes:
    """Return a text as the bytes that it is in a PDF file."""
    return text.encode() if text.isascii() else codecs.BOM_UTF16_BE + text.encode("utf-16-be")
