"""A chapter of the book as it was read: its headings, and its text as HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChapterHeading:
    """A heading: its anchor, its level (1 for the title of a chapter, `#`), and its text."""

    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. `path` is how the plan names its file.

    `html` has everything, headings too (`#` is h2, since h1 is the title of the book), and needs no other file.
    """

    path: str
    headings: tuple[ChapterHeading, ...]
    html: str

    @property
    def anchor(self) -> str:
        """Where it begins."""
        return self.headings[0].anchor

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.headings[0].text
