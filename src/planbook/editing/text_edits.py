"""Old text and new data → the places of the text that have to change, and what stands there then."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from planbook.editing.nodes import comments
from planbook.editing.rendering import Indentation, Rendered, brackets, pair, render, render_item
from planbook.editing.scalars import block, key, scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.editing.nodes import Data, YamlEntry, YamlNode, YamlText


class TextEdit(NamedTuple):
    """From `start` up to `end`, `new` takes the place of what stood there."""

    start: int
    end: int
    new: str


class _Alignment(NamedTuple):
    """Which entries stay, with their new key and value; what is added behind which (-1: before the first)."""

    kept: dict[int, tuple[str, Data]]
    added: dict[int, list[tuple[str, Data]]]


class TextEdits:
    """Collects the changes of one text."""

    def __init__(self, text: YamlText, root: YamlNode) -> None:
        self._text = text
        self._root = root
        self._steps = Indentation.of(text, root)
        self._changes: list[TextEdit] = []

    def of(self, new: Data) -> list[TextEdit]:
        """Return what has to change, so that the text says `new`, in the order of the text."""
        self._value(self._root, new, None)
        # Where several begin, what is put in stands before what is taken out, and the inner before the outer.
        return sorted(self._changes, key=lambda change: (change.start, change.end > change.start))

    def _value(self, node: YamlNode, new: Data, entry: YamlEntry | None, *, flow: bool = False) -> None:
        if _equal(node.data, new):
            return
        same_kind = node.entries is not None and node.mapping == isinstance(new, dict) and not isinstance(new, str)
        if same_kind and node.entries and new and not (node.flow and not flow and _has_new_breaks(node.data, new)):
            self._entries(node, new, flow=flow or node.flow)
        elif flow:
            self._change(node.start, node.end, brackets(new) if not isinstance(new, str) else self._scalar(node, new))
        elif entry is None:
            raise ValueError("the root of a plan is a mapping")
        else:
            self._replace(node, new, entry, spread=node.flow)

    def _scalar(self, node: YamlNode, new: str) -> str:
        return scalar(new, flow=True, style=node.style)

    def _replace(self, node: YamlNode, new: Data, entry: YamlEntry, *, spread: bool) -> None:
        """Put a new value in the place of one outside brackets. Comments within the old one stand below then."""
        text = self._text
        in_list = entry.key_end == entry.opened
        column = text.column(entry.start)
        rendered = (render_item if in_list else render)(
            new, column, self._steps, spread=spread and "\n" in _joined(new)
        )
        if isinstance(new, str) and node.style in ("'", '"') and "\n" not in new:
            rendered = Rendered(scalar(new, style=node.style), [])
        first_end = text.line_end(entry.opened)
        if node.style in ("|", ">") and node.start < first_end:
            sign = re.compile(r"[|>][-+0-9]*").match(text.raw, node.start)
            head, body = (sign.end() if sign else node.start), (text.line_end(node.start), node.end)
        elif node.start <= first_end and (node.entries is None or node.flow or in_list):
            head, body = max(node.end, entry.opened), None
        else:
            head, body = entry.opened, (first_end, text.line_end(node.end))
        kept = comments(text, self._root, entry.opened, head) if "\n" in text.raw[entry.opened : head] else []
        if body and node.entries is not None:
            kept += comments(text, self._root, *body)
        self._change(entry.opened, head, f" {rendered.inline}" if rendered.inline else "")
        lines = [*rendered.below, *(f"{' ' * column}{comment}" for comment in kept)]
        below = "".join(text.newline + line for line in lines)
        start, end = body or (text.line_end(head), text.line_end(head))
        self._change(start, end, below)

    def _entries(self, node: YamlNode, new: Data, *, flow: bool) -> None:
        entries = node.entries or []
        alignment = _aligned_pairs(entries, new) if isinstance(new, dict) else _aligned_items(entries, list(new))
        for index, (name, value) in alignment.kept.items():
            entry = entries[index]
            if node.mapping and name != entry.key:
                self._change(entry.start, entry.key_end, key(name, flow=flow))
            self._value(entry.value, value, entry, flow=flow)
        for anchor, added in alignment.added.items():
            if flow:
                self._insert_in_brackets(node, anchor, added)
            else:
                self._insert(node, anchor, added)
        self._remove(entries, set(range(len(entries))) - set(alignment.kept), flow=flow)

    def _insert_in_brackets(self, node: YamlNode, anchor: int, added: Sequence[tuple[str, Data]]) -> None:
        entries = node.entries or []
        texts = [
            f"{key(name, flow=True)}: {brackets(value)}" if node.mapping else brackets(value) for name, value in added
        ]
        if anchor < 0:
            self._change(entries[0].start, entries[0].start, "".join(f"{text}, " for text in texts))
        else:
            place = entries[anchor].end
            self._change(place, place, "".join(f", {text}" for text in texts))

    def _insert(self, node: YamlNode, anchor: int, added: Sequence[tuple[str, Data]]) -> None:
        text = self._text
        entries = node.entries or []
        column = text.column(entries[0].start)
        lines: list[str] = []
        for name, value in added:
            if not node.mapping:
                rendered = render_item(value, column, self._steps)
                lines += [f"{' ' * column}-{' ' if rendered.inline else ''}{rendered.inline}", *rendered.below]
            elif (copied := self._copied(entries, value)) is not None:
                lines += [f"{' ' * column}{key(name)}:{copied}"]
            elif isinstance(value, dict) and "\n" not in _joined(value) and _are_in_brackets(entries):
                lines += [f"{' ' * column}{key(name)}: {brackets(value)}"]
            else:
                lines += pair(name, value, column, self._steps)
        if anchor < 0:
            place = entries[0].start
            joined = text.newline.join(lines).lstrip(" ")
            self._change(place, place, f"{joined}{text.newline}{' ' * column}")
        else:
            place = text.line_end(entries[anchor].end)
            self._change(place, place, "".join(text.newline + line for line in lines))

    def _copied(self, entries: Sequence[YamlEntry], value: Data) -> str | None:
        """Return the text of an equal value beside it, as the planner has written it, if it has no comments."""
        for entry in entries:
            if _equal(entry.value.data, value):
                raw = self._text.raw[entry.opened : entry.end]
                if not comments(self._text, self._root, entry.opened, entry.end):
                    return raw
        return None

    def _remove(self, entries: Sequence[YamlEntry], removed: set[int], *, flow: bool) -> None:
        """Take out entries; comments above and behind them stay."""
        text = self._text
        for first in sorted(removed):
            if first - 1 in removed:
                continue
            last = first
            while last + 1 in removed:
                last += 1
            if first:
                before = entries[first - 1].end
                start = before if flow else text.line_end(before)
                end = entries[last].end if flow else text.line_end(entries[last].end)
            else:
                start, end = entries[0].start, entries[last + 1].start
            kept = comments(text, self._root, start, end)
            indent = " " * text.column(entries[0].start)
            if first and not flow:
                new = "".join(f"{text.newline}{indent}{comment}" for comment in kept)
            else:
                new = "".join(f"{comment}{text.newline}{indent}" for comment in kept)
                new = f"  {new}" if first and new else new
            self._change(start, end, new)

    def _change(self, start: int, end: int, new: str) -> None:
        if self._text.raw[start:end] != new:
            self._changes.append(TextEdit(start, end, new))


def _are_in_brackets(entries: Sequence[YamlEntry]) -> bool:
    """Whether the mappings beside a new one stand in brackets, so that it should as well."""
    mappings = [entry.value for entry in entries if entry.value.mapping]
    return bool(mappings) and all(value.flow for value in mappings)


def _equal(old: Data, new: Data) -> bool:
    """Whether both say the same; the order of keys says nothing."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_equal(value, new[name]) for name, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_equal, old, new))
    return isinstance(old, str) and isinstance(new, str) and old == new


def _has_new_breaks(old: Data, new: Data) -> bool:
    """Whether a text with line breaks is new, and can stand in lines of its own."""
    return any(text not in _texts(old) and block(text) is not None for text in _texts(new) if "\n" in text)


def _texts(value: Data) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for item in (value.values() if isinstance(value, dict) else value) for text in _texts(item)]


def _joined(value: Data) -> str:
    return "".join(_texts(value))


def _aligned_pairs(entries: Sequence[YamlEntry], new: dict[str, Data]) -> _Alignment:
    places = {entry.key: index for index, entry in enumerate(entries)}
    gone = [index for index, entry in enumerate(entries) if entry.key not in new]
    renamed: dict[str, int] = {}
    for name, value in new.items():  # years that are split or joined: the text of one of them stays where it is
        equal = next((index for index in gone if _equal(entries[index].value.data, value)), None)
        if name not in places and equal is not None:
            renamed[name] = equal
            gone.remove(equal)
    fresh = [name for name in new if name not in places and name not in renamed]
    if fresh and len(gone) == len(entries):
        renamed[fresh[0]] = gone.pop(0)
    kept: dict[int, tuple[str, Data]] = {}
    added: dict[int, list[tuple[str, Data]]] = {}
    anchor = -1
    for name, value in new.items():
        index = places.get(name, renamed.get(name))
        if index is None:
            added.setdefault(anchor, []).append((name, value))
        else:
            kept[index] = (name, value)
            anchor = index
    return _Alignment(kept, added)


def _aligned_items(entries: Sequence[YamlEntry], new: list[Data]) -> _Alignment:
    old = [_identity(entry.value.data) for entry in entries]
    matcher = SequenceMatcher(None, old, list(map(_identity, new)), autojunk=False)
    kept: dict[int, tuple[str, Data]] = {}
    added: dict[int, list[tuple[str, Data]]] = {}
    anchor = -1
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        both = min(end - start, new_end - new_start)
        for step in range(both):
            anchor = start + step
            kept[anchor] = ("", new[new_start + step])
        if rest := new[new_start + both : new_end]:
            added.setdefault(anchor, []).extend(("", item) for item in rest)
    return _Alignment(kept, added)


def _identity(value: Data) -> str:
    if isinstance(value, dict):
        for name in ("id", "relist", "name"):
            if isinstance(word := value.get(name), str):
                return f"{name}={word}"
    return json.dumps(value, ensure_ascii=False)
