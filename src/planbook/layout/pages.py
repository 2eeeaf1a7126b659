"""The laid-out pages of parts, and the page numbers of what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planbook.pdf import Page
    from planbook.plan.model import BookPart

_FRONT = ("cover", "contents")
"""What has roman numbers where the book begins with it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A laid-out page, and the running head that it is to have."""

    page: Page
    head: str = ""


Leaves: TypeAlias = "dict[BookPart, list[Leaf]]"
Anchors: TypeAlias = "dict[BookPart, list[Iterable[str]]]"
"""The anchors on each page of parts."""


def front_matter(parts: Sequence[BookPart]) -> list[BookPart]:
    """Return the front matter of a book: cover and contents, where it begins with them."""
    return list(takewhile(lambda part: part in _FRONT, parts))


def anchors_of(leaves: Leaves) -> Anchors:
    """Return the anchors on each page."""
    return {part: [leaf.page.anchors for leaf in own] for part, own in leaves.items()}


def numbered(parts: Sequence[BookPart], anchors: Anchors) -> dict[str, str]:
    """Return the page label of every anchor of the body of a book; `anchors` are those that are known."""
    front = front_matter(parts)
    body = [page for part in parts if part not in front for page in anchors.get(part, ())]
    return {anchor: str(number) for number, page in enumerate(body, 1) for anchor in page}
