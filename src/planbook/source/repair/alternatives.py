"""Second thoughts: where the plain reading of a line leaves more than one fault, other readings are tried.

A line that is missing, doubled, swapped with its neighbour or slid makes many lines after it look wrong. What it was
meant as shows only there: so each reading is tried out on the lines that follow, and the one that leaves the fewest
faults is told. A plain reading with a single fault is never doubted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from planbook.source.repair.line import Draft
from planbook.source.repair.multiline import LONGEST_LINE
from planbook.source.repair.nesting import STEP, TEXT, takes_in
from planbook.source.repair.values import NAME_LISTS, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.shape import Shape
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.nesting import Outline
    from planbook.source.repair.repairer import Mark, Scanner

WINDOW = 40
"""Lines that a reading is tried out on; an item of the real plan has up to 27."""

MOST_EFFORT = 1_500_000
"""Characters that are read again in a whole file, so that one that is wrong everywhere takes no longer than a second or
two: some 600 trials on usual lines."""


class Faults(NamedTuple):
    """How many faults there are; of how many only the effect is known, not what to type."""

    all: int
    misfits: int


A_SLIP = Faults(1, 0)
"""One fault, and it is known what to type."""

SOME_YEAR = "0000年度"
"""Stands in for a year nobody knows; the format does not have it."""

_ENTRY = re.compile(rf"(- )*([\w-]+:(\s|$)|[{{]|.*({SENTENCE}))")
"""A line that may have changed its place: a word alone may be anything."""

_NAMES = ("id", "relist")
"""Keys that an item begins with: where another key begins one, the line of its id is missing."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a line may have been meant as.

    `above`: the line of the key `name` is missing above it. `dash`: it lacks its `- `. `undash`: its `- ` is one too
    many. `item`: the line that begins its list item is missing above it. `swap`: it belongs after the line below it.
    `drop`: it is there twice. `column`: it stands at the wrong column.
    """

    kind: Literal["above", "dash", "undash", "item", "swap", "drop", "column"]
    column: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A line that has been read: the state before it, and as what it was read."""

    mark: Mark
    entry: Entry | None = None


class SecondThoughts:
    """Watches a scanner read line by line."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._guesses: dict[int, Guess] = {}
        self._effort = MOST_EFFORT
        self._here: _Read | None = None
        self._earlier: _Read | None = None

    def read(self, index: int) -> None:
        """Let the scanner read a line, and read it anew if it was misread."""
        scanner = self._scanner
        text = scanner.drafts[index].text.strip()
        if not text or text[0] in "#＃":
            scanner.line(scanner.drafts[index])
            return
        mark = scanner.mark(index)
        scanner.entry = None
        scanner.line(scanner.drafts[index])
        if not mark.inside_signs:
            self._earlier, self._here = self._here, _Read(mark, scanner.entry)
            wrong = scanner.drafts[index].slips or scanner.outline.misfits != mark.outline.misfits
            if wrong and self._effort > 0:
                self._reconsider(index)

    def _reconsider(self, index: int) -> None:
        """Read a line, or the one before it, in the way that leaves the fewest faults."""
        best: tuple[int, Guess] | None = None
        least = self._faults(index, None)
        for position, guess in self._likely() if least > A_SLIP else ():
            if (faults := self._faults(index, (position, guess))) < least:
                best, least = (position, guess), faults
            if least <= A_SLIP or self._effort <= 0:
                break
        if best is None:
            return
        position, guess = best
        self._guesses[position] = guess
        read = self._here if self._here and position == self._here.mark.position else self._earlier
        assert read  # noqa: S101 - the guess is about one of the two
        self._scanner.back_to(read.mark)
        for each in range(position, min(index + 2, len(self._scanner.drafts))):
            self._scanner.drafts[each] = Draft.again(self._scanner.drafts[each])
        self._go(self._scanner, position, index + 1)

    def _faults(self, index: int, guessed: tuple[int, Guess] | None) -> Faults:
        """Return how many faults are left around a line when it, or the one before it, is read in a certain way."""
        scanner = self._scanner
        read = self._earlier or self._here
        assert read  # noqa: S101 - the line itself has been read
        start = read.mark.position
        end = min(index + WINDOW, len(scanner.drafts))
        self._effort -= sum(30 + len(draft.typed) for draft in scanner.drafts[start:end])
        trial = scanner.fork(read.mark, end)
        self._go(trial, start, end, guessed)
        if end == len(trial.drafts):
            trial.finish()
        else:
            trial.outline.stop()
        return Faults(*trial.faults_since(read.mark, start, end))

    def _go(self, scanner: Scanner, start: int, end: int, guessed: tuple[int, Guess] | None = None) -> None:
        """Let a scanner read some lines, as guessed now or earlier."""
        guesses = self._guesses | dict((guessed,)) if guessed else self._guesses
        for position in range(start, end):
            guess = guesses.get(position)
            if guess and guess.kind == "swap":
                drafts = scanner.drafts
                drafts[position], drafts[position + 1] = drafts[position + 1], drafts[position]
            if len(scanner.drafts[position].typed) <= LONGEST_LINE:
                scanner.line(scanner.drafts[position], guess)

    def _likely(self) -> Iterator[tuple[int, Guess]]:
        """Yield what a line or the one before it may have been meant as, the likeliest first."""
        drafts = self._scanner.drafts
        for read in (self._here, self._earlier):
            if not read or read.mark.position in self._guesses or not read.entry:
                continue
            position, outline = read.mark.position, self._scanner.outline.copy(read.mark.outline)
            typed = drafts[position].typed.strip()
            if position and drafts[position - 1].typed.strip() == typed:
                yield position, Guess("drop")
            for column in _without_dash(outline, drafts[position].typed):
                yield position, Guess("undash", column)
            yield from ((position, guess) for guess in _missing_lines(outline, read.entry, usual=True))
            if not read.entry.dashes:
                for guess in _missing_dashes(outline, read.entry):
                    yield position, guess
            below = drafts[position + 1].typed.strip() if position + 1 < len(drafts) else ""
            if (
                _ENTRY.match(below)
                and not below.startswith(("#", "＃"))
                and (typed.startswith("- ") or _ENTRY.match(typed))
            ):
                yield position, Guess("swap")
            for column in _columns(outline, read.entry):
                yield position, Guess("column", column)
            yield from ((position, guess) for guess in _missing_lines(outline, read.entry, usual=False))


_OFTEN = ("approaches", "figures", "example", "notes", "book", "labels", "stage")
"""Keys that many plans have, though the format does not ask for them."""


def rewrite(draft: Draft, guess: Guess, drafts: list[Draft]) -> bool:
    """Rewrite a line as guessed and say so; return whether something is left of it."""
    column, end = draft.indent, len(draft.text.rstrip())
    if guess.kind == "drop":
        hint = "この行を消してください。"
        draft.slip("doubled-line", column, end, "すぐ上と同じ行が、もう一度あります。", hint=hint)
        draft.replace(0, len(draft.text), "")
        return False
    if guess.kind == "swap":
        above = drafts[draft.number].text  # where this one was
        hint = f"次の順番に書いてください。\n{draft.text.rstrip()}\n{above.rstrip()}"
        draft.slip("line-order", column, end, "すぐ上の行と、順番が逆になっています。", hint=hint)
    elif guess.kind == "dash":
        draft.slip("missing-hyphen", column, end, "リストの項目の前に「- 」がありません。")
        draft.replace(0, column, " " * guess.column + "- ")
    elif guess.kind == "undash":
        message = "余分な「- 」があります。ここから別の項目として読まれます。"
        draft.slip("extra-hyphen", column, end, message)
        behind = draft.text[column + 1 :].lstrip(" ")
        draft.replace(0, len(draft.text) - len(behind), " " * guess.column)
    elif guess.kind == "item":
        message = "この行の上に、項目の初めの「- id: …」の行がありません。"
        hint = f"この行の上に次の行を足してください（行頭の空白は半角 {guess.column} 個）。\n"
        draft.slip("missing-key", column, end, message, hint=f"{hint}{' ' * guess.column}- id: …")
        draft.replace(0, column, " " * guess.column + "- ")
    return True


def say_line_above(draft: Draft, column: int, name: str) -> None:
    """Say that the line of a key is missing above a line, and insert it."""
    draft.above = f"{' ' * column}{name}:"
    message = f"この行の上に「{name}:」の行がありません。"
    hint = f"この行の上に次の行を足してください（行頭の空白は半角 {column} 個）。\n{draft.above}"
    if name == SOME_YEAR:
        message = "この行の上に、年度の行（「2018:」や「2018-2020:」）がありません。"
        hint = f"この行の上に、次のような行を足してください（行頭の空白は半角 {column} 個）。\n{' ' * column}2018-2020:"
    draft.slip("missing-key", draft.indent, len(draft.text.rstrip()), message, hint=hint)


def _missing_lines(outline: Outline, entry: Entry, *, usual: bool) -> Iterator[Guess]:
    """Yield the lines of keys that would take the entry in, if they were there: those that nearly all have, or not."""
    pending = outline.pending
    if usual and pending and pending.shape and _takes_year_with(pending.shape, entry):
        yield Guess("above", pending.column + STEP, SOME_YEAR)
    for block in reversed(outline.blocks):
        if block.is_list or not block.shape or block.column > entry.typed:
            continue
        if usual and _takes_year_with(block.shape, entry):
            yield Guess("above", block.column, SOME_YEAR)
        for name, shape in block.shape.fields.items():
            if entry.is_sentence and name in NAME_LISTS:
                continue
            is_usual = name in block.shape.required or name in _OFTEN
            if is_usual == usual and name not in block.seen and takes_in(shape, entry.keys, dash=bool(entry.dashes)):
                yield Guess("above", block.column, name)


def _takes_year_with(shape: Shape, entry: Entry) -> bool:
    return shape.entries is not None and not entry.dashes and takes_in(shape.entries, entry.keys, dash=False)


def _missing_dashes(outline: Outline, entry: Entry) -> Iterator[Guess]:
    lists: dict[int, Shape | None] = {}
    if outline.pending and outline.pending.shape and outline.pending.shape.items:
        lists = dict.fromkeys((outline.pending.column + STEP, outline.pending.column), outline.pending.shape)
    lists |= {block.column: block.shape for block in outline.blocks if block.is_list}
    for column, shape in sorted(lists.items(), reverse=True):
        if not shape or not shape.items:
            continue
        if entry.keys == TEXT:
            if shape.items.text:
                yield Guess("dash", column)
        elif all(key is not None and shape.items.has(key) for key in entry.keys):
            begins = "id" not in shape.items.fields or entry.keys[0] in _NAMES
            yield Guess("dash" if begins else "item", column)


def _without_dash(outline: Outline, typed: str) -> Iterator[int]:
    """Yield where a line belongs if its first `-` is one too many: beside the keys that lack it, or as the item."""
    match = re.match(r"(?P<lead>\s*)- +(?P<dash>- +)?(?P<key>\w+):(\s|$)", typed)
    if match and match["dash"]:
        yield len(match["lead"])
    elif match:
        for block in reversed(outline.blocks):
            if not block.is_list and block.shape and match["key"] in block.shape.fields.keys() - block.seen.keys():
                yield block.column


def _columns(outline: Outline, entry: Entry) -> list[int]:
    """Return where entries of that kind may stand."""
    columns = [block.column for block in outline.blocks if block.is_list == bool(entry.dashes)]
    if outline.pending:
        columns.append(outline.pending.column + STEP)
    return sorted(dict.fromkeys(columns), key=lambda column: abs(column - entry.typed))
