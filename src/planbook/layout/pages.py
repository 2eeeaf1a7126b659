"""The laid-out pages of parts, and the page numbers of what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from planbook.typography.counters import roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planbook.pdf import Page
    from planbook.views.running_heads import Tab


@dataclass(frozen=True, slots=True)
class BookPage:
    """A laid-out page, and the running head that it is to have: its left part, and its right part.

    `tab` is the entry of the thumb index that it shows; a `bare` one has no footer. `goes_on` is the place at its top
    that awaits a name, and that name.
    """

    page: Page
    head: str = ""
    head_right: str = ""
    tab: Tab | None = None
    bare: bool = False
    goes_on: tuple[str, str] | None = None


PagesOfParts: TypeAlias = "dict[str, list[BookPage]]"
"""The pages of parts, by the names of these (`Book.part_names`)."""

Anchors: TypeAlias = "dict[str, list[Iterable[str]]]"
"""The anchors on each page of parts."""


def front_matter(parts: Sequence[str]) -> list[str]:
    """Return the front matter of a book: what it has before its contents, these included, or else its cover."""
    if "contents" in parts:
        front = list(parts[: parts.index("contents") + 1])
        if all(part in {"cover", "contents"} or is_chapter(part) for part in front):
            return front
    return list(takewhile(lambda part: part == "cover", parts))


def is_chapter(part: str) -> bool:
    """Whether a part is a chapter: its name is the name of a file then."""
    return part.endswith((".md", ".markdown"))


def anchors_of(pages: PagesOfParts) -> Anchors:
    """Return the anchors on each page."""
    return {part: [book_page.page.anchors for book_page in own] for part, own in pages.items()}


def numbered(parts: Sequence[str], anchors: Anchors) -> dict[str, str]:
    """Return the page label of every anchor of a book; `anchors` are those that are known.

    Of the front matter only what stands before the contents has a number that they can print.
    """
    front = front_matter(parts)
    before = [page for part in front if part != "contents" for page in anchors.get(part, ())]
    body = [page for part in parts if part not in front for page in anchors.get(part, ())]
    labels = {anchor: roman(number).lower() for number, page in enumerate(before, 1) for anchor in page}
    return labels | {anchor: str(number) for number, page in enumerate(body, 1) for anchor in page}
