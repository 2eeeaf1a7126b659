"""Slips of typing that YAML refuses, or reads as something else than was meant: found and corrected line by line."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import yaml

from planbook.diagnostics.finding import Severity
from planbook.plan.shape import levels_typed, plan_shape
from planbook.source.compose import LOADER, ends_of_nodes
from planbook.source.repair import multiline as openings
from planbook.source.repair import values
from planbook.source.repair.alternatives import SOME_YEAR, SecondThoughts, rewrite, say_line_above
from planbook.source.repair.continuation import add_dash, continues, is_value, leave_out
from planbook.source.repair.entry import column_of_siblings, following, goes_on_below, off_the_rest, read_entry
from planbook.source.repair.flow import closing
from planbook.source.repair.indentation import BLANKS, correct_indentation, report_blank_line, uneven
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.line import Draft
from planbook.source.repair.multiline import LONGEST_LINE, MOST_EFFORT, MOST_SLIPS, USUAL_LINE, Opened
from planbook.source.repair.nesting import STEP, TEXT, Outline, Pending

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Finding
    from planbook.plan.shape import Shape
    from planbook.source.repair import nesting as outlines
    from planbook.source.repair.alternatives import Guess
    from planbook.source.repair.entry import Entry


class Mark(NamedTuple):
    """The state of a scanner before a line."""

    position: int
    outline: outlines.Mark
    opened: Opened | None
    opened_state: tuple[int | None, bool]
    slid: Draft
    slid_last: int

    @property
    def inside_signs(self) -> bool:
        """Whether the line is inside of quotes or brackets."""
        return self.opened is not None and self.opened.in_signs


class Scanner:
    """Reads the lines once and corrects them; `drafts` keep what was typed and what was found."""

    def __init__(self, lines: list[str], *, keeps_structure: bool = False) -> None:
        self._lines = lines
        self._keeps_structure = keeps_structure
        """Whether every line stays where it is: YAML can read them all."""
        self._readable: bool | None = None
        self._ends: dict[int, int] | None = None
        self.drafts = [Draft(number, line, self._is_readable) for number, line in enumerate(lines)]
        self.findings: list[Finding] = []
        self.shape = plan_shape(levels_typed(lines))
        """What may stand where in a file of these levels."""
        self.outline = Outline(self.shape)
        self.entry: Entry | None = None
        """The last line, if it began a list item, a key or a text."""
        self.run_on = 0
        """How many list items YAML reads as part of the text above them."""
        self._open: Opened | None = None
        self._slid = self._above = Draft(0, "")

    def _is_readable(self) -> bool:
        """Whether YAML can read the file as typed: asked where something seems to be open, and then only once."""
        if self._readable is None:
            try:
                self._readable = bool(list(yaml.parse("\n".join(self._lines), Loader=LOADER)))
            except yaml.YAMLError:
                self._readable = False
        return self._readable

    def run(self) -> None:
        """Correct all lines."""
        second_thoughts = SecondThoughts(self)
        effort = slips = left = 0
        for index, draft in enumerate(self.drafts):
            size = len(draft.text)
            effort += size**2 if USUAL_LINE < size <= LONGEST_LINE else 0
            slips += bool(index and self.drafts[index - 1].slips)
            if size > LONGEST_LINE or (size > USUAL_LINE and effort > MOST_EFFORT) or slips > MOST_SLIPS:
                left = max(left, self._end_of_node(index) + 1)
                continue
            if index < left:
                self._open = None
                continue
            if self._keeps_structure:
                self.line(self.drafts[index])
            else:
                second_thoughts.read(index)
        if left < len(self.drafts):
            self.finish()
        for draft in self.drafts:
            self.findings += draft.findings()

    def _end_of_node(self, index: int) -> int:
        """Return the line in which ends what a line that is left to YAML has begun; the line itself where none is."""
        if not self._keeps_structure:
            return index
        if self._ends is None:
            self._ends = ends_of_nodes("\n".join(self._lines))
        return self._ends.get(index, index)

    def finish(self) -> None:
        """Close what is open: the file ends here."""
        if self._open and self._open.in_signs:
            self._close(len(self.drafts))
        self.outline.close()

    def mark(self, index: int) -> Mark:
        """Return the state before the line at a position."""
        opened = self._open
        state = (opened.inside, opened.told) if opened else (None, False)
        return Mark(index, self.outline.mark(), opened, state, self._slid, self._slid.last)

    def back_to(self, mark: Mark) -> None:
        """Be again as at the mark, that of a line outside of quotes and brackets."""
        self.outline.back_to(mark.outline)
        self._open = mark.opened
        if self._open:
            self._open.inside, self._open.told = mark.opened_state
        self._slid, self._slid.last = mark.slid, mark.slid_last

    def fork(self, mark: Mark, end: int) -> Scanner:
        """Return a scanner that is as this one was at the mark, and may read on to `end` without a trace."""
        other = copy(self)
        other.outline = self.outline.copy(mark.outline)
        opened = mark.opened and replace(mark.opened, draft=mark.opened.draft.copy())
        other.back_to(mark._replace(outline=other.outline.mark(), opened=opened, slid=mark.slid.copy()))
        fresh = [Draft.again(draft) for draft in self.drafts[mark.position : end]]
        other.drafts = [*self.drafts[: mark.position], *fresh, *self.drafts[end:]]
        return other

    def faults_since(self, mark: Mark, first: int, end: int) -> tuple[int, int]:
        """Return how many faults there are in some lines, and how many of these are misfits."""
        slips = (slip for draft in self.drafts[first:end] for slip in draft.slips)
        errors = [slip.rule for slip in slips if slip.severity is Severity.ERROR]
        misfits = self.outline.misfits - mark.outline.misfits
        return len(errors) + misfits, errors.count("stray-text") + misfits

    def line(self, draft: Draft, guess: Guess | None = None) -> None:
        """Read and correct a line."""
        if guess and not rewrite(draft, guess, self.drafts):
            return  # what is open goes on in the next line
        if self._open and self._open.kind == "block":
            if openings.is_in_block(self._open, draft):
                return
            self._open = None
        blank = not draft.text.strip(BLANKS)
        if self._open and self._open.in_signs and not blank:
            if self._keeps_structure or not openings.ends_before(self._open, draft):
                self._open = openings.go_on(self._open, draft)
                return
            self._close(draft.number)
        if blank:
            if "　" in draft.text or "\xa0" in draft.text:
                report_blank_line(draft)
            draft.replace(0, len(draft.text), "")
            return
        correct_indentation(draft)
        stripped = draft.text.lstrip()
        if stripped.startswith(("#", "＃")):
            self._comment(draft)
        elif stripped and not draft.text.startswith(("---", "...", "%")):
            self._read(draft, guess)

    def _comment(self, draft: Draft) -> None:
        """Read a line that is a comment, or was meant as one. No text goes on behind it."""
        if self._open and self._open.kind == "plain":
            self._open = None
        at = draft.indent
        if draft.text[at] == "＃":
            draft.slip("fullwidth-hash", at, at + 1, "コメントの「＃」が全角です。半角の「#」を使います。")
            draft.replace(at, at + 1, "#")

    def _close(self, end: int) -> None:
        """Close the quote or bracket that was forgotten, before a line."""
        if self._open:
            openings.close(self._open, self.drafts[self._open.draft.number + 1 : end])
            self._open = None

    def _read(self, draft: Draft, guess: Guess | None) -> None:
        """Read a line that begins a list item, a key, or a text."""
        if self._keeps_structure and self._runs_on(draft):
            return
        entry = self.entry = read_entry(draft, self.outline, self.drafts)
        if entry.key is None and not entry.dashes:
            if guess and guess.kind == "above":
                self._insert_above(draft, guess.column, guess.name)
            if self._continues(draft):
                if self._open and guess:
                    self._open.told = True  # that its lines are one text is no news beside the line that is missing
                return
            if add_dash(draft, self._open, self.outline):
                entry = read_entry(draft, self.outline, self.drafts)
            elif not draft.text.startswith(("[", "{"), entry.column):
                self.outline.misfits += self.outline.pending is not None and not self._is_memo(draft)
                leave_out(draft, self._open)
                return
        if (target := self._target(entry, guess)) != entry.column:
            entry.move(target)
        self._open, self._above = None, draft
        self._value(entry, self._enter(entry, guess))

    def _runs_on(self, draft: Draft) -> bool:
        """Whether YAML reads a line with a `-` as part of the text above it: it stands deeper than that."""
        opened = self._open if self._open and self._open.kind == "plain" else None
        if not opened or draft.indent <= opened.column or not re.match(r" *-([ \t]|$)", draft.text):
            return False
        self.run_on += 1
        return continues(draft, opened, self.outline, [])

    def _continues(self, draft: Draft) -> bool:
        """Whether a line without key and `-` goes on with the line above it."""
        pending = self.outline.pending
        if self._is_memo(draft):
            return False
        if pending is None:
            plain = self._open if self._open and self._open.kind == "plain" else None
            return plain is not None and continues(draft, plain, self.outline, following(draft, self.drafts))
        if (pending.shape and self.outline.expects_list(draft.indent)) or not is_value(draft, pending, self._above):
            return False
        values.correct_text(draft, draft.indent)
        self._open = _opened("plain", draft, draft.indent, pending.column)
        self.outline.pending = None
        return True

    def _is_memo(self, draft: Draft) -> bool:
        """Whether a text stands between a key that waits for a list or mapping and what that is."""
        pending = self.outline.pending
        if not pending or not pending.shape or not (pending.shape.items or pending.shape.is_mapping):
            return False
        below = next((each for each in following(draft, self.drafts) if each.text.strip(BLANKS)), None)
        if below is None or PROPER_KEY.match(draft.text, draft.indent):
            return False
        begin, dash = below.indent, below.text.startswith("- ", below.indent)
        if pending.shape.items:
            return dash and begin >= pending.column and draft.indent <= begin and not pending.shape.items.text
        key = PROPER_KEY.match(below.text, begin)
        return bool(key and pending.shape.has(key["key"])) and begin > pending.column and draft.indent <= begin

    def _enter(self, entry: Entry, guess: Guess | None) -> Shape | None:
        """Let the outline go on with an entry; return the shape of its value."""
        outline, key = self.outline, entry.key
        shape: Shape | None = None
        for start, _ in entry.dashes:
            shape = outline.enter(start, key, dash=True)
            if key is None and shape and shape.fields and entry.keys != TEXT:
                outline.misfits += sum(name is not None and name not in shape.fields for name in entry.keys)
            outline.pending = Pending(start, is_dash=True, shape=shape)
        if key is not None:
            shape = outline.enter(entry.at, key, dash=False)
            outline.pending = Pending(entry.at, is_dash=False, shape=shape, name=key)
            if guess and guess.kind == "item":
                outline.blocks[-1].seen["id"] = None
        elif not entry.dashes:
            outline.misfits += outline.pending is None
            outline.pending = None
        return shape

    def _target(self, entry: Entry, guess: Guess | None) -> int:
        """Return the column at which an entry should begin, and note the slip where it begins elsewhere."""
        outline, column, dash = self.outline, entry.column, bool(entry.dashes)
        if self._keeps_structure:
            return column
        if guess and guess.kind in ("dash", "undash", "item", "column"):
            outline.settled()
            return self._moved(entry, guess.column)
        missing = (guess.column, guess.name) if guess and guess.kind == "above" else None
        if missing or (not guess and (missing := outline.lacking(column, entry.keys, dash=dash))):
            self._insert_above(entry.draft, *missing)
        target = outline.place(column, entry.keys, dash=dash)
        if dash and target == column and outline.is_child(column, dash=True):
            target += off_the_rest(entry, outline, self.drafts)
        if target == column and outline.pending and outline.is_child(column, dash=dash):
            target = column_of_siblings(entry, outline, self.drafts)
        shifted = outline.shifted(column)
        if shifted != column:
            # A block that slid as a whole is one slip, told at its first line.
            slid = outline.place(shifted, entry.keys, dash=dash) == shifted
            slid = slid and outline.fits(shifted, entry.keys, dash=dash)
            sits = target == column and outline.fits(column, entry.keys, dash=dash)
            went_along = self._slid.last > self._slid.number or outline.is_child(column, dash=dash)
            if slid and (went_along or not sits):
                self._slid.last = entry.draft.number
                return shifted
            outline.settled()
        return self._moved(entry, target)

    def _insert_above(self, draft: Draft, column: int, name: str) -> None:
        """Say that the line of a key is missing above a line, and read on as if it were there."""
        say_line_above(draft, column, name)
        shape = self.outline.enter(column, name, dash=False)
        self.outline.pending = Pending(column, is_dash=False, shape=shape, name=name)

    def _moved(self, entry: Entry, target: int) -> int:
        """Note the slip of an entry that begins at the wrong column, where the reason is not told already."""
        draft, column = entry.draft, entry.column
        told = draft.slips and draft.slips[0].rule in ("tab", "fullwidth-space")
        if target != column and not told:
            draft.slip("indentation", 0, max(column, 1), uneven(column))
            self.outline.moved(column, target)
            self._slid = draft
        return target

    def _value(self, entry: Entry, shape: Shape | None) -> None:
        """Correct the value of an entry and remember whether it goes on in the next lines."""
        draft, at, column = entry.draft, entry.begin, entry.inner
        if draft.text[at:].startswith("#"):
            self._hash(draft, at, shape)
            return
        if not draft.text[at:].strip():
            return
        listed = self.outline.blocks[-1].name if entry.key is None and self.outline.blocks else ""
        kind = values.correct(draft, values.Place(at, shape, entry.key, column, listed))
        if kind != "block" and "\n" in draft.text and self._awaits_value(draft.text, column):
            return
        self._open = _opened(kind, draft, at, column)
        if kind in ("plain", "quote") and shape and not shape.text:
            if entry.key and goes_on_below(draft, column, shape, self.drafts):
                self._idle(draft, at, column, shape)
                return
            self.outline.misfits += 1
        self.outline.pending = None

    def _idle(self, draft: Draft, at: int, column: int, shape: Shape) -> None:
        """Leave out a text behind a key whose value stands in the next lines; a target is read as one of some year."""
        key = draft.text[:at].strip()
        if shape.entries:
            text = draft.text[at:].rstrip()
            message = f"「{key}」の後の目標に、年度がありません。"
            hint = f"年度を付けて、次の行に書いてください（年度は例です）。\n{key}\n  2018: {text}"
            draft.slip("missing-key", at, at + len(text), message, hint=hint)
            draft.replace(at, len(draft.text), f"\n{' ' * (column + STEP)}{SOME_YEAR}: {values.quoted(text)}")
            self._open = None
            return
        message = f"「{key.removeprefix('- ')}」の後には何も書けません。中身は次の行から書きます。"
        hint = f"この文字を消すか、下の行に移してください。\n{key}"
        draft.slip("wrong-type", at, len(draft.text.rstrip()), message, hint=hint)
        draft.replace(at, len(draft.text), "")
        self._open = None

    def _awaits_value(self, text: str, column: int) -> bool:
        """Whether the second key of a line that was broken in two has its value in the next lines."""
        second = PROPER_KEY.match(text, text.index("\n") + 1 + column)
        if not second:
            return False
        shape = self.outline.enter(column, second["key"], dash=False)
        if text[second.end() :].strip():
            return False
        self.outline.pending = Pending(column, is_dash=False, shape=shape)
        return True

    def _hash(self, draft: Draft, at: int, shape: Shape | None) -> None:
        """A text that begins with `#` is a comment for YAML; where a text must stand, it was meant as one."""
        if shape is not None and shape.is_text_only and at < len(draft.text):
            draft.slip(
                "needs-quotes", at, at + 1, "「#」から後ろはコメントになり、値が空になります。文字は引用符で囲みます。"
            )
            draft.replace(at, len(draft.text), values.quoted(draft.text[at:].rstrip()))
            self.outline.pending = None


def _opened(kind: values.Kind, draft: Draft, at: int, column: int) -> Opened | None:
    """Return what a value leaves open at the end of its line."""
    text = draft.text
    if kind == "block":
        return Opened("block", draft, column, sign=text[at], inside=column + STEP if "\n" in text else None)
    if kind == "flow":
        signs, _ = closing(text, at)
        return Opened("flow", draft, column, signs) if signs else None
    if kind == "quote":
        return None if values.closes(text, at) else Opened("quote", draft, column, text[at])
    if re.search(r"[ \t]#", text[at:]):
        return None  # a text does not go on behind a comment
    return Opened("plain", draft, column, begin=at)
