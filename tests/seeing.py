"""A typesetter that shows where things landed: pages are data, and know nothing of the boxes behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planbook.pdf import Typesetter
from planbook.typography.kinsoku import without_joiners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planbook.pdf import Page


class SeeingTypesetter(Typesetter):
    """Keeps the boxes of the pages that it lays out."""

    def __init__(self, css: str, folders: Sequence[Path]) -> None:
        super().__init__(css, folders)
        self._rendered: list[Any] = []
        self._boxes: dict[Page, Any] = {}

    def boxes(self, page: Page) -> Any:
        """Return the outermost box of a page."""
        return self._boxes[page]

    def lay_out(self, html: str, elements: Sequence[str] = ()) -> list[Page]:
        self._rendered = []
        pages = super().lay_out(html, elements)
        for page, rendered in zip(pages, self._rendered, strict=False):
            self._boxes[page] = rendered._page_box  # noqa: SLF001 - WeasyPrint shows the boxes nowhere else
            for box in self._boxes[page].descendants():
                if hasattr(box, "text"):
                    box.text = without_joiners(box.text)
        return pages

    def _render(self, html: str) -> list[Any]:
        self._rendered = super()._render(html)
        return self._rendered
