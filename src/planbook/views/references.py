"""Where a reference leads and on which page that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
