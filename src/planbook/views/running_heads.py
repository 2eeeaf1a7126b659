"""Running heads and footers, thumb index and late page numbers: what is stamped on finished pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planbook.typography.phrases import width

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_OF_TAB = 2.2


@dataclass(frozen=True, slots=True)
class Tab:
    """A mark of the thumb index: the text of the policy, its colour, and how far down the page it stands, in percent.

    `left`: at the left edge, since the page lies left in an open book.
    """

    text: str
    colour: int
    top: float
    height: float
    left: bool = False

    @property
    def long(self) -> bool:
        """Whether its text needs smaller type: more than two characters (基本目標1, 第1章)."""
        return width(self.text) > _MAX_OF_TAB


class LateText(NamedTuple):
    """What is known only when all pages are, where the text has kept a place for it. Lengths are CSS pixels.

    It is the page number of `target`, or the `name` of what goes on.
    """

    target: str
    text: str
    left: float
    top: float
    height: float
    name: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """Texts over a page. Its size in CSS pixels is that of the page. `stage` is （案） or nothing."""

    width: float
    height: float
    head: str = ""
    foot: str = ""
    head_right: str = ""
    stage: str = ""
    tab: Tab | None = None
    late: tuple[LateText, ...] = ()

    @property
    def paper(self) -> str:
        """The name of the CSS page that has this size."""
        return f"stamp-{self.width:.0f}-{self.height:.0f}"


@dataclass(frozen=True, slots=True)
class Stamps:
    """Stamps, and one of every size."""

    stamps: tuple[Stamp, ...]
    papers: tuple[Stamp, ...]


def stamps_of(stamps: Iterable[Stamp]) -> Stamps:
    """Gather stamps and their sizes."""
    stamps = tuple(stamps)
    return Stamps(stamps, tuple({stamp.paper: stamp for stamp in stamps}.values()))
