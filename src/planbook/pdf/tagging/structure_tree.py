"""The structures of all pages → the structure tree of a file (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planbook.pdf.encoding import Ready

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.pdf.page import StructureElement


class StructureTree:
    """Adds the structure of page after page to the tree that WeasyPrint has begun.

    `pages` is how many have been added. `raised` is by how many levels headings stand higher than in the pages.
    """

    def __init__(self, pdf: Any, total: int, raised: int = 0) -> None:
        self.pages = 0
        self._pdf = pdf
        self._root = self._object(pdf.catalog["StructTreeRoot"])
        (self._document,) = map(self._object, self._root["K"])
        self._tags = {f"H{level}": b"H%d" % (level - raised) for level in range(1 + raised, 7)}
        self._next_link = total
        self._parents: list[bytes] = []  # of the pieces of each page, then of links: what they belong to
        self._links: list[bytes] = []
        self._kids: list[bytes] = []
        self._identifiers: list[bytes] = []

    def next_link(self) -> int:
        """Return the key under which the tree says what the next link belongs to."""
        self._next_link += 1
        return self._next_link - 1

    def add(self, nodes: Sequence[StructureElement], page: int, links: Mapping[int, int]) -> None:
        """Add the elements of a page; `page` is the number of its object, `links` those of its annotations by index."""
        first = len(self._pdf.objects)
        owners: dict[int, int] = {}
        owner_of_link: dict[int, int] = {}
        for number, node in enumerate(nodes, first):
            if node.parent < 0:
                self._kids.append(b"%d 0 R" % number)
            owners.update((kid, number) for kid in node.kids if kid >= 0)
            if node.link is not None and node.link in links:
                owner_of_link[node.link] = number
            ready = Ready(self._element(node, first, number, page, links))
            self._pdf.add_object(ready)
        pieces = b" ".join(b"%d 0 R" % owners[piece] for piece in range(len(owners)))
        self._parents.append(b"%d[%b]" % (self.pages, pieces))
        self._links += [b"%d 0 R" % owner_of_link[link] for link in links]
        self.pages += 1

    def finish(self) -> None:
        """Complete the tree, when all pages have been added."""
        links = [b"%d %b" % (key, owner) for key, owner in enumerate(self._links, self.pages)]
        self._object(self._root["ParentTree"])["Nums"] = b"[%b]" % b" ".join((*self._parents, *links))
        self._document["K"] = b"[%b]" % b" ".join(self._kids)
        if self._identifiers:
            self._root["IDTree"] = b"<</Names[%b]>>" % b" ".join(self._identifiers)

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _element(self, node: StructureElement, first: int, number: int, page: int, links: Mapping[int, int]) -> bytes:
        kids = [b"%d" % kid if kid >= 0 else b"%d 0 R" % (first + ~kid) for kid in node.kids]
        tag = self._tags.get(node.tag) or node.tag.encode()
        if node.link is not None and node.link in links:
            kids.insert(0, b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (links[node.link], page))
        elif tag == b"Link":
            tag = b"Span"
        table = node.table
        if node.headers:
            table += b"/Headers[%b]" % b" ".join(_identifier(first + header) for header in node.headers)
        identifier = b""
        if node.header:
            identifier = b"/ID%b" % _identifier(number)
            self._identifiers.append(b"%b %d 0 R" % (_identifier(number), number))
        parent = self._document.number if node.parent < 0 else first + node.parent
        return b"<</Type/StructElem/S/%b/P %d 0 R/Pg %d 0 R%b%b%b/K[%b]>>" % (
            tag,
            parent,
            page,
            identifier,
            b"/A<<%b>>" % table if table else b"",
            node.attributes,
            b" ".join(kids),
        )


def _identifier(number: int) -> bytes:
    # As many digits as sort numbers like texts: the tree of identifiers has to be in order.
    return b"(th%08d)" % number
