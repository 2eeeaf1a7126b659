"""The structure of a document as screen readers need it, where WeasyPrint leaves it wrong or unsaid.

WeasyPrint writes a tree of structure elements. This adds to it: what a text says that is drawn character by character
(`data-actual-text` in the HTML), what a link says, and which headers a cell has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import TextBox

from planbook.pdf.tables import Cell, Scope, assign_headers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ACTUAL_TEXT = "data-actual-text"
# Elements that may be dropped where one text takes their place.
_PLAIN = {"/Div", "/NonStruct", "/P", "/Span"}
_SCOPES = {"row": Scope.ROW, "rowgroup": Scope.ROW}


class TaggedPage(Page):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page that remembers while it is painted which pieces of marked content have an actual text.

    `actual_texts` are pairs: the text, and the numbers (MCID) of the pieces of content that it stands for.
    """

    def __init__(self, page: Any) -> None:
        self.__dict__.update(page.__dict__)
        self._page = page
        # WeasyPrint makes a link of every box inside <a>, too, and those are not in a Link of the structure.
        self.links = [link for link in page.links if link[-1].element_tag.split(":")[0] == "a"]
        self.actual_texts: list[tuple[str, list[int]]] = []

    def paint(self, stream: Any, scale: float = 1) -> None:
        self._page.paint(stream, scale)
        # WeasyPrint forgets this when it makes the tree, and the tree does not know the elements of the HTML.
        numbers = {box: tag["mcid"] for box, tag in stream._tags.items()}  # noqa: SLF001
        seen = set()
        for box in self._page_box.descendants():
            element = box.element
            text = None if element is None else element.get(ACTUAL_TEXT)
            # Boxes that WeasyPrint adds inside an element bear its attributes, too: the outermost comes first.
            if text and id(element) not in seen:
                seen.add(id(element))
                pieces = [
                    numbers[inner] for inner in box.descendants() if isinstance(inner, TextBox) and inner in numbers
                ]
                self.actual_texts.append((text, pieces))


def finish_tags(pdf: Any, pages: Sequence[TaggedPage]) -> None:
    """Complete the structure tree that WeasyPrint has written for `pages`."""
    _Tree(pdf).finish(pages)


class _Tree:
    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._root = self._object(pdf.catalog["StructTreeRoot"])

    def finish(self, pages: Sequence[TaggedPage]) -> None:
        # The tree of numbers has for each page its number and the references of its elements in the order of MCIDs.
        elements_of_pages = self._object(self._root["ParentTree"])["Nums"][1::2]
        scopes: dict[int, Scope] = {}
        for page, elements in zip(pages, elements_of_pages, strict=False):  # behind the pages stand the links
            for text, pieces in page.actual_texts:
                if pieces:
                    self._set_actual_text(text, pieces, elements)
            _describe_links(page)
            scopes.update(_scopes(page))
        self._finish_tables(scopes)

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _set_actual_text(self, text: str, pieces: Sequence[int], elements: list[bytes]) -> None:
        owner = self._common_owner([elements[piece] for piece in pieces])
        owner["ActualText"] = pydyf.String(text)
        if len(pieces) > 1 and all(kid["S"] in _PLAIN for kid in self._inside(owner)):
            # One element for all characters instead of one for each: tools that know no ActualText read on, too.
            reference = elements[pieces[0]]
            for kid in [kid for kid in self._inside(owner) if kid.reference != reference]:
                kid.clear()
            self._object(reference).update({"K": pydyf.Array(pieces), "P": owner.reference})
            owner["K"] = pydyf.Array([reference])
            for piece in pieces:
                elements[piece] = reference

    def _inside(self, element: Any) -> Iterator[Any]:
        for kid in self._kids(element):
            yield kid
            yield from self._inside(kid)

    def _common_owner(self, references: Sequence[bytes]) -> Any:
        """Return the innermost element that has all these elements in it."""
        common, *others = (list(self._owners(reference)) for reference in references)
        for owners in others:
            numbers = {owner.number for owner in owners}
            common = [owner for owner in common if owner.number in numbers]
        return common[0]

    def _owners(self, reference: bytes) -> Iterator[Any]:
        element = self._object(reference)
        while element["Type"] == "/StructElem":
            yield element
            element = self._object(element["P"])

    def _finish_tables(self, scopes: dict[int, Scope]) -> None:
        identifiers = pydyf.Array()
        for element in list(self._pdf.objects):
            if isinstance(element, dict) and element.get("S") == "/Table" and element.get("Type") == "/StructElem":
                rows = [[_cell(cell, scopes) for cell in self._cells(row)] for row in self._rows(element)]
                for cell, headers in assign_headers(rows).items():
                    identifiers.extend(_finish_cell(cell, headers))
        if identifiers:
            tree = pydyf.Dictionary({"Names": identifiers})
            self._pdf.add_object(tree)
            self._root["IDTree"] = tree.reference

    def _kids(self, element: Any) -> Iterator[Any]:
        # Other kids are numbers of marked content, and references to the annotations of links.
        objects = [self._object(kid) for kid in element["K"] if isinstance(kid, bytes)]
        return (kid for kid in objects if kid["Type"] == "/StructElem")

    def _rows(self, element: Any) -> Iterator[Any]:
        for kid in self._kids(element):
            if kid["S"] == "/TR":
                yield kid
            elif kid["S"] in {"/THead", "/TBody", "/TFoot"}:
                yield from self._rows(kid)

    def _cells(self, row: Any) -> Iterator[Any]:
        return (kid for kid in self._kids(row) if kid["S"] in {"/TH", "/TD"})


def _scopes(page: TaggedPage) -> Iterator[tuple[int, Scope]]:
    """Yield the number of each header cell's structure element, and the scope that the HTML gives it."""
    for box in page._page_box.descendants():  # noqa: SLF001
        # WeasyPrint leaves the structure element in the box of each cell.
        if box.element is not None and box.element_tag == "th" and hasattr(box, "mark"):
            yield box.mark.number, _SCOPES.get(box.element.get("scope"), Scope.COLUMN)


def _cell(element: Any, scopes: dict[int, Scope]) -> Cell:
    attributes = element["A"]
    scope = scopes.get(element.number) if element["S"] == "/TH" else None
    return Cell(element, scope, attributes.get("RowSpan", 1), attributes.get("ColSpan", 1))


def _finish_cell(cell: Cell, headers: Sequence[Cell]) -> list[Any]:
    """Write scope and headers of a cell; return its entry in the tree of identifiers if it is a header."""
    attributes = cell.element["A"]
    attributes.pop("Headers", None)
    if headers:
        attributes["Headers"] = pydyf.Array(_identifier(header) for header in headers)
    if cell.scope is None:
        return []
    attributes["Scope"] = f"/{cell.scope}"
    cell.element["ID"] = _identifier(cell)
    return [_identifier(cell), cell.element.reference]


def _identifier(cell: Cell) -> Any:
    # As many digits as sort numbers like texts: the tree of identifiers has to be in order.
    return pydyf.String(f"th{cell.element.number:08}")


def _describe_links(page: TaggedPage) -> None:
    """Say where links lead in the words of their text: WeasyPrint gives the name of the anchor."""
    for _, _, _, box in page.links:
        if text := " ".join("".join(box.element.itertext()).split()):
            box.link_annotation["Contents"] = pydyf.String(text)
