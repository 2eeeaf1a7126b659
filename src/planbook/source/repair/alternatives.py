"""Other ways to read a line, tried where the usual one leaves more than one fault.

A line that is missing, doubled, moved or swapped with its neighbour makes many lines after it look wrong. What it was
meant as shows only there: so each reading is tried out on the lines that follow, and the one that leaves the fewest
faults is reported. Where the usual reading leaves a single fault, no other is tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.key_names import NAME_LISTS
from planbook.source.repair.alternative import SOME_YEAR, Alternative
from planbook.source.repair.continuation import MEMO_SIGNS
from planbook.source.repair.line import TypedLine
from planbook.source.repair.multiline import MAX_LINE_LENGTH
from planbook.source.repair.open_nodes import STEP, TEXT, takes_in
from planbook.source.repair.values import NO_NAME, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.shape import Shape
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.nesting import Outline
    from planbook.source.repair.scanner import Scanner, ScannerState

WINDOW = 40
"""Lines that a reading is tried out on; an item of the real plan has up to 27."""

MAX_EFFORT = 300_000
"""Characters that are read again in a whole file, so that one that is wrong everywhere takes no longer than a second:
some 120 trials on usual lines."""

FAULT = 150
"""As long as so many characters takes it to correct a fault, or to say what may be done about it."""


class Faults(NamedTuple):
    """How many faults there are; of how many only the effect is known, not what to type."""

    all: int
    misfits: int


_CERTAIN = {"fullwidth-comma", "fullwidth-bracket", "fullwidth-quote", "fullwidth-colon", "missing-space"}
_CERTAIN |= {"missing-comma", "extra-comma", "missing-brace", "needs-quotes", "colon-in-text", "invalid-number"}
_CERTAIN |= {"two-keys"}
"""Slips in a line that stands where it should: what is wrong around it has another cause."""

A_SLIP = Faults(1, 0)
"""One fault, and it is known what to type."""

_ENTRY = re.compile(rf"(- )*([\w-]+:(\s|$)|[{{]|.*({SENTENCE}))")
"""A line that may have changed its place: a word alone may be anything."""

_NAMES = ("id", "relist")
"""Keys that an item begins with: where another key begins one, the line of its id is missing."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A line that has been read: the state before it, and as what it was read."""

    state: ScannerState
    entry: Entry | None = None


class AlternativeReader:
    """Watches a scanner read line by line."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._chosen: dict[int, Alternative] = {}
        self._effort = MAX_EFFORT
        self._here: _Read | None = None
        self._earlier: _Read | None = None

    def read(self, index: int) -> None:
        """Let the scanner read a line, and read it anew if it was misread."""
        scanner = self._scanner
        text = scanner.typed_lines[index].text.strip()
        if not text or text[0] in "#＃":
            scanner.line(scanner.typed_lines[index])
            return
        state = scanner.state(index)
        scanner.entry = None
        scanner.line(scanner.typed_lines[index])
        if not state.inside_quotes_or_brackets:
            self._earlier, self._here = self._here, _Read(state, scanner.entry)
            doubtful = any(slip.rule not in _CERTAIN for slip in scanner.typed_lines[index].slips)
            if (doubtful or scanner.outline.misfits != state.outline.misfits) and self._effort > 0:
                self._reconsider(index)

    def _reconsider(self, index: int) -> None:
        """Read a line, or the one before it, in the way that leaves the fewest faults."""
        best: tuple[int, Alternative] | None = None
        least = self._faults(index, None)
        for position, alternative in self._likely() if least > A_SLIP else ():
            if (faults := self._faults(index, (position, alternative))) < least:
                best, least = (position, alternative), faults
            if least <= A_SLIP or self._effort <= 0:
                break
        if best is None:
            return
        position, alternative = best
        self._chosen[position] = alternative
        read = self._here if self._here and position == self._here.state.position else self._earlier
        assert read  # noqa: S101 - the alternative is about one of the two
        self._scanner.back_to(read.state)
        for each in range(position, min(index + 2, len(self._scanner.typed_lines))):
            self._scanner.typed_lines[each] = TypedLine.as_typed(self._scanner.typed_lines[each])
        self._go(self._scanner, position, index + 1)

    def _faults(self, index: int, alternative: tuple[int, Alternative] | None) -> Faults:
        """Return how many faults are left around a line when it, or the one before it, is read in a certain way."""
        scanner = self._scanner
        read = self._earlier or self._here
        assert read  # noqa: S101 - the line itself has been read
        start = read.state.position
        end = min(index + WINDOW, len(scanner.typed_lines))
        self._effort -= sum(30 + len(line.typed) for line in scanner.typed_lines[start:end])
        self._effort -= len(scanner.typed_lines) // 50  # the fork has a list of them all
        trial = scanner.fork(read.state, end)
        self._go(trial, start, end, alternative)
        if end == len(trial.typed_lines):
            trial.finish()
        else:
            trial.outline.stop()
        faults = Faults(*trial.faults_since(read.state, start, end))
        self._effort -= faults.all * FAULT  # what is wrong takes longer
        return faults

    def _go(self, scanner: Scanner, start: int, end: int, tried: tuple[int, Alternative] | None = None) -> None:
        """Let a scanner read some lines, with the alternative being tried and those chosen before."""
        alternatives = self._chosen | dict((tried,)) if tried else self._chosen
        for position in range(start, end):
            read_as = alternatives.get(position)
            if read_as and read_as.kind == "swap":
                typed_lines = scanner.typed_lines
                typed_lines[position], typed_lines[position + 1] = typed_lines[position + 1], typed_lines[position]
            elif read_as and read_as.kind == "later":
                scanner.typed_lines.insert(position, scanner.typed_lines.pop(position + read_as.column))
            if len(scanner.typed_lines[position].typed) <= MAX_LINE_LENGTH:
                scanner.line(scanner.typed_lines[position], read_as)

    def _likely(self) -> Iterator[tuple[int, Alternative]]:
        """Yield what a line or the one before it may have been meant as, the likeliest first."""
        typed_lines = self._scanner.typed_lines
        for read in (self._here, self._earlier):
            if not read or read.state.position in self._chosen or not read.entry:
                continue
            position, outline = read.state.position, self._scanner.outline.copy(read.state.outline)
            typed = typed_lines[position].typed.strip()
            if position and typed_lines[position - 1].typed.strip() == typed:
                yield position, Alternative("drop")
            for column in _without_dash(outline, typed_lines[position].typed):
                yield position, Alternative("undash", column)
            yield from ((position, alternative) for alternative in _missing_lines(outline, read.entry, usual=True))
            yield from (
                (position, alternative) for alternative in _item_begins_below(read.entry, typed_lines, position)
            )
            if not read.entry.dashes:
                for alternative in _missing_dashes(outline, read.entry):
                    yield position, alternative
            below = typed_lines[position + 1].typed.strip() if position + 1 < len(typed_lines) else ""
            if (
                _ENTRY.match(below)
                and not below.startswith(("#", "＃", *MEMO_SIGNS))
                and (typed.startswith("- ") or _ENTRY.match(typed))
                and (read.entry.key or read.entry.dashes or below.endswith((":", "|", "|-")))
            ):
                yield position, Alternative("swap")
            for column in _columns(outline, read.entry):
                yield position, Alternative("column", column)
            yield from ((position, alternative) for alternative in _missing_lists(outline, read.entry))
            yield from ((position, alternative) for alternative in _missing_lines(outline, read.entry, usual=False))


_OFTEN = ("approaches", "figures", "example", "notes", "book", "labels", "stage")
"""Keys that many plans have, though the format does not ask for them."""


def _missing_lines(outline: Outline, entry: Entry, *, usual: bool) -> Iterator[Alternative]:
    """Yield the lines of keys that would take the entry in, if they were there: those that nearly all have, or not."""
    pending = outline.pending
    if entry.keys == TEXT and entry.line.typed.isascii():
        return  # the rest of a word, which nothing takes
    if usual and pending and pending.shape and _takes_year_with(pending.shape, entry):
        yield Alternative("above", pending.column + STEP, SOME_YEAR)
    for node in reversed(outline.nodes):
        if node.is_list or not node.shape or node.column > entry.typed:
            continue
        if usual and _takes_year_with(node.shape, entry):
            yield Alternative("above", node.column, SOME_YEAR)
        for name, shape in node.shape.fields.items():
            if entry.is_sentence and name in NAME_LISTS:
                continue
            is_usual = name in node.shape.required or name in _OFTEN
            if is_usual == usual and name not in node.seen and takes_in(shape, entry.keys, dash=bool(entry.dashes)):
                yield Alternative("above", node.column, name)


def _missing_lists(outline: Outline, entry: Entry) -> Iterator[Alternative]:
    """Yield the lists in which the entry would be a key of an item, if the lines of both were there."""
    for node in reversed(outline.nodes):
        if node.is_list or not node.shape or node.column > entry.typed or entry.dashes or entry.key is None:
            continue
        for name, shape in node.shape.fields.items():
            if name not in node.seen and shape.items and "id" in shape.items.fields and shape.items.has(entry.key):
                yield Alternative("list", node.column, name)


def _item_begins_below(entry: Entry, typed_lines: list[TypedLine], position: int) -> Iterator[Alternative]:
    """Yield where the line with the `- id` of an entry's item is, if several other keys of the item stand above it."""
    if entry.dashes or entry.key is None or entry.key in _NAMES:
        return
    for distance, line in enumerate(typed_lines[position + 1 : position + WINDOW // 2], start=1):
        indent = len(line.typed) - len(line.typed.lstrip(" "))
        if line.typed.strip() and indent < entry.typed:
            if distance > 1 and indent == entry.typed - STEP and re.match(r" *- id: *\S", line.typed):
                yield Alternative("later", distance)
            return


def _takes_year_with(shape: Shape, entry: Entry) -> bool:
    return shape.entries is not None and not entry.dashes and takes_in(shape.entries, entry.keys, dash=False)


def _missing_dashes(outline: Outline, entry: Entry) -> Iterator[Alternative]:
    lists: dict[int, Shape | None] = {}
    pending = outline.pending
    if pending and pending.shape and pending.shape.items:
        lists = dict.fromkeys((pending.column + STEP, pending.column), pending.shape)
    sentence = entry.keys == TEXT and re.search(NO_NAME, entry.line.typed)
    names = NAME_LISTS if sentence else ()
    lists |= {node.column: node.shape for node in outline.nodes if node.is_list and node.name not in names}
    for column, shape in sorted(lists.items(), reverse=True):
        if not shape or not shape.items:
            continue
        if entry.keys == TEXT:
            if shape.items.text and not entry.line.typed.isascii():
                yield Alternative("dash", column)
        elif all(key is not None and shape.items.has(key) for key in entry.keys):
            begins = "id" not in shape.items.fields or entry.keys[0] in _NAMES
            yield Alternative("dash" if begins else "item", column)


def _without_dash(outline: Outline, typed: str) -> Iterator[int]:
    """Yield where a line belongs if its first `-` is one too many: beside the keys that lack it, or as the item."""
    match = re.match(r"(?P<lead>\s*)- +(?P<dash>- +)?(?P<key>[\w-]+):(\s|$)", typed)
    if match and match["dash"]:
        yield len(match["lead"])
    elif match:
        key, pending = match["key"], outline.pending
        if pending and pending.shape and takes_in(pending.shape, (key,), dash=False):
            yield pending.column + STEP
        for node in reversed(outline.nodes):
            shape = node.shape
            if not node.is_list and shape and key not in node.seen and takes_in(shape, (key,), dash=False):
                yield node.column


def _columns(outline: Outline, entry: Entry) -> list[int]:
    """Return where entries of that kind may stand."""
    columns = [node.column for node in outline.nodes if node.is_list == bool(entry.dashes)]
    if outline.pending:
        columns.append(outline.usual(outline.pending, dash=bool(entry.dashes)))
    return sorted(dict.fromkeys(columns), key=lambda column: abs(column - entry.typed))
