"""Lines of the output of `diff` that were pasted into a file: `-` before what it was, `+` before what it is now."""

from __future__ import annotations

import re

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding

_SIGNED = re.compile(r"[-+](?: {2,}\S.*|- .*|[a-z]+:(?: .*)?)")
"""A line of a plan behind a sign in the first column; a list item there has one blank behind its `-`."""

MAX_LINES = 200
"""Lines of a run; whoever pastes more than that pasted a file."""


def without_diff_signs(lines: list[str]) -> tuple[list[str], list[Finding]]:
    """Return the lines as they are now, without the old ones, and one finding for each run of lines with signs."""
    findings: list[Finding] = []
    if not any(line.startswith("+") for line in lines):
        return lines, findings
    changed = list(lines)
    begin = 0
    while begin < len(lines):
        end = _end_of_run(lines, begin)
        if end - begin > 1 and any(line.startswith("+") for line in lines[begin:end]):
            now = [line[1:] if line.startswith("+") else "" for line in lines[begin:end]]
            changed[begin:end] = now
            findings.append(_finding(begin, end, [line for line in now if line]))
        begin = max(end, begin + 1)
    return changed, findings


def _end_of_run(lines: list[str], begin: int) -> int:
    end = begin
    while end < min(len(lines), begin + MAX_LINES) and _SIGNED.fullmatch(lines[end]):
        end += 1
    return end


def _finding(begin: int, end: int, now: list[str]) -> Finding:
    margin = min(len(line) - len(line.lstrip(" ")) for line in now)
    message = "差分（diff）の「-」「+」の印が付いた行です。「-」は消した行、「+」は足した行です。"
    hint = f"{begin + 1} 行目から {end} 行目までを、次のように直してください（初めの行の行頭の空白は半角 "
    hint += f"{len(now[0]) - len(now[0].lstrip(' '))} 個）。\n" + "\n".join(line[margin:] for line in now)
    return Finding("stray-text", Span(begin + 1, 1, begin + 1, 2), message, hint)
