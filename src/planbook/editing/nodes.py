"""The text of a YAML file as nodes that know from where to where they stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from planbook.editing.scalars import Number
from planbook.source.yaml_events import LOADER

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = str | list["Data"] | dict[str, "Data"]
"""The values of a plan file: texts, lists, mappings. Numbers are texts too (`Number` where they are written)."""

_BREAK = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)


class EditError(Exception):
    """The text can not be edited in place (it has a notation that is not known here)."""


@dataclass(slots=True)
class YamlNode:
    """A value in the text: from `start` up to `end`, without what surrounds it.

    `style` is the sign that a text begins with (`"`, `'`, `|`, `>`), `flow` says that a list or mapping stands in
    brackets.
    """

    start: int
    end: int
    text: str = ""
    style: str = ""
    flow: bool = False
    mapping: bool = False
    entries: list[YamlEntry] | None = None

    @property
    def data(self) -> Data:
        """The value without its places."""
        if self.entries is None:
            return self.text
        if self.mapping:
            return {entry.key: entry.value.data for entry in self.entries}
        return [entry.value.data for entry in self.entries]


@dataclass(slots=True)
class YamlEntry:
    """A key with its value, or an item of a list.

    `start` is where the key, the dash or (in brackets) the item begins, `opened` the place behind the colon or dash.
    """

    start: int
    opened: int
    key: str
    key_end: int
    value: YamlNode

    @property
    def end(self) -> int:
        """Where it ends, without a comment behind it."""
        return max(self.opened, self.value.end)


@dataclass
class YamlText:
    """A text, and where its lines begin."""

    raw: str
    newline: str = "\n"
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, raw: str) -> YamlText:
        """Look for the lines. A new line gets the ending that the first one has."""
        first = _BREAK.search(raw)
        return cls(raw, first[0] if first else "\n", [0, *(match.end() for match in _BREAK.finditer(raw))])

    def offset(self, mark: Any) -> int:
        """Return the place of a mark of the YAML reader."""
        return self.starts[mark.line] + mark.column if mark.line < len(self.starts) else len(self.raw)

    def line_end(self, offset: int) -> int:
        """Return where the line of a place ends, before its break."""
        found = _BREAK.search(self.raw, offset)
        return found.start() if found else len(self.raw)

    def column(self, offset: int) -> int:
        """Return how many characters stand before a place in its line."""
        before = max(self.raw.rfind("\n", 0, offset), self.raw.rfind("\r", 0, offset))
        return offset - before - 1


def parse(raw: str) -> tuple[YamlText, YamlNode]:
    """Return a text and its root.

    Raises:
        EditError: it is no YAML, or empty.

    """
    text = YamlText.of(raw)
    try:
        root = yaml.compose(raw, LOADER)
    except yaml.YAMLError as error:
        raise EditError(str(error)) from error
    if root is None:
        raise EditError("empty")
    return text, _node(text, root)


def _node(text: YamlText, node: Any) -> YamlNode:
    start = text.offset(node.start_mark)
    end = text.offset(node.end_mark)
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):  # it ends with its last line, not where the next value begins
            end = start + len(text.raw[start:end].rstrip())
        # What stood without quotes goes on to: a number where the format has numbers.
        plain = not node.style and re.fullmatch(r"[-0-9.]+", node.value)
        return YamlNode(start, max(start, end), Number(node.value) if plain else node.value, node.style or "")
    made = YamlNode(start, end, flow=bool(node.flow_style), mapping=isinstance(node, yaml.MappingNode), entries=[])
    made.entries = list(_pairs(text, node) if made.mapping else _items(text, node))
    if not made.flow and made.entries:
        made.end = made.entries[-1].end
    return made


def _pairs(text: YamlText, node: Any) -> Iterator[YamlEntry]:
    for key, value in node.value:
        begin, end = text.offset(key.start_mark), text.offset(key.end_mark)
        colon = re.compile(r"[ \t]*:").match(text.raw, end)
        if not isinstance(key, yaml.ScalarNode) or colon is None:
            raise EditError("complex key")
        yield YamlEntry(begin, colon.end(), key.value, end, _node(text, value))


def _items(text: YamlText, node: Any) -> Iterator[YamlEntry]:
    end = text.offset(node.start_mark)
    column = node.start_mark.column
    for item in node.value:
        value = _node(text, item)
        if node.flow_style:
            yield YamlEntry(value.start, value.start, "", value.start, value)
            continue
        dash = next(
            (
                found.start("dash")
                for found in re.compile(r"(?:^|(?<=[ \t\r\n]))(?P<dash>-)(?=\s|$)", re.MULTILINE).finditer(
                    text.raw, end
                )
                if text.column(found.start("dash")) == column
            ),
            None,
        )
        if dash is None:
            raise EditError("list")
        yield YamlEntry(dash, dash + 1, "", dash + 1, value)
        end = max(value.end, dash + 1)


def comments(text: YamlText, root: YamlNode, start: int, end: int) -> list[str]:
    """Return the comments between two places."""
    found: list[str] = []
    here = start
    for low, high in (*_words(root), (end, end)):
        if high <= here:
            continue
        if low >= here:
            gap = text.raw[max(here - 1, 0) : min(low, end)]
            found += (match[0].rstrip() for match in _COMMENT.finditer(gap))
        here = high
        if here >= end:
            break
    return found


def _words(node: YamlNode) -> Iterator[tuple[int, int]]:
    """Yield the places of all keys and texts; of a text in lines of its own, its first line may have a comment."""
    if node.entries is None:
        if node.style in ("|", ">"):
            yield node.start, node.start + 1
            return
        yield node.start, node.end
        return
    for entry in node.entries:
        if entry.key_end > entry.start:
            yield entry.start, entry.key_end
        yield from _words(entry.value)
