"""Slips of typing that YAML refuses, or reads as something else than was meant: found and corrected line by line."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import yaml

from planbook.diagnostics.finding import Severity
from planbook.source.repair import multiline as openings
from planbook.source.repair import values
from planbook.source.repair.alternative import rewrite, say_line_above
from planbook.source.repair.continuation import add_dash, continues, is_item, is_memo, is_value, leave_out
from planbook.source.repair.entry import column_of_siblings, following, off_the_rest, read_entry
from planbook.source.repair.entry_value import open_value_of, read_value
from planbook.source.repair.indentation import BLANKS, correct_indentation, report_blank_line, step_of_lists, uneven
from planbook.source.repair.line import TypedLine
from planbook.source.repair.lost_breaks import split_off
from planbook.source.repair.nesting import Outline
from planbook.source.repair.odd_lines import complete_key, is_no_data, shorten_explicit_key, without_stray_signs
from planbook.source.repair.open_nodes import STEP, TEXT, Pending
from planbook.source.repair.pasted_rows import correct_rows
from planbook.source.repair.value_ends import ValuePlace
from planbook.source.yaml_events import UnreadableYaml, yaml_events

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.alternative import Alternative
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.multiline import OpenValue
    from planbook.source.repair.nesting import OutlineState


class ScannerState(NamedTuple):
    """The state of a scanner before a line."""

    position: int
    outline: OutlineState
    open_value: OpenValue | None
    open_state: tuple[int | None, bool]
    moved_line: TypedLine
    moved_last: int

    @property
    def inside_quotes_or_brackets(self) -> bool:
        """Whether the line is inside of quotes or brackets."""
        return self.open_value is not None and self.open_value.in_quotes_or_brackets


class Scanner:
    """Reads the lines once and corrects them; `typed_lines` hold what was typed and what was found."""

    def __init__(self, lines: list[str], shape: Shape, *, keeps_structure: bool = False) -> None:
        self._lines = lines
        self.keeps_structure = keeps_structure
        """Whether every line stays where it is: YAML can read them all."""
        self._readable: bool | None = None
        self.typed_lines = [TypedLine(number, line, self._is_readable) for number, line in enumerate(lines)]
        odd = 0 if keeps_structure else sum((len(line) - len(line.lstrip(" "))) % STEP for line in lines)
        self._is_even = odd * 10 < len(lines)
        """Whether nearly all lines are indented by steps of two or four."""
        self.shape = shape
        """What may stand where in this file."""
        self.outline = Outline(self.shape, STEP if keeps_structure else step_of_lists(lines))
        self.entry: Entry | None = None
        """The last line, if it began a list item, a key or a text."""
        self.run_on = 0
        """How many list items YAML reads as part of the text above them."""
        self._open: OpenValue | None = None
        self._last_row = -1
        """The last line of the rows of a table that were reported."""
        self._moved_line = self._above = TypedLine(0, "")

    def _is_readable(self) -> bool:
        """Whether YAML can read the file as typed: asked where something seems to be open, and then only once."""
        if self._readable is None:
            try:
                self._readable = bool(deque(yaml_events("\n".join(self._lines)), maxlen=1))
            except (yaml.YAMLError, UnreadableYaml):
                self._readable = False
        return self._readable

    def forget_open_value(self) -> None:
        """Read on as if nothing of the lines above went on here: they were left to YAML."""
        self._open = None

    @property
    def is_inside(self) -> bool:
        """Whether quotes or brackets are open."""
        return self._open is not None and self._open.in_quotes_or_brackets

    def item_begun(self, line: TypedLine) -> Shape | None:
        """Return the shape of the list item that the line which was just read begins, if it stands where it should."""
        begins = line.text.startswith("- ", line.indent) and not self.is_inside and line.is_as_typed(line.number)
        return self.outline.item_begun(line.indent) if begins and not line.slips else None

    def pass_over(self, keys: list[str]) -> None:
        """Be as behind the last line of the list item that has just begun, which has these keys."""
        self.outline.pass_over(keys)
        self._open = None

    def finish(self) -> None:
        """Close what is open: the file ends here."""
        if self._open and self._open.in_quotes_or_brackets:
            self._close(len(self.typed_lines))
        self.outline.close()

    def state(self, index: int) -> ScannerState:
        """Return the state before the line at a position."""
        open_value = self._open
        state = (open_value.inside, open_value.reported) if open_value else (None, False)
        return ScannerState(index, self.outline.state(), open_value, state, self._moved_line, self._moved_line.last)

    def back_to(self, state: ScannerState) -> None:
        """Be again as at the mark, that of a line outside of quotes and brackets."""
        self.outline.back_to(state.outline)
        self._open = state.open_value
        if self._open:
            self._open.inside, self._open.reported = state.open_state
        self._moved_line, self._moved_line.last = state.moved_line, state.moved_last

    def fork(self, state: ScannerState, end: int) -> Scanner:
        """Return a scanner that is as this one was at the mark, and may read on to `end` without a trace."""
        other = copy(self)
        other.outline = self.outline.copy(state.outline)
        open_value = state.open_value and replace(state.open_value, line=state.open_value.line.copy())
        other.back_to(
            state._replace(outline=other.outline.state(), open_value=open_value, moved_line=state.moved_line.copy())
        )
        fresh = [TypedLine.as_typed(line) for line in self.typed_lines[state.position : end]]
        other.typed_lines = [*self.typed_lines[: state.position], *fresh, *self.typed_lines[end:]]
        return other

    def faults_since(self, state: ScannerState, first: int, end: int) -> tuple[int, int]:
        """Return how many faults there are in some lines, and how many of these are misfits."""
        slips = (slip for line in self.typed_lines[first:end] for part in line.parts for slip in part.slips)
        errors = [slip.rule for slip in slips if slip.severity is Severity.ERROR]
        misfits = self.outline.misfits - state.outline.misfits
        return len(errors) + misfits, errors.count("stray-text") + misfits

    def line(self, line: TypedLine, alternative: Alternative | None = None) -> None:
        """Read and correct a line."""
        if alternative and not rewrite(line, alternative, self.typed_lines):
            return  # what is open goes on in the next line
        if self._open and self._open.kind == "block":
            below = following(line, self.typed_lines) if self._open.inside is None else []
            if openings.is_in_block(self._open, line, below):
                return
            self._open = None
        blank = not line.text.strip(BLANKS)
        if self._open and self._open.in_quotes_or_brackets and not blank:
            if self.keeps_structure or not openings.ends_before(self._open, line):
                self._open = openings.go_on(self._open, line, self.typed_lines)
                return
            self._close(line.number)
        if blank:
            if line.text.strip(" \t") or ("\t" in line.text and not line.file_is_readable()):
                report_blank_line(line)
            line.replace(0, len(line.text), "")
            return
        targets = self.outline.targets() if "\t" in line.text else None
        self._last_row = correct_rows(line, targets, following(line, self.typed_lines), self._last_row)
        without_stray_signs(line, self.outline, moves=not self.keeps_structure)
        correct_indentation(line)
        stripped = line.text.lstrip()
        if stripped.startswith(("#", "＃")):
            self._comment(line)
        elif stripped and not is_no_data(line, self.typed_lines):
            self._read_parts(line, alternative)

    def _read_parts(self, line: TypedLine, alternative: Alternative | None) -> None:
        """Read a line, and the next one if it stands behind it."""
        complete_key(line, self.outline, self.typed_lines)
        behind = None if self.keeps_structure else split_off(line, self.outline)
        self._read(line, alternative)
        if behind:
            self._read(behind, None)

    def _comment(self, line: TypedLine) -> None:
        """Read a line that is a comment, or was meant as one. No text goes on behind it."""
        if self._open and self._open.kind == "plain":
            self._open = None
        at = line.indent
        if line.text[at] == "＃":
            line.slip("fullwidth-hash", at, at + 1, "コメントの「＃」が全角です。半角の「#」を使います。")
            line.replace(at, at + 1, "#")

    def _close(self, end: int) -> None:
        """Close the quote or bracket that was forgotten, before a line."""
        if self._open:
            openings.close(self._open, self.typed_lines[self._open.line.number + 1 : end])
            self._open = None

    def _read(self, line: TypedLine, alternative: Alternative | None) -> None:
        """Read a line that begins a list item, a key, or a text."""
        if self.keeps_structure and self._runs_on(line):
            return
        shorten_explicit_key(line, self.typed_lines)
        entry = self.entry = read_entry(line, self.outline, self.typed_lines)
        if entry.key is None and not entry.dashes:
            if alternative and alternative.kind == "above":
                self._insert_above(line, alternative.column, alternative.name)
            if self._continues(line):
                if self._open and alternative:
                    self._open.reported = True  # that its lines are one text is no news beside the line that is missing
                return
            if add_dash(line, self._open, self.outline):
                entry = read_entry(line, self.outline, self.typed_lines)
            elif not line.text.startswith(("[", "{"), entry.column):
                pending = self.outline.pending
                self.outline.misfits += bool(pending and not is_memo(line, pending, self.typed_lines))
                leave_out(line, self._open, following(line, self.typed_lines))
                return
        if (target := self._target(entry, alternative)) != entry.column:
            entry.move(target)
        self._above = line
        self._open = read_value(entry, self._enter(entry, alternative), self.outline, self.typed_lines)

    def _runs_on(self, line: TypedLine) -> bool:
        """Whether YAML reads a line with a `-` as part of the text above it: it stands deeper than that."""
        open_value = self._open if self._open and self._open.kind == "plain" else None
        if not open_value or line.indent <= open_value.column or not re.match(r" *-([ \t]|$)", line.text):
            return False
        self.run_on += 1
        return continues(line, open_value, self.outline, [])

    def _continues(self, line: TypedLine) -> bool:
        """Whether a line without key and `-` goes on with the line above it."""
        pending = self.outline.pending
        if is_memo(line, pending, self.typed_lines):
            return False
        if pending is None:
            plain = self._open if self._open and self._open.kind == "plain" else None
            return plain is not None and continues(line, plain, self.outline, following(line, self.typed_lines))
        if is_item(line, pending, self.outline, self.typed_lines) or not is_value(line, pending, self._above):
            return False
        at = line.indent
        if line.text[at] in "\"'|>&!":
            kind = values.correct(line, ValuePlace(at, pending.shape, pending.name or None, pending.column))
        else:
            kind = values.correct_text(line, at)
        self._open = open_value_of(kind, line, at, pending.column)
        self.outline.pending = None
        return True

    def _enter(self, entry: Entry, alternative: Alternative | None) -> Shape | None:
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
            if alternative and alternative.kind in ("item", "list"):
                outline.nodes[-1].seen["id"] = None
        elif not entry.dashes:
            outline.misfits += outline.pending is None
            outline.pending = None
        return shape

    def _target(self, entry: Entry, alternative: Alternative | None) -> int:
        """Return the column at which an entry should begin, and note the slip where it begins elsewhere."""
        outline, column, dash = self.outline, entry.column, bool(entry.dashes)
        if self.keeps_structure:
            return column
        if alternative and alternative.kind == "list":
            self._enter_key(alternative.column, alternative.name)
            return column
        if alternative and alternative.kind in ("dash", "undash", "item", "column"):
            outline.settled()
            return self._moved(entry, alternative.column)
        missing = (alternative.column, alternative.name) if alternative and alternative.kind == "above" else None
        if missing or (not alternative and (missing := outline.lacking(column, entry.keys, dash=dash))):
            self._insert_above(entry.line, *missing)
        target = outline.place(column, entry.keys, dash=dash)
        if dash and target == column and outline.is_child(column, dash=True):
            target += off_the_rest(entry, outline, self.typed_lines)
        alone = False  # it was moved, and not those beside it
        if target == column and outline.pending and outline.is_child(column, dash=dash):
            target = column_of_siblings(entry, outline, self.typed_lines)
            alone = target != column
            if self._is_even and not alone:
                target = outline.at_whole_step(outline.pending, column, dash=dash)
        shifted = outline.shifted(column)
        if shifted != column and not alone:
            # A list or mapping that was moved as a whole is one slip, reported at its first line.
            fits_moved = outline.place(shifted, entry.keys, dash=dash) == shifted
            fits_moved = fits_moved and outline.fits(shifted, entry.keys, dash=dash)
            fits_moved = fits_moved and not outline.sits_as_usual(column, shifted, dash=dash)
            sits = target == column and outline.fits(column, entry.keys, dash=dash)
            went_along = self._moved_line.last > self._moved_line.number or outline.is_child(column, dash=dash)
            if fits_moved and (went_along or not sits):
                self._moved_line.last = entry.line.number
                return shifted
            outline.settled()
        return self._moved(entry, target)

    def _insert_above(self, line: TypedLine, column: int, name: str) -> None:
        """Say that the line of a key is missing above a line, and read on as if it were there."""
        say_line_above(line, column, name)
        self._enter_key(column, name)

    def _enter_key(self, column: int, name: str) -> None:
        """Read on as if the line of a key were there."""
        shape = self.outline.enter(column, name, dash=False)
        self.outline.pending = Pending(column, is_dash=False, shape=shape, name=name)

    def _moved(self, entry: Entry, target: int) -> int:
        """Note the slip of an entry that begins at the wrong column, where the reason is not reported already."""
        line, column = entry.line, entry.column
        reported = line.slips and line.slips[0].rule in ("tab", "fullwidth-space")
        if target != column and not reported:
            line.slip("indentation", 0, max(column, 1), uneven(column))
            self.outline.moved(column, target)
            self._moved_line = line
        return target
