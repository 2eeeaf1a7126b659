"""List items in which there is nothing to correct: in a long file, nearly all. They are passed over.

An item is sound where each of its lines has one of the plain forms of `fast_path`, YAML reads it, and it has all the
keys that it needs and no others. The last one before anything else is read line by line all the same: what is wrong
there may have begun in it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from planbook.source.fast_path import lines_of_other_forms
from planbook.source.yaml_events import LOADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.shape import Shape

SHORT_FILE = 2_000
"""Lines; three times the real plan. Up to here all are read one by one, which takes a fifth of a second."""

MAX_ITEM_LINES = 200
"""Lines of an item; those that are longer have some within them."""

_TEXT = re.compile(
    r"""(?:(?<=[-:,][ ])|(?<=\[)) (?> [^\s:#"'\[\]{},|]+ (?:[ 　]+[^\s:#"'\[\]{},|]+)* ) (?!:)""", re.VERBOSE
)
"""A text without quotes, in a line of a plain form; no key."""


class SoundItems:
    """The list items of a file."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._known: dict[int, tuple[list[str], int]] = {}
        self._alike: dict[tuple[str, Shape], list[str]] = {}
        """The keys by what an item is but for its texts: in long files, most items are like others."""

    @cached_property
    def _others(self) -> set[int]:
        """The lines that are to be read one by one."""
        return lines_of_other_forms(self._lines) if len(self._lines) > SHORT_FILE else set(range(len(self._lines)))

    def passable(self, index: int, shape: Shape) -> tuple[list[str], int]:
        """Return the keys of the sound item of a shape that begins at a line, and where another one follows it.

        Where it is not sound, or no sound item follows, there are no keys.
        """
        keys, end = self._item(index, shape)
        more = keys and end < len(self._lines) and _column(self._lines[end]) == _column(self._lines[index])
        return (keys, end) if more and self._item(end, shape)[0] else ([], index)

    def _item(self, index: int, shape: Shape) -> tuple[list[str], int]:
        if index not in self._known:
            self._known[index] = self._read(index, shape)
        return self._known[index]

    def _read(self, index: int, shape: Shape) -> tuple[list[str], int]:
        """Return the keys of the item that begins at a line, and the line behind it; no keys where it is not sound."""
        line = self._lines[index]
        column, end = _column(line), index + 1
        while end < len(self._lines) and end - index <= MAX_ITEM_LINES and _is_inside(self._lines[end], column):
            end += 1
        if (
            not line.startswith("- ", column)
            or end - index > MAX_ITEM_LINES
            or not self._others.isdisjoint(range(index, end))
        ):
            return [], end
        typed = _TEXT.sub("あ", "\n".join(self._lines[index:end])), shape
        if typed not in self._alike:
            self._alike[typed] = _keys_of_item(*typed)
        return self._alike[typed], end


def _keys_of_item(text: str, shape: Shape) -> list[str]:
    events = yaml.parse(text, Loader=LOADER)
    try:
        next(event for event in events if isinstance(event, yaml.SequenceStartEvent))
        keys = _sound_keys(events, shape) if isinstance(next(events), yaml.MappingStartEvent) else []
        alone = isinstance(next(events), yaml.SequenceEndEvent)
    except (yaml.YAMLError, StopIteration):
        return []
    return keys if alone else []


def _sound_keys(events: Iterator[Any], shape: Shape) -> list[str]:
    """Return the keys of a mapping; none where something in it has no place there, or something usual is lacking."""
    keys: dict[str, None] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        if key is None or key in keys or not shape.has(key) or not _is_sound(next(events), events, shape.child(key)):
            return []
        keys[key] = None
    if len(shape.elements) > 1 and "relist" in keys:
        return list(keys) if len(keys) == 1 else []
    return list(keys) if shape.required.issubset(keys) else []


def _is_sound(event: Any, events: Iterator[Any], shape: Shape | None) -> bool:
    """Whether a value has all that nearly every one of its kind has, and nothing that has no place there."""
    if shape is None:
        return False
    if isinstance(event, yaml.ScalarEvent):
        start: Any = event.start_mark
        end: Any = event.end_mark
        return shape.text and (start.line == end.line or event.style == "|")
    if isinstance(event, yaml.MappingStartEvent):
        return shape.is_mapping and bool(_sound_keys(events, shape))
    if not isinstance(event, yaml.SequenceStartEvent) or shape.items is None:
        return False
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        if not _is_sound(event, events, shape.items):
            return False
    return True


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_inside(line: str, column: int) -> bool:
    """Whether a line stands further in than a column, or is blank or a comment."""
    return line.lstrip(" ")[:1] in ("", "#") or line.startswith(" " * (column + 1))
