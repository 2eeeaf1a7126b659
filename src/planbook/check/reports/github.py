"""Diagnostics as annotations of a pull request (GitHub: workflow commands `error` and `warning`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity

if TYPE_CHECKING:
    from planbook.check.reports.report import Report
    from planbook.diagnostics.finding import Diagnostic


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001 - no place for colour
    """Return one command per diagnostic, and the summary for the log."""
    return "\n".join([*map(_command, report.diagnostics), _data(report.summary)])


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {"file": diagnostic.file, "line": span.line, "col": span.column}
    if span.end_line == span.line:  # GitHub ignores columns of an annotation over several lines
        properties |= {"endLine": span.line, "endColumn": max(span.end_column - 1, span.column)}
    properties["title"] = f"planbook: {diagnostic.rule}"
    name = "error" if diagnostic.severity is Severity.ERROR else "warning"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    text = "\n".join(filter(None, (diagnostic.message, diagnostic.hint)))
    return f"::{name} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
