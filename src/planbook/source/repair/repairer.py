"""Slips of typing that YAML refuses, or reads as something else than was meant: found and corrected line by line."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import yaml

from planbook.diagnostics.finding import Severity
from planbook.source.compose import UnreadableYaml, ends_of_nodes, yaml_events
from planbook.source.repair import multiline as openings
from planbook.source.repair import values
from planbook.source.repair.alternatives import SOME_YEAR, AlternativeReader, rewrite, say_line_above
from planbook.source.repair.cells import one_slip_for_rows, row_of_targets
from planbook.source.repair.continuation import add_dash, continues, is_value, leave_out
from planbook.source.repair.entry import column_of_siblings, following, goes_on_below, off_the_rest, read_entry
from planbook.source.repair.flow import closing
from planbook.source.repair.indentation import BLANKS, correct_indentation, report_blank_line, uneven
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.line import TypedLine
from planbook.source.repair.multiline import LONGEST_LINE, MOST_EFFORT, MOST_LINES, MOST_SLIPS, USUAL_LINE, OpenValue
from planbook.source.repair.nesting import STEP, TEXT, Outline, Pending

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Finding
    from planbook.plan.shape import Shape
    from planbook.source.repair.alternatives import Alternative
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.nesting import OutlineState


_RULER = re.compile(r"-{4,}|[=_~*＝－ー―─━＊～〜・]{3,}")
"""A line that separates parts of a text; `---` begins a document of YAML."""


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
        self._keeps_structure = keeps_structure
        """Whether every line stays where it is: YAML can read them all."""
        self._readable: bool | None = None
        self._ends: dict[int, int] | None = None
        self.typed_lines = [TypedLine(number, line, self._is_readable) for number, line in enumerate(lines)]
        odd = 0 if keeps_structure else sum((len(line) - len(line.lstrip(" "))) % STEP for line in lines)
        self._is_even = odd * 10 < len(lines)
        """Whether nearly all lines are indented by steps of two or four."""
        self.findings: list[Finding] = []
        self.shape = shape
        """What may stand where in this file."""
        self.outline = Outline(self.shape)
        self.entry: Entry | None = None
        """The last line, if it began a list item, a key or a text."""
        self.run_on = 0
        """How many list items YAML reads as part of the text above them."""
        self._open: OpenValue | None = None
        self._last_cells = -1
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

    def run(self, *, alternatives: bool = True) -> None:
        """Correct all lines. Without `alternatives` each is read in the usual way, which tells what the file has."""
        reader = AlternativeReader(self)
        effort = slips = left = 0
        for index, line in enumerate(self.typed_lines):
            size = len(line.text)
            effort += size**2 if USUAL_LINE < size <= LONGEST_LINE else 0
            slips += bool(index and self.typed_lines[index - 1].slips)
            too_many = slips > MOST_SLIPS or index >= MOST_LINES
            if too_many or size > LONGEST_LINE or (size > USUAL_LINE and effort > MOST_EFFORT):
                left = max(left, self._end_of_node(index) + 1)
                continue
            if index < left:
                self._open = None
                continue
            if self._keeps_structure or not alternatives:
                self.line(self.typed_lines[index])
            else:
                reader.read(index)
        if left < len(self.typed_lines):
            self.finish()
        wrong = [line for line in self.typed_lines if line.slips]
        one_slip_for_rows(wrong)
        for line in wrong:
            self.findings += line.findings()

    def _end_of_node(self, index: int) -> int:
        """Return the line in which ends what a line that is left to YAML has begun; the line itself where none is."""
        if not self._keeps_structure:
            return index
        if self._ends is None:
            self._ends = ends_of_nodes("\n".join(self._lines))
        return self._ends.get(index, index)

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
        fresh = [TypedLine.again(line) for line in self.typed_lines[state.position : end]]
        other.typed_lines = [*self.typed_lines[: state.position], *fresh, *self.typed_lines[end:]]
        return other

    def faults_since(self, state: ScannerState, first: int, end: int) -> tuple[int, int]:
        """Return how many faults there are in some lines, and how many of these are misfits."""
        slips = (slip for line in self.typed_lines[first:end] for slip in line.slips)
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
            if self._keeps_structure or not openings.ends_before(self._open, line):
                self._open = openings.go_on(self._open, line)
                return
            self._close(line.number)
        if blank:
            if "　" in line.text or "\xa0" in line.text:
                report_blank_line(line)
            line.replace(0, len(line.text), "")
            return
        self._cells(line)
        correct_indentation(line)
        stripped = line.text.lstrip()
        if stripped.startswith(("#", "＃")):
            self._comment(line)
        elif stripped and not self._is_no_data(line):
            self._read(line, alternative)

    def _cells(self, line: TypedLine) -> None:
        """Read rows of a table that were pasted as targets, a year in the first cell: one slip for all of them."""
        column = -1 if "\t" not in line.text else self.outline.column_of_years()
        if column < 0 or not (read := row_of_targets(line.text, column)):
            return
        if line.number > self._last_cells:
            rows_of_cells = [read]
            for below in following(line, self.typed_lines):
                if not (more := row_of_targets(below.typed, column)):
                    break
                rows_of_cells.append(more)
            self._last_cells = line.number + len(rows_of_cells) - 1
            which = f"{line.number + 1} 行目から {self._last_cells + 1} 行目までを、" if len(rows_of_cells) > 1 else ""
            hint = f"{which}次のように直してください（行頭の空白は半角 {column} 個）。\n" + "\n".join(rows_of_cells)
            message = "表の行が、タブで区切られたまま写されています。"
            line.slip("tab", line.text.index("\t"), line.text.index("\t") + 1, message, hint=hint)
        line.replace(0, len(line.text), read)

    @staticmethod
    def _is_no_data(line: TypedLine) -> bool:
        """Whether a line is a marker of YAML (`---`), or nothing but a ruler (`-----`), which is reported."""
        text = line.text.strip(BLANKS)
        if not _RULER.fullmatch(text):
            return line.text.startswith(("---", "...", "%"))
        hint = f"区切りの線は、次のように行の初めに「# 」を付けるとコメントになり、印刷されません。\n# {text}"
        line.slip("stray-text", line.indent, len(line.text.rstrip()), "区切りの線だけの行です。", hint=hint)
        line.replace(0, len(line.text), "")
        return True

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
        if self._keeps_structure and self._runs_on(line):
            return
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
                self.outline.misfits += self.outline.pending is not None and not self._is_memo(line)
                leave_out(line, self._open)
                return
        if (target := self._target(entry, alternative)) != entry.column:
            entry.move(target)
        self._open, self._above = None, line
        self._value(entry, self._enter(entry, alternative))

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
        if self._is_memo(line):
            return False
        if pending is None:
            plain = self._open if self._open and self._open.kind == "plain" else None
            return plain is not None and continues(line, plain, self.outline, following(line, self.typed_lines))
        if self._is_item(line, pending) or not is_value(line, pending, self._above):
            return False
        values.correct_text(line, line.indent)
        self._open = _open_value("plain", line, line.indent, pending.column)
        self.outline.pending = None
        return True

    def _is_item(self, line: TypedLine, pending: Pending) -> bool:
        """Whether a text below a key is the first item of its list, and not its value."""
        if not pending.shape or not self.outline.expects_list(line.indent):
            return False
        below = next((each for each in following(line, self.typed_lines) if _says_something(each)), None)
        return not pending.shape.text or (below is not None and below.text.startswith("- ", below.indent))

    def _is_memo(self, line: TypedLine) -> bool:
        """Whether a text stands between a key that waits for a list or mapping and what that is."""
        pending = self.outline.pending
        if not pending or not pending.shape or not (pending.shape.items or pending.shape.is_mapping):
            return False
        below = next((each for each in following(line, self.typed_lines) if _says_something(each)), None)
        if below is None or PROPER_KEY.match(line.text, line.indent):
            return False
        begin, dash = below.indent, below.text.startswith("- ", below.indent)
        if pending.shape.items:
            return dash and begin >= pending.column and line.indent <= begin and not pending.shape.items.text
        key = PROPER_KEY.match(below.text, begin)
        return bool(key and pending.shape.has(key["key"])) and begin > pending.column and line.indent <= begin

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
                outline.blocks[-1].seen["id"] = None
        elif not entry.dashes:
            outline.misfits += outline.pending is None
            outline.pending = None
        return shape

    def _target(self, entry: Entry, alternative: Alternative | None) -> int:
        """Return the column at which an entry should begin, and note the slip where it begins elsewhere."""
        outline, column, dash = self.outline, entry.column, bool(entry.dashes)
        if self._keeps_structure:
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
        if target == column and outline.pending and outline.is_child(column, dash=dash):
            target = column_of_siblings(entry, outline, self.typed_lines)
            if self._is_even and target == column:
                target = _by_steps(outline.pending, column)
        shifted = outline.shifted(column)
        if shifted != column:
            # A block that was moved as a whole is one slip, reported at its first line.
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

    def _value(self, entry: Entry, shape: Shape | None) -> None:
        """Correct the value of an entry and remember whether it goes on in the next lines."""
        line, at, column = entry.line, entry.begin, entry.inner
        if line.text[at:].startswith("#"):
            self._hash(line, at, shape)
            return
        if not line.text[at:].strip():
            return
        listed = self.outline.blocks[-1].name if entry.key is None and self.outline.blocks else ""
        kind = values.correct(line, values.Place(at, shape, entry.key, column, listed))
        if kind != "block" and "\n" in line.text and self._awaits_value(line.text, column):
            return
        self._open = _open_value(kind, line, at, column)
        if kind in ("plain", "quote") and shape and shape.text and self._has_keys_below(line, at, column, shape):
            return
        if kind in ("plain", "quote") and shape and not shape.text:
            if entry.key and goes_on_below(line, column, shape, self.typed_lines):
                self._idle(line, at, column, shape)
                return
            self.outline.misfits += 1
        self.outline.pending = None

    def _has_keys_below(self, line: TypedLine, at: int, column: int, shape: Shape) -> bool:
        """Give a text its key where the lines below it are further keys of the mapping that may stand in its place."""
        if not shape.fields or "text" not in shape.fields or not goes_on_below(line, column, shape, self.typed_lines):
            return False
        below = next(each for each in following(line, self.typed_lines) if _says_something(each))
        key = PROPER_KEY.match(below.text, below.indent)
        if not key or key["key"] not in shape.fields or key["key"] == "text":
            return False
        head, text = line.text[:at].rstrip(), line.text[at:].rstrip()
        message = f"下の「{key['key']}」と並べるには、文章に「text:」が必要です。"
        hint = f"次のように、二行に分けてください。\n{head.strip()}\n{' ' * (below.indent - column)}text: {text}"
        line.slip("missing-key", at, at + len(text), message, hint=hint)
        line.replace(at, len(line.text), f"\n{' ' * below.indent}text: {text}")
        self._open = None
        return True

    def _idle(self, line: TypedLine, at: int, column: int, shape: Shape) -> None:
        """Leave out a text behind a key whose value stands in the next lines; a target is read as one of some year."""
        key = line.text[:at].strip()
        if shape.entries:
            text = line.text[at:].rstrip()
            message = f"「{key}」の後の目標に、年度がありません。"
            hint = f"年度を付けて、次の行に書いてください（年度は例です）。\n{key}\n  2018: {text}"
            line.slip("missing-key", at, at + len(text), message, hint=hint)
            line.replace(at, len(line.text), f"\n{' ' * (column + STEP)}{SOME_YEAR}: {values.quoted(text)}")
            self._open = None
            return
        message = f"「{key.removeprefix('- ')}」の後には何も書けません。中身は次の行から書きます。"
        hint = f"この文字を、必要なら下の行に移し、次のように消してください。\n{key}"
        line.slip("wrong-type", at, len(line.text.rstrip()), message, hint=hint)
        line.replace(at, len(line.text), "")
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

    def _hash(self, line: TypedLine, at: int, shape: Shape | None) -> None:
        """A text that begins with `#` is a comment for YAML; where a text must stand, it was meant as one."""
        if shape is not None and shape.is_text_only and at < len(line.text):
            line.slip(
                "needs-quotes", at, at + 1, "「#」から後ろはコメントになり、値が空になります。文字は引用符で囲みます。"
            )
            line.replace(at, len(line.text), values.quoted(line.text[at:].rstrip()))
            self.outline.pending = None


def _by_steps(pending: Pending, column: int) -> int:
    """Return the column of what stands below a key, at a whole step from it."""
    off = 0 if pending.is_dash or pending.column < 0 else (column - pending.column) % STEP
    return pending.column + STEP if off else column


def _says_something(line: TypedLine) -> bool:
    """Whether a line is neither blank nor a comment."""
    return line.text.strip(BLANKS)[:1] not in ("", "#", "＃")


def _open_value(kind: values.Kind, line: TypedLine, at: int, column: int) -> OpenValue | None:
    """Return what a value leaves open at the end of its line."""
    text = line.text
    if kind == "block":
        return OpenValue("block", line, column, character=text[at], inside=column + STEP if "\n" in text else None)
    if kind == "flow":
        brackets, _ = closing(text, at)
        return OpenValue("flow", line, column, brackets) if brackets else None
    if kind == "quote":
        return None if values.closes(text, at) else OpenValue("quote", line, column, text[at])
    if re.search(r"[ \t]#", text[at:]):
        return None  # a text does not go on behind a comment
    return OpenValue("plain", line, column, begin=at)
