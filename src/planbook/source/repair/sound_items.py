"""List items in which there is nothing to correct: in a long file, nearly all. They are passed over.

An item is sound where each of its lines has one of the plain forms of `fast_path`, YAML reads it, and it has all the
keys that it needs and no others. The last one before anything else is read line by line all the same: what is wrong
there may have begun in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from planbook.source.fast_path import lines_of_other_forms

if TYPE_CHECKING:
    from planbook.plan.shape import Shape

_NODES: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

SHORT_FILE = 2_000
"""Lines; three times the real plan. Up to here all are read one by one, which takes a fifth of a second."""

LONGEST = 200
"""Lines of an item; those that are longer have some within them."""


class SoundItems:
    """The list items of a file."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._others = lines_of_other_forms(lines) if len(lines) > SHORT_FILE else set(range(len(lines)))
        self._known: dict[int, tuple[list[str], int]] = {}

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
        while end < len(self._lines) and end - index <= LONGEST and _is_inside(self._lines[end], column):
            end += 1
        if not line.startswith("- ", column) or end - index > LONGEST or not self._others.isdisjoint(range(index, end)):
            return [], end
        try:
            root: Any = yaml.compose("\n".join(self._lines[index:end]), Loader=_NODES)
        except yaml.YAMLError:
            return [], end
        item = root.value[0]
        sound = isinstance(item, yaml.MappingNode) and len(root.value) == 1 and _is_sound(item, shape)
        return [key.value for key, _ in item.value] if sound else [], end


def _is_sound(node: Any, shape: Shape | None) -> bool:
    """Whether a value has all that nearly every one of its kind has, and nothing that has no place there."""
    if shape is None:
        return False
    if isinstance(node, yaml.ScalarNode):
        on_one_line: bool = node.start_mark.line == node.end_mark.line
        return shape.text and (on_one_line or node.style == "|")
    if isinstance(node, yaml.SequenceNode):
        return shape.items is not None and all(_is_sound(item, shape.items) for item in node.value)
    keys = {key.value for key, _ in node.value}
    if len(keys) < len(node.value) or not shape.is_mapping:
        return False
    if len(shape.elements) > 1 and "relist" in keys:
        return len(keys) == 1
    known = shape.required.issubset(keys) and all(map(shape.has, keys))
    return known and all(_is_sound(value, shape.child(key.value)) for key, value in node.value)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_inside(line: str, column: int) -> bool:
    """Whether a line stands further in than a column, or is blank or a comment."""
    return line.lstrip(" ")[:1] in ("", "#") or line.startswith(" " * (column + 1))
