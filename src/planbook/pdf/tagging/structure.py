"""Boxes of a page → the structure that screen readers read (ISO 14289-1).

WeasyPrint can write such a structure itself, but not what a plan needs: which headers a cell has where cells are
merged, what a text says that is drawn character by character (`data-actual-text` in the HTML), and no element for a box
that stands for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from planbook.errors import LayoutError
from planbook.pdf.page import POINTS, StructureElement, spoken
from planbook.pdf.tagging.table_headers import Scope, TaggedCell, assign_headers
from planbook.typography.kinsoku import without_joiners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACTUAL_TEXT = "data-actual-text"
_UNDERLINED = "u"
_SAID_UNDERLINED = "下線：{}"
"""How a screen reader says what eyes see: of a decoration alone (ISO 32000-1, 14.8.5.4) most say nothing."""

# HTML → standard structure types (ISO 32000-1, 14.8.4). What is not here stands for nothing: its content belongs to the
# element around it.
_TAGS = {
    "div": "Div",
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("dl", "ul", "ol"), "L"),
    **dict.fromkeys(("li", "dt", "dd"), "LI"),
    "li::marker": "Lbl",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    _UNDERLINED: "Span",
    **dict.fromkeys(("img", "{http://www.w3.org/2000/svg}svg"), "Figure"),
}
_GROUPS = {"Document", "Div", "Part", "Art", "Sect", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"}
"""Elements that hold elements: text in them gets one of its own."""

_SCOPES = {"row": Scope.ROW, "rowgroup": Scope.ROW}


class _TaggedElement:
    """An element while the tree is built."""

    __slots__ = ("attributes", "cell", "headers", "index", "kids", "link", "parent", "source", "table", "tag")

    def __init__(self, tag: str, parent: _TaggedElement | None, index: int, source: tuple[Any, str | None]) -> None:
        self.tag = tag
        self.parent = parent
        self.index = index
        self.source = source
        self.kids: list[int] = []
        self.attributes = b""
        self.link: int | None = None
        self.cell: TaggedCell | None = None
        self.table = b""
        self.headers: tuple[int, ...] = ()


def page_structure(page_box: Any, pieces: dict[Any, int], links: Mapping[Any, int]) -> tuple[StructureElement, ...]:
    """Return the elements of a page.

    `pieces` are the numbers (MCID) of the boxes that were painted as marked content, each of which is given to an
    element; `links` the indexes of the links that boxes are.

    Raises:
        LayoutError: a picture has no text that says what it shows, or something has no place in the structure.

    """
    tree = _Tree(page_box.margin_height(), pieces, links)
    tree.add(page_box, tree.document)
    if pieces:
        raise LayoutError("ページの一部を、読み上げの順に並べられません。テンプレートの HTML を見直してください。")
    return tuple(
        StructureElement(
            element.parent.index if element.parent else -1,
            element.tag,
            tuple(element.kids),
            element.attributes,
            element.link,
            bool(element.cell and element.cell.scope),
            element.table,
            element.headers,
        )
        for element in tree.elements
    )


class _Tree:
    def __init__(self, height: float, pieces: dict[Any, int], links: Mapping[Any, int]) -> None:
        self._height = height
        self._pieces = pieces
        self._links = links
        self._spoken: set[Any] = set()
        self.document = _TaggedElement("Document", None, -1, (None, None))
        self.elements: list[_TaggedElement] = []

    def add(self, box: Any, parent: _TaggedElement) -> None:
        """Add a box and all that is in it to an element."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001
        if isinstance(box, boxes.TextBox):
            self._add_piece(box, parent)
            return
        if isinstance(box, boxes.MarginBox):
            raise LayoutError(
                "ページの余白の箱（@top-center など）は使えません。柱とフッターは running-heads.html.j2 で作ります。"
            )
        element = self._element(box, parent)
        text = None if box.element is None else box.element.get(ACTUAL_TEXT)
        # Boxes that WeasyPrint adds inside an element bear its attributes, too: the outermost comes first.
        if text and box.element not in self._spoken:
            self._spoken.add(box.element)
            if element is parent:
                element = self._new("Span", parent)
            self._fill(box, element)
            self._speak(text, element)
        else:
            self._fill(box, element)

    def _fill(self, box: Any, element: _TaggedElement) -> None:
        if isinstance(box, boxes.ReplacedBox):
            element.kids.append(self._pieces.pop(box))
        elif element.tag == "Table" and box.is_table_wrapper:
            self._fill_table(box, element)
        elif element.tag == "LI":
            self._fill_item(box, element)
        else:
            for child in _children(box):
                self.add(child, element)

    def _element(self, box: Any, parent: _TaggedElement) -> _TaggedElement:
        """Return the element of a box: its own, or that around it where it stands for nothing."""
        source = (box.element, box.element_tag) if box.element is not None else (None, None)
        if isinstance(box, boxes.ReplacedBox):
            return self._figure(box, self._new("Figure", parent, source))
        tag = "Link" if (source[1] or "").split(":")[0] == "a" else _TAGS.get(source[1] or "", "")
        # WeasyPrint gives the name of an element to the boxes that it adds in it, too.
        if tag in {"", "Figure"} or source == parent.source:
            return parent
        if source[1] == _UNDERLINED:
            return self._underlined(parent, source)
        element = self._new(tag, parent, source)
        if tag == "Link":
            element.link = self._links.get(box)
        elif tag in {"TH", "TD"}:
            _describe_cell(element, box)
        return element

    def _underlined(self, parent: _TaggedElement, source: tuple[Any, str | None]) -> _TaggedElement:
        """Return the element of underlined text: one for all its lines on the page, which says what it is."""
        last = self.elements[~parent.kids[-1]] if parent.kids and parent.kids[-1] < 0 else None
        if last and last.source == source:
            return last
        element = self._new("Span", parent, source)
        said = _SAID_UNDERLINED.format(without_joiners("".join(source[0].itertext())))
        element.attributes = b"/A<</O/Layout/TextDecorationType/Underline>>/Alt %b" % pydyf.String(said).data
        return element

    def _new(self, tag: str, parent: _TaggedElement, source: tuple[Any, str | None] = (None, None)) -> _TaggedElement:
        element = _TaggedElement(tag, parent, len(self.elements), source)
        self.elements.append(element)
        parent.kids.append(~element.index)
        return element

    def _add_piece(self, box: Any, parent: _TaggedElement) -> None:
        piece = self._pieces.pop(box)
        if parent.tag in _GROUPS:
            last = self.elements[~parent.kids[-1]] if parent.kids else None
            parent = last if last and last.tag == "Span" and not last.attributes else self._new("Span", parent)
        parent.kids.append(piece)

    def _figure(self, box: Any, element: _TaggedElement) -> _TaggedElement:
        text = _alternative(box.element)
        if not text:
            raise LayoutError(f"画像 {box.element.get('src', 'SVG')} に、代わりの文（alt）がありません。")
        left, bottom = box.content_box_x(), self._height - box.content_box_y() - box.height
        lengths = (left, bottom, left + box.width, bottom + box.height)
        area = pydyf.Array(round(length * POINTS, 2) for length in lengths)
        element.attributes = b"/A<</O/Layout/BBox %b>>/Alt %b" % (area.data, pydyf.String(text).data)
        return element

    def _fill_item(self, box: Any, item: _TaggedElement) -> None:
        """Fill an item of a list: its marker, and in a body all the rest."""
        body = None
        for child in _children(box):
            if child.element_tag == "li::marker":
                self.add(child, item)
            else:
                body = body or self._new("LBody", item, item.source)
                self.add(child, body)

    def _fill_table(self, wrapper: Any, element: _TaggedElement) -> None:
        table = wrapper.get_wrapped_table()
        for child in wrapper.children:
            for inner in _children(child) if child is table else (child,):
                self.add(inner, element)
        rows: dict[_TaggedElement, list[TaggedCell]] = {}
        for inner in self.elements[element.index + 1 :]:
            if inner.cell and inner.parent and _table_of(inner) is element:
                rows.setdefault(inner.parent, []).append(inner.cell)
        for cell, headers in assign_headers(list(rows.values())).items():
            cell.element.headers = tuple(header.element.index for header in headers)

    def _speak(self, text: str, element: _TaggedElement) -> None:
        """Let what is in an element be read as `text`: its innermost part that has all of it, as one piece."""
        while len(element.kids) == 1 and element.kids[0] < 0:
            element = self.elements[~element.kids[0]]
        element.attributes += spoken(text)
        inside = self.elements[element.index + 1 :]
        if all(inner.tag in {"Div", "P", "Span"} for inner in inside):
            # For tools that know no ActualText: they read on as if it were one text.
            pieces = [kid for inner in (element, *inside) for kid in inner.kids if kid >= 0]
            del self.elements[element.index + 1 :]
            element.kids = []
            if element.tag in _GROUPS:
                element = self._new("Span", element)
            element.kids = pieces


def _describe_cell(element: _TaggedElement, box: Any) -> None:
    scope = _SCOPES.get(box.element.get("scope"), Scope.COLUMN) if element.tag == "TH" else None
    element.cell = TaggedCell(element, scope, box.rowspan, box.colspan)
    element.table = b"".join(
        (
            b"/O/Table",
            b"/ColSpan %d" % box.colspan if box.colspan != 1 else b"",
            b"/RowSpan %d" % box.rowspan if box.rowspan != 1 else b"",
            b"/Scope/%b" % scope.encode() if scope else b"",
        )
    )


def _children(box: Any) -> Iterator[Any]:
    """Yield what is in a box, and in its lines."""
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            yield from child.children
        else:
            yield child


def _table_of(element: _TaggedElement) -> _TaggedElement | None:
    return next((outer for outer in _owners(element) if outer.tag == "Table"), None)


def _owners(element: _TaggedElement) -> Iterator[_TaggedElement]:
    while element.parent:
        element = element.parent
        yield element


def _alternative(element: Any) -> str:
    """Return what a picture shows in words: the title of an SVG, the `alt` of others."""
    title = element.find("{http://www.w3.org/2000/svg}title")
    return str((title.text if title is not None else element.get("alt")) or "")
