"""Longer texts as lines, and how one is split where no page can hold it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# However short, a line is a line: it weighs as much as so many characters.
_LINE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line as typed.

    The `tail` behind it is a bracket to keep in one piece. An `item` begins with ・, and its further lines hang behind
    that. A `rest` is what follows a page break within a line. A `listed` line is a list of organisations.
    """

    text: str
    tail: str = ""
    item: bool = False
    rest: bool = False
    listed: bool = False


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text, those that begin with ・ as items."""
    return tuple(Line(line, item=line.startswith("・")) for line in text.rstrip().split("\n"))


def weight(line: Line) -> int:
    """Return how much room a line takes, in characters."""
    return max(len(line.text) + len(line.tail), _LINE)


def split(text: Iterable[Line], size: int) -> list[tuple[Line, ...]]:
    """Split a text into parts that weigh at most `size` (if that is a line or more): between lines, or in long ones.

    Joined, the parts are the text: nothing is lost, added or moved.
    """
    parts: list[list[Line]] = [[]]
    room = size
    for line in text:
        for fragment in _fragments(line, size):
            if parts[-1] and weight(fragment) > room:
                parts.append([])
                room = size
            parts[-1].append(fragment)
            room -= weight(fragment)
    return [tuple(part) for part in parts]


def joined(text: tuple[Line, ...], rest: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the parts of a split text as one: the inverse of `split`."""
    if not (text and rest and rest[0].rest):
        return text + rest
    *before, last = text
    first, *others = rest
    return (*before, replace(last, text=last.text + first.text, tail=first.tail), *others)


def _fragments(line: Line, size: int) -> Iterator[Line]:
    """Cut a line into pieces of at most `size` characters: behind 。 or else 、 in the second half, or anywhere."""
    while len(line.text) > size:
        ends = (line.text.rfind(mark, size // 2, size) + 1 for mark in "。、")
        cut = next((end for end in ends if end), size)
        yield replace(line, text=line.text[:cut], tail="")
        line = replace(line, text=line.text[cut:], rest=True)
    yield line
