"""What is painted over finished pages: footers, running heads. It is no content: to a screen reader it is not there."""

from __future__ import annotations

from typing import Any

from weasyprint.document import Page

_SAME = 0.5  # CSS pixels: sizes in mm are rounded


def same_size(page: Any, other: Any) -> bool:
    """Whether two pages have the same width and height."""
    return bool(abs(page.width - other.width) < _SAME and abs(page.height - other.height) < _SAME)


class StampedPage(Page):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page with another one painted over it. Both stay as they are and can be used again.

    Margin boxes of CSS would not do: WeasyPrint writes them as content that belongs to nothing, where PDF/UA wants
    either content of the structure or artifacts (ISO 14289-1, 7.1 and 7.8).
    """

    def __init__(self, page: Any, stamp: Any) -> None:
        self.__dict__.update(page.__dict__)
        self._page = page
        self._stamp = stamp

    def paint(self, stream: Any, scale: float = 1) -> None:
        self._page.paint(stream, scale)
        with stream.artifact():
            # Without tags nothing inside the artifact is marked: marked content may not be nested in it.
            tags, stream._tags = stream._tags, None  # noqa: SLF001
            self._stamp.paint(stream, scale)
            stream._tags = tags  # noqa: SLF001
