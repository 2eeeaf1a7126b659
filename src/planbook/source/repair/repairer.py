"""The lines of a file, corrected one after the other; what can not be corrected in bounded time is left to YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.source.compose import ends_of_nodes
from planbook.source.repair.alternatives import AlternativeReader
from planbook.source.repair.cells import one_slip_for_rows
from planbook.source.repair.multiline import LONGEST_LINE, MOST_EFFORT, MOST_LINES, MOST_SLIPS, USUAL_LINE

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Finding
    from planbook.source.repair.scanner import Scanner


def repair(scanner: Scanner, *, alternatives: bool = True) -> list[Finding]:
    """Let a scanner correct all its lines; return what was wrong in them.

    Without `alternatives` each is read in the usual way, which tells what the file has.
    """
    reader = AlternativeReader(scanner)
    lines = scanner.typed_lines  # of which an alternative may swap two
    ends: dict[int, int] | None = None
    effort = slips = left = 0
    for index, line in enumerate(lines):
        size = len(line.text)
        effort += size**2 if USUAL_LINE < size <= LONGEST_LINE else 0
        slips += bool(
            index > 1 and lines[index - 2].slips
        )  # that above may still be open: it is wrong once it is closed
        too_many = slips > MOST_SLIPS or index >= MOST_LINES
        if too_many or size > LONGEST_LINE or (size > USUAL_LINE and effort > MOST_EFFORT):
            # Left to YAML with all that the line has begun.
            if ends is None:
                ends = ends_of_nodes("\n".join(each.typed for each in lines)) if scanner.keeps_structure else {}
            left = max(left, ends.get(index, index) + 1)
        elif index < left:
            scanner.forget_open_value()
        elif scanner.keeps_structure or not alternatives:
            scanner.line(line)
        else:
            reader.read(index)
    if left < len(lines):
        scanner.finish()
    wrong = [line for line in lines if line.slips]
    one_slip_for_rows(wrong)
    return [finding for line in wrong for finding in line.findings()]
