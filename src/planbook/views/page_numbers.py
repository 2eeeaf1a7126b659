"""How pages are numbered (the front matter in roman numerals, then from 1), and references to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.counters import roman

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PageLabel:
    """`label` is what contents, index and the PDF call a page; `footer` is what stands at its foot ("" for nothing).

    `front`: the page belongs to the front matter.
    """

    label: str
    footer: str
    front: bool = False


def page_labels(*, cover: int, front: int, body: int) -> tuple[PageLabel, ...]:
    """Label all pages of a book: its cover (counted, but with no footer), the rest of the front matter, the body."""
    romans = [roman(number).lower() for number in range(1, cover + front + 1)]
    return (
        *(PageLabel(label, "" if page < cover else label, front=True) for page, label in enumerate(romans)),
        *(PageLabel(str(number), str(number)) for number in range(1, body + 1)),
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """A link: `anchor` is None where the book lacks what it leads to, `page` where it has no page numbers (the web)."""

    anchor: str | None
    page: str | None = None


def reference(anchor: str, pages: Mapping[str, str] | None) -> Reference:
    """Refer to an anchor; `pages` has the page label of every anchor in the book, or is None for the web."""
    if pages is None:
        return Reference(anchor)
    return Reference(anchor if anchor in pages else None, pages.get(anchor))
