"""What is painted over finished pages: the running head and the footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Stamp:
    """The texts over one page. Its size in CSS pixels is that of the page."""

    width: float
    height: float
    head: str
    foot: str

    @property
    def paper(self) -> str:
        """The name of the CSS page that has this size."""
        return f"stamp-{self.width:.0f}-{self.height:.0f}"


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of all pages of a document, and one of every size."""

    stamps: tuple[Stamp, ...]
    papers: tuple[Stamp, ...]


def stamps_of(stamps: Iterable[Stamp]) -> Stamps:
    """Gather stamps and their sizes."""
    stamps = tuple(stamps)
    return Stamps(stamps, tuple({stamp.paper: stamp for stamp in stamps}.values()))
