"""Plain data that remembers where it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""The way from the top of the file to a value: keys and list positions from 0."""

Part = Literal["key", "value"]


class Span(NamedTuple):
    """A stretch of text. Lines and columns count characters from 1; the end column is the first one after it."""

    line: int
    column: int
    end_line: int
    end_column: int


class Scalar(str):
    """The text of one value exactly as typed: `no`, `1.10` and `08` stay text."""

    __slots__ = ("path",)
    path: Path

    def __new__(cls, text: str, path: Path = ()) -> Self:
        scalar = super().__new__(cls, text)
        scalar.path = path
        return scalar


class Sequence(list["Value"]):
    """A list and its path."""

    def __init__(self, items: Iterable[Value] = (), path: Path = ()) -> None:
        super().__init__(items)
        self.path = path


class Mapping(dict[str, "Value"]):
    """Keys and values, and its path. Of two equal keys the first one counts."""

    def __init__(self, items: Mapping | dict[str, Value] | None = None, path: Path = ()) -> None:
        super().__init__(items or {})
        self.path = path


Value = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One plan file that has been read.

    `keys` and `values` give the span of every key and value by path.
    """

    name: str
    lines: tuple[str, ...]
    root: Value | None = None
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    _texts: dict[Path, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Whether a text stands at a path, of those that were asked for."""

    def span(self, path: Path, part: Part = "value") -> Span:
        """Return where `path` stands: its key or value, else the nearest thing around it that was typed."""
        around = path[:-1]
        if around not in self._texts:
            self._texts[around] = isinstance(self.value(around), Scalar)
        if self._texts[around]:
            path = around  # a text that stands for a mapping with that text
        places = (self.keys, self.values) if part == "key" else (self.values, self.keys)
        for length in range(len(path), -1, -1):
            for place in places:
                if span := place.get(path[:length]):
                    return span
            places = (self.keys, self.values)  # of an enclosing part, its name says more than its whole extent
        return Span(1, 1, 1, 1)

    def last_line(self, path: Path) -> int:
        """Return the line on which the value at a path ends, with all that is in it; 0 where nothing was typed."""
        value = self.value(path)
        while value and not isinstance(value, Scalar):
            step = len(value) - 1 if isinstance(value, Sequence) else next(reversed(value))
            value, path = value[step], (*path, step)  # type: ignore[index]
        end = self.values.get(path) or self.keys.get(path)
        return end.end_line - (end.end_column == 1) if end else 0  # a block ends where the next line begins

    def value(self, path: Path) -> Value | None:
        """Return what stands at a path, if anything does."""
        here: Value | None = self.root
        for step in path:
            if isinstance(here, Mapping) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here
