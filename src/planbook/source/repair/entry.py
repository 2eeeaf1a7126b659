"""A line that begins a list item or a key, while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys
from planbook.source.repair.dashes import correct_dashes
from planbook.source.repair.flow_lookalikes import braces_for_others
from planbook.source.repair.flow_tokens import keys_of_braces
from planbook.source.repair.indentation import BLANKS, correct_indentation, indent
from planbook.source.repair.keys import PROPER_KEY, correct_key
from planbook.source.repair.open_nodes import STEP, TEXT
from planbook.source.repair.values import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.shape import Shape
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline
    from planbook.source.repair.open_nodes import Keys, Pending

LOOK_AHEAD = 40
"""Lines; an item of the real plan has up to 27."""


_WIDE_BLANKS = tuple(BLANKS[1:])


@dataclass(slots=True)
class Entry:
    """Where the parts of a line stand: its `-` and where their items begin, its key, its value.

    `keys` are those by which the entry is placed: for a list item, all that the lines after it have.
    """

    line: TypedLine
    column: int
    dashes: list[tuple[int, int]] = field(default_factory=list)
    key: str | None = None
    begin: int = 0
    """Of the value, or of the text where there is no key."""
    keys: Keys = ()
    moved: int = 0

    @property
    def typed(self) -> int:
        """The column at which it was typed."""
        return self.column - self.moved

    @property
    def is_sentence(self) -> bool:
        """Whether it is a text that is no name."""
        return self.key is None and bool(re.search(SENTENCE, self.line.text[self.at :]))

    @property
    def at(self) -> int:
        """Where what stands behind the `-` begins."""
        return self.dashes[-1][1] if self.dashes else self.column

    @property
    def inner(self) -> int:
        """The column of the mapping or list that the value belongs to."""
        if self.key is not None:
            return self.at
        return self.dashes[-1][0] if self.dashes else self.column

    def move(self, column: int) -> None:
        """Let the line begin at another column."""
        off = column - self.column
        indent(self.line, column)
        self.line.moved = self.moved = off
        self.dashes = [(start + off, end + off) for start, end in self.dashes]
        self.begin += off
        self.column = column


def following(line: TypedLine, typed_lines: list[TypedLine]) -> Iterator[TypedLine]:
    """Yield the lines after a line, as far as it is worth looking, with the indentation that they seem to have."""
    for number in range(line.number + 1, min(line.number + 1 + LOOK_AHEAD, len(typed_lines))):
        below = typed_lines[number]
        yield _with_blanks(below) if below.text.startswith(_WIDE_BLANKS) else below


def line_below(line: TypedLine, typed_lines: list[TypedLine]) -> TypedLine | None:
    """Return the next line that is neither blank nor a comment, as far as it is worth looking."""
    return next(
        (each for each in following(line, typed_lines) if each.text.strip(BLANKS)[:1] not in ("", "#", "＃")), None
    )


def _with_blanks(line: TypedLine) -> TypedLine:
    """Return a copy of a line that begins with tabs or full-width spaces, with blanks in their place."""
    if line.with_blanks is None or line.with_blanks[0] != line.text:
        other = line.copy()
        correct_indentation(other)
        line.with_blanks = (line.text, other)
    return line.with_blanks[1]


def read_entry(line: TypedLine, outline: Outline, typed_lines: list[TypedLine]) -> Entry:
    """Correct the list marks and the key that a line begins with."""
    column = line.indent
    dashes = correct_dashes(line, column, outline)
    _narrow(line, dashes, typed_lines)
    at = dashes[-1][1] if dashes else column
    if dashes and line.text[at : at + 1] in {*"(（<＜〔"}:
        braces_for_others(line, at)
    key, begin = correct_key(line, at, outline.shape_for(column, dash=bool(dashes)), dash=bool(dashes))
    peeked = PROPER_KEY.match(line.text, at) if dashes and key is None else None
    # In a list of texts this is a text, unless the line above, that of another list, is missing.
    if (
        peeked
        and peeked["key"] in all_keys()
        and outline.lacking(column, _item_keys(line, at, peeked["key"], typed_lines), dash=True)
    ):
        key, begin = peeked["key"], peeked.end() + 1
    entry = Entry(line, column, dashes, key, begin if key is not None else at)
    entry.keys = _item_keys(line, at, key, typed_lines) if dashes or key is None else (key,)
    return entry


def _narrow(line: TypedLine, dashes: list[tuple[int, int]], typed_lines: list[TypedLine]) -> None:
    """Take blanks away behind a `-` where the keys in the next lines stand further to the left."""
    start, end = dashes[0] if len(dashes) == 1 else (0, 0)
    if end - start <= len("- "):
        return
    below = next((each for each in following(line, typed_lines) if each.text.strip(BLANKS)), None)
    if below and below.indent == start + 2 and PROPER_KEY.match(below.text, below.indent):
        line.slip("indentation", start + 2, end, "「-」の後の空白が多すぎます。次の行のキーと頭をそろえます。")
        line.replace(start + 2, end, "")
        dashes[0] = (start, start + 2)


def _item_keys(line: TypedLine, at: int, key: str | None, typed_lines: list[TypedLine]) -> Keys:
    """Return the keys of the list item that begins at a line, by looking ahead as far as it goes."""
    if key is None:
        if line.text[at : at + 1] == "{" and (names := keys_of_braces(line.text, at)):
            return names
        return (None,) if line.text[at : at + 1] in ("", "[", "{") else TEXT
    keys: list[str | None] = [key]
    for below in following(line, typed_lines) if key else ():
        text = below.text
        begin = below.indent
        if not text.strip() or text.lstrip().startswith("#") or begin > at:
            continue
        if begin < at or text[begin] == "-":
            break
        if match := PROPER_KEY.match(text, begin):
            keys.append(match["key"])
    return tuple(each for each in keys if each is None or each in all_keys()) or (None,)


def off_the_rest(entry: Entry, outline: Outline, typed_lines: list[TypedLine]) -> int:
    """Return how far the first item of a list stands off the keys in the lines after it, which agree."""
    line = entry.line
    match = re.compile(r" *- +").match(line.text)
    rest = (each for each in following(line, typed_lines) if each.text.strip(BLANKS))
    first, second = next(rest, None), next(rest, None)
    if not match or not first or not PROPER_KEY.match(line.text, match.end()):
        return 0
    off, key = first.indent - match.end(), PROPER_KEY.match(first.text, first.indent)
    begins = line.indent + off if second and second.text.lstrip().startswith("-") else first.indent
    agrees = second is not None and second.indent == begins
    fields = outline.shape_for(line.indent, dash=True)
    return off if key and agrees and fields and fields.has(key["key"]) and line.indent + off >= 0 else 0


def column_of_siblings(entry: Entry, outline: Outline, typed_lines: list[TypedLine]) -> int:
    """Return the column at which the entries after the first one of a list or mapping stand, where these agree.

    Whoever moves the first line of several moved one line, and not all the others.
    """
    pending, dash, column = outline.pending, bool(entry.dashes), entry.column
    if pending is None or pending.shape is None:
        return column
    columns = _columns_of_siblings(entry, pending, typed_lines)
    usual = outline.usual(pending, dash=dash)
    if dash and column == usual == pending.column:
        return column  # what stands further in may be a list inside of the first item
    if not columns and not dash and _is_beside_its_value(entry, usual, typed_lines):
        return usual
    if column in columns or not columns:
        return column
    if usual == min(columns):  # deeper ones are inside of the first
        return usual
    return column


def _columns_of_siblings(entry: Entry, pending: Pending, typed_lines: list[TypedLine]) -> list[int]:
    """Return the columns at which entries of the same kind stand below an entry, as far as its list or mapping goes."""
    dash = bool(entry.dashes)
    outer = pending.column + (not dash or pending.is_dash)
    shape = pending.shape.items if dash and pending.shape else pending.shape
    columns: list[int] = []
    for below in following(entry.line, typed_lines):
        begin, text = below.indent, below.text
        if not text.strip(BLANKS) or text.lstrip().startswith("#"):
            continue
        if begin < outer or (dash and begin == pending.column and not text.startswith("- ", begin)):
            break
        at = begin + 2 if dash and text.startswith("- ", begin) else begin
        key = PROPER_KEY.match(text, at)
        if dash != (at > begin) or (key and not _has_or_means(shape, key["key"])):
            continue
        if key is None and not (dash and shape and shape.text):
            continue
        if columns and begin > min(columns):
            continue  # inside of one of them
        columns.append(begin)
    return columns


def _has_or_means(shape: Shape | None, key: str) -> bool:
    """Whether a key belongs in a mapping, as it is typed or as it was meant."""
    return shape is not None and (shape.has(key) or bool(shape.meant(key, shape.fields, is_text=False)))


def _is_beside_its_value(entry: Entry, usual: int, typed_lines: list[TypedLine]) -> bool:
    """Whether what stands below a key is where its value usually is, and the key itself is not left of it."""
    if not entry.line.text.rstrip().endswith(":") or entry.column <= usual:
        return False
    below = (each.indent for each in following(entry.line, typed_lines) if each.text.strip(BLANKS))
    inside = list(takewhile(lambda indent: indent >= usual + STEP, below))
    return bool(inside) and min(inside) == usual + STEP <= entry.column


def goes_on_below(line: TypedLine, column: int, shape: Shape, typed_lines: list[TypedLine]) -> bool:
    """Whether the lines after a key have its value, that of a list or mapping."""
    below = line_below(line, typed_lines)
    if below is None:
        return False
    begin = below.indent
    if shape.items:
        return begin >= column and below.text.startswith("- ", begin)
    return begin > column and PROPER_KEY.match(below.text, begin) is not None
