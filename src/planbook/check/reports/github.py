"""Diagnostics for GitHub Actions: annotations of a pull request, the text report in the log, a table in the summary.

GitHub shows ten annotations of each kind in a step, so the log has all of it once more, and the summary as a table.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from planbook.check.reports import text
from planbook.check.reports.report import relative
from planbook.diagnostics.finding import Severity

if TYPE_CHECKING:
    from planbook.check.reports.report import Report
    from planbook.diagnostics.finding import Diagnostic

ROWS = 500
"""Rows of the table in the summary; GitHub takes no more than 1 MiB of it."""


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001 - no place for colour
    """Return one command per diagnostic, then the report as text, in which nothing is a command."""
    token = uuid4().hex
    log = text.write(report, color=False)
    return "\n".join([*map(_command, report.diagnostics), f"::stop-commands::{token}", log, f"::{token}::"])


def summarize(report: Report) -> None:
    """Add a table to the summary of the step, where there is one (the file that GITHUB_STEP_SUMMARY names)."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(table(report))


def table(report: Report) -> str:
    """Return the diagnostics as a table in Markdown."""
    lines = ["### planbook check", "", text.printable(report.summary), ""]
    if report.diagnostics:
        lines += ["| 場所 | 重さ | 内容 | 規則 |", "| --- | --- | --- | --- |", *map(_row, report.diagnostics[:ROWS])]
    if len(report.diagnostics) > ROWS:
        lines.append(f"\nほかに {len(report.diagnostics) - ROWS} 件あります。すべては、このステップのログにあります。")
    return "\n".join(lines) + "\n"


def _row(diagnostic: Diagnostic) -> str:
    cells = (_place(diagnostic), diagnostic.severity.word, diagnostic.message, f"`{diagnostic.rule}`")
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(content: str) -> str:
    escaped = text.printable(content).replace("\\", "\\\\").replace("\n", " ")
    for character in "|<>[]*_&":
        escaped = escaped.replace(character, f"\\{character}")
    return escaped


def _place(diagnostic: Diagnostic) -> str:
    return f"{relative(diagnostic.file)}:{diagnostic.span.line}:{diagnostic.span.column}"


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {"file": relative(diagnostic.file), "line": span.line, "col": span.column}
    if span.end_line == span.line:  # GitHub ignores columns of an annotation over several lines
        properties |= {"endLine": span.line, "endColumn": max(span.end_column - 1, span.column)}
    properties["title"] = f"planbook: {diagnostic.rule}"
    name = "error" if diagnostic.severity is Severity.ERROR else "warning"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    first = f"{_place(diagnostic)}: {diagnostic.message} [{diagnostic.rule}]"
    return f"::{name} {listed}::{_data(chr(10).join(filter(None, (first, diagnostic.hint))))}"


def _data(content: str) -> str:
    return content.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(content: str) -> str:
    return _data(content).replace(":", "%3A").replace(",", "%2C")
