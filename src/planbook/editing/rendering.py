"""New values as YAML: short ones in brackets, long ones in lines of their own, indented as the file is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planbook.editing.scalars import Number, block, key, scalar

if TYPE_CHECKING:
    from planbook.editing.nodes import Data, YamlNode, YamlText

_LINE = 100
"""Half-width columns of brackets with all that is in them."""

_SHORT = 12
"""Half-width columns of a value that stands with others in the brackets of a mapping."""


class Rendered(NamedTuple):
    """What stands behind a colon or dash, and the lines below."""

    inline: str
    below: list[str]


@dataclass(frozen=True, slots=True)
class Indentation:
    """How far the lists and mappings of a file stand in from the key above them."""

    mapping: int = 2
    sequence: int = 2

    @classmethod
    def of(cls, text: YamlText, root: YamlNode) -> Indentation:
        """Return what is usual in a file."""
        steps: dict[bool, dict[int, int]] = {True: {}, False: {}}

        def look(node: YamlNode) -> None:
            for entry in node.entries or ():
                value = entry.value
                if value.entries and not value.flow:
                    if entry.key_end > entry.start and node.mapping:
                        step = text.column(value.start) - text.column(entry.start)
                        steps[value.mapping][step] = steps[value.mapping].get(step, 0) + 1
                    look(value)

        look(root)
        mapping, sequence = (
            max(counts, key=lambda step: counts[step]) if (counts := steps[kind]) else 2 for kind in (True, False)
        )
        return cls(mapping, sequence)


def render(value: Data, column: int, steps: Indentation, *, spread: bool = False) -> Rendered:
    """Return a value as it stands behind a key or dash at that column. `spread`: not in brackets, be it short."""
    if isinstance(value, str):
        return _text(value, column)
    if not value:
        return Rendered("{}" if isinstance(value, dict) else "[]", [])
    if not spread and _is_short(value):
        return Rendered(brackets(value), [])
    if isinstance(value, list):
        inner = column + steps.sequence
        below: list[str] = []
        for item in value:
            below += _item(item, inner, steps)
        return Rendered("", below)
    return Rendered("", _pairs(value, column + steps.mapping, steps))


def render_item(value: Data, column: int, steps: Indentation, *, spread: bool = False) -> Rendered:
    """Return a value as it stands behind a dash at that column: a mapping begins beside the dash."""
    if isinstance(value, dict) and value and (spread or not _is_short(value, in_list=True)):
        first, *below = _pairs(value, column + 2, steps)
        return Rendered(first.lstrip(" "), below)
    if isinstance(value, dict) and value:
        return Rendered(brackets(value), [])
    return render(value, column, steps, spread=spread)


def pair(name: str, value: Data, column: int, steps: Indentation) -> list[str]:
    """Return the lines of a key with its value."""
    rendered = render(value, column, steps)
    return [f"{' ' * column}{key(name)}:{' ' if rendered.inline else ''}{rendered.inline}", *rendered.below]


def brackets(value: Data) -> str:
    """Return a value in one line, lists and mappings in brackets."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return "[" + ", ".join(map(brackets, value)) + "]"
    return "{" + ", ".join(f"{key(name, flow=True)}: {brackets(item)}" for name, item in value.items()) + "}"


def _item(value: Data, column: int, steps: Indentation) -> list[str]:
    rendered = render_item(value, column, steps)
    return [f"{' ' * column}-{' ' if rendered.inline else ''}{rendered.inline}", *rendered.below]


def _pairs(value: dict[str, Data], column: int, steps: Indentation) -> list[str]:
    return [line for name, item in value.items() for line in pair(name, item, column, steps)]


def _text(value: str, column: int) -> Rendered:
    if "\n" in value and not isinstance(value, Number) and (lines := block(value)):
        return Rendered(lines[0], [f"{' ' * (column + 2)}{line}" if line else "" for line in lines[1]])
    return Rendered(scalar(value), [])


def _is_short(value: Data, *, in_list: bool = False) -> bool:
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, list):
        flat = all(
            isinstance(item, str) or (isinstance(item, dict) and _is_short(item, in_list=True)) for item in value
        )
        return flat and all(map(_is_one_line, value)) and width(brackets(value)) <= _LINE
    if not all(isinstance(item, str) and "\n" not in item for item in value.values()):
        return False
    if "id" in value or "relist" in value:
        return False
    return width(brackets(value)) <= _LINE and (in_list or all(width(str(item)) <= _SHORT for item in value.values()))


def _is_one_line(value: Data) -> bool:
    return "\n" not in value if isinstance(value, str) else True


def width(text: str) -> int:
    """Return how many half-width columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
