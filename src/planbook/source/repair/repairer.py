"""The lines of a file, corrected one after the other; what can not be corrected in bounded time is left to YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.source.repair.alternatives import AlternativeReader
from planbook.source.repair.multiline import MAX_EFFORT, MAX_LINE_LENGTH, MAX_LINES, MAX_SLIPS, USUAL_LINE
from planbook.source.repair.pasted_rows import one_slip_for_rows
from planbook.source.yaml_events import ends_of_nodes

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.scanner import Scanner
    from planbook.source.repair.sound_items import SoundItems


class Repaired(NamedTuple):
    """What was found in the lines, and from which one on they were not read, if there were too many that are wrong."""

    findings: list[Finding]
    stopped_at: int | None = None


def survey(scanner: Scanner, items: SoundItems) -> None:
    """Let a scanner read its lines in the usual way, but for those that nobody types: it tells what the file has."""
    effort = slips = index = 0
    while index < len(scanner.typed_lines) and slips <= MAX_SLIPS:
        line, misfits = scanner.typed_lines[index], scanner.outline.misfits
        size = len(line.text)
        effort += size**2 if USUAL_LINE < size <= MAX_LINE_LENGTH else 0
        if size > USUAL_LINE and (size > MAX_LINE_LENGTH or effort > MAX_EFFORT):
            index += 1
            continue
        scanner.line(line)
        slips += bool(line.slips)
        index = _behind_sound_item(index, line, scanner, items) if scanner.outline.misfits == misfits else index + 1
    scanner.finish()


def repair(scanner: Scanner, items: SoundItems) -> Repaired:
    """Let a scanner correct all its lines, but for those that nobody types and for those beyond a stated number."""
    repairer = _Repairer(scanner, items)
    stopped_at = repairer.read()
    wrong = [line for line in scanner.typed_lines if line.slips]
    one_slip_for_rows(wrong)
    findings = [finding for line in wrong for finding in line.findings()]
    if repairer.unread is not None and not any(each.severity is Severity.ERROR for each in findings):
        findings.append(_unread(repairer.unread, scanner))
    return Repaired(findings, stopped_at)


def too_many_slips(scanner: Scanner, index: int) -> Finding:
    """Say from which line on a file was not read."""
    message = f"書き方に誤りのある行が {MAX_SLIPS} 行を超えました。この行から後ろは、まだ読んでいません。"
    hint = "見つかったものを直してから、もう一度確かめてください。"
    return Finding("too-large", _span(scanner.typed_lines[index]), message, hint)


def _unread(index: int, scanner: Scanner) -> Finding:
    message = f"行が多いので、この行から後ろは、YAML として読めることだけを確かめました（{MAX_LINES} 行まで）。"
    hint = "計画を分けるか、値を「キー: 値」の形で一行に書いてください。"
    return Finding("too-large", _span(scanner.typed_lines[index]), message, hint, severity=Severity.WARNING)


def _span(line: TypedLine) -> Span:
    return Span(line.number + 1, 1, line.number + 1, max(len(line.typed), 1) + 1)


class _Repairer:
    """Reads the lines of one file with a scanner, and counts what that takes."""

    def __init__(self, scanner: Scanner, items: SoundItems) -> None:
        self._scanner = scanner
        self._lines = scanner.typed_lines  # of which an alternative may swap two
        self._reader = AlternativeReader(scanner)
        self._items = items
        self._ends: dict[int, int] | None = None
        self._effort = 0
        self._left = 0
        """Up to where lines are left to YAML: with a line all that it has begun."""
        self.unread: int | None = None
        """The first line that was left to YAML because there are so many."""

    def read(self) -> int | None:
        """Read all lines; return the first of those that were left out because too many are wrong."""
        index = read = slips = 0
        while index < len(self._lines):
            # What was above may still be open: it is wrong once it is closed.
            slips += bool(index > 1 and self._lines[index - 2].slips)
            if slips > MAX_SLIPS * (2 if self._scanner.is_inside else 1):
                if self._scanner.is_inside:
                    self._scanner.finish()
                for line in self._lines[index:]:
                    line.replace(0, len(line.text), "")
                return index
            if read >= MAX_LINES and self.unread is None:
                self.unread = index
            if self.unread is not None or self._is_too_long(index):
                self._left = max(self._left, self._end(index) + 1)
            elif index < self._left:
                self._scanner.forget_open_value()
            else:
                read += 1
                index = self._line(index)
                continue
            index += 1
        if self._left < len(self._lines):
            self._scanner.finish()
        return None

    def _is_too_long(self, index: int) -> bool:
        size = len(self._lines[index].text)
        self._effort += size**2 if USUAL_LINE < size <= MAX_LINE_LENGTH else 0
        return size > MAX_LINE_LENGTH or (size > USUAL_LINE and self._effort > MAX_EFFORT)

    def _end(self, index: int) -> int:
        """Return the last line of what goes on from a line that is left to YAML."""
        if self._ends is None:
            readable = self._scanner.keeps_structure
            self._ends = ends_of_nodes("\n".join(each.typed for each in self._lines)) if readable else {}
        return self._ends.get(index, index)

    def _line(self, index: int) -> int:
        """Read a line, and pass over the item that it begins if that is sound; return the next line to read."""
        line, misfits = self._lines[index], self._scanner.outline.misfits
        if self._scanner.keeps_structure:
            self._scanner.line(line)
        else:
            self._reader.read(index)
        if self._scanner.outline.misfits != misfits:
            return index + 1
        return _behind_sound_item(index, line, self._scanner, self._items)


def _behind_sound_item(index: int, line: TypedLine, scanner: Scanner, items: SoundItems) -> int:
    """Pass over the list item that the line just read begins, if it is sound; return the next line to read."""
    shape = scanner.item_begun(line)
    keys, end = items.passable(index, shape) if shape else ([], index)
    if not keys:
        return index + 1
    scanner.pass_over(keys)
    return end
