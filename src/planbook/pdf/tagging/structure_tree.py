"""The structures of all pages → the structure tree of a file (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planbook.pdf.encoding import Ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planbook.pdf.page import Page, StructureElement

_BETWEEN = b"\0"
"""Between elements that are not numbered yet: nothing in them has this byte."""


class _Written(NamedTuple):
    """The structure of a page as it is written, but for the numbers of its objects: these count from its first element.

    `elements` are to be formatted with the `references`. `kids` are those that are in no other, `owners` those of its
    pieces, `owners_of_links` those of its links, `headers` those that cells name.
    """

    elements: bytes
    references: Sequence[int]
    kids: Sequence[int]
    owners: Sequence[int]
    owners_of_links: Sequence[int]
    headers: Sequence[int]


class Structures:
    """The structures of the pages of the last file: one that is there again is only numbered anew."""

    def __init__(self) -> None:
        # By what they depend on. The elements are kept: as long as they are there, no others have their id.
        self._known: dict[tuple[object, ...], tuple[Sequence[StructureElement], _Written]] = {}
        self._used = dict(self._known)

    def written(self, page: Page, number: int, links: Mapping[int, int], document: int, raised: int) -> _Written:
        """Return the structure of a page as it is written; `number` and `links` count from its first element."""
        nodes = page.structure
        name = (id(nodes), tuple(page.known.items()), number, tuple(links.items()), document, raised)
        self._used[name] = self._known.get(name) or (nodes, _written(page, number, links, document, raised))
        return self._used[name][1]

    def forget_unused(self) -> None:
        """Forget what was not in the last file."""
        self._known, self._used = self._used, {}


class StructureTree:
    """Adds the structure of page after page to the tree that WeasyPrint has begun.

    `pages` is how many have been added. `raised` is by how many levels headings stand higher than in the pages.
    """

    def __init__(self, pdf: Any, total: int, structures: Structures, raised: int = 0) -> None:
        self.pages = 0
        self._pdf = pdf
        self._root = self._object(pdf.catalog["StructTreeRoot"])
        (self._document,) = map(self._object, self._root["K"])
        self._structures = structures
        self._raised = raised
        self._next_link = total
        self._parents: list[bytes] = []  # of the pieces of each page, then of links: what they belong to
        self._links: list[int] = []
        self._kids: list[int] = []
        self._headers: list[int] = []

    def next_link(self) -> int:
        """Return the key under which the tree says what the next link belongs to."""
        self._next_link += 1
        return self._next_link - 1

    def add(self, page: Page, number: int, links: Mapping[int, int]) -> None:
        """Add the elements of a page; `number` is that of its object, `links` those of its annotations by index."""
        first = len(self._pdf.objects)
        written = self._structures.written(
            page,
            number - first,
            {link: annotation - first for link, annotation in links.items()},
            self._document.number,
            self._raised,
        )
        elements = written.elements % tuple([first + reference for reference in written.references])
        for element in elements.split(_BETWEEN) if page.structure else ():
            self._pdf.add_object(Ready(element))
        self._parents.append(b"%d[%b]" % (self.pages, _references(first + owner for owner in written.owners)))
        self._kids += [first + kid for kid in written.kids]
        self._links += [first + owner for owner in written.owners_of_links]
        self._headers += [first + header for header in written.headers]
        self.pages += 1

    def finish(self) -> None:
        """Complete the tree, when all pages have been added."""
        links = [b"%d %d 0 R" % (key, owner) for key, owner in enumerate(self._links, self.pages)]
        self._object(self._root["ParentTree"])["Nums"] = b"[%b]" % b" ".join((*self._parents, *links))
        self._document["K"] = b"[%b]" % _references(self._kids)
        if self._headers:
            names = b" ".join(b"%b %d 0 R" % (_IDENTIFIER % header, header) for header in self._headers)
            self._root["IDTree"] = b"<</Names[%b]>>" % names
        self._structures.forget_unused()

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]


_REFERENCE = b"%d 0 R"
_IDENTIFIER = b"(th%08d)"
"""As many digits as sort numbers like texts: the tree of identifiers has to be in order."""


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(_REFERENCE % number for number in numbers)


def _written(page: Page, page_number: int, links: Mapping[int, int], document: int, raised: int) -> _Written:
    nodes = page.structure
    numbers: list[int] = []

    def counted(form: bytes, number: int) -> bytes:
        numbers.append(number)
        return form

    def element(number: int, node: StructureElement) -> bytes:
        link = links.get(node.link) if node.link is not None else None
        tag = b"Span" if node.tag == "Link" and link is None else _tag(node, raised)
        return b"".join(
            (
                b"<</Type/StructElem/S/%b/P " % tag,
                b"%d 0 R" % document if node.parent < 0 else counted(_REFERENCE, node.parent),
                counted(b"/Pg " + _REFERENCE, page_number),
                counted(b"/ID" + _IDENTIFIER, number) if node.header else b"",
                b"/A<<%b" % node.table.replace(b"%", b"%%") if node.table or node.headers else b"",
                b"/Headers[%b]" % b" ".join(counted(_IDENTIFIER, header) for header in node.headers)
                if node.headers
                else b"",
                b">>" if node.table or node.headers else b"",
                page.known.get(node.attributes, node.attributes).replace(b"%", b"%%"),
                b"/K[",
                b"" if link is None else counted(b"<</Type/OBJR/Obj " + _REFERENCE, link),
                b"" if link is None else counted(b"/Pg " + _REFERENCE + b">> ", page_number),
                b" ".join(b"%d" % kid if kid >= 0 else counted(_REFERENCE, ~kid) for kid in node.kids),
                b"]>>",
            )
        )

    elements = _BETWEEN.join(element(number, node) for number, node in enumerate(nodes))
    owners = {kid: number for number, node in enumerate(nodes) for kid in node.kids if kid >= 0}
    owners_of_links = {node.link: number for number, node in enumerate(nodes)}
    return _Written(
        elements,
        numbers,
        kids=[number for number, node in enumerate(nodes) if node.parent < 0],
        owners=[owners[piece] for piece in range(len(owners))],
        owners_of_links=[owners_of_links[link] for link in links],
        headers=[number for number, node in enumerate(nodes) if node.header],
    )


def _tag(node: StructureElement, raised: int) -> bytes:
    """Return the type of an element; headings stand higher."""
    level = node.tag.removeprefix("H")
    return b"H%d" % (int(level) - raised) if level.isdecimal() and int(level) > raised else node.tag.encode()
