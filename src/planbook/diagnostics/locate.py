"""Findings → diagnostics: each with its place in the file, and with the lines as they are to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.corrections import with_correction
from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.diagnostics.document import Document
    from planbook.diagnostics.finding import Finding


def locate(findings: Iterable[Finding], document: Document) -> Iterator[Diagnostic]:
    """Give every finding its place in the file."""
    for finding in findings:
        span = place(finding, document)
        line = document.lines[span.line - 1] if span.line <= len(document.lines) else ""
        hint = with_correction(finding, document) if finding.edits or finding.instead or finding.added else finding.hint
        yield Diagnostic(document.name, span, finding.rule, finding.severity, finding.message, hint, line)


def place(finding: Finding, document: Document) -> Span:
    """Return the narrowest span of what a finding is about."""
    span = finding.at if isinstance(finding.at, Span) else document.span(finding.at, finding.part)
    within = finding.within or (finding.edits[0][0] if finding.edits else "")
    if within:
        for number in range(span.line, min(span.end_line, len(document.lines)) + 1):
            line = document.lines[number - 1]
            end = span.end_column - 1 if number == span.end_line else len(line)
            start = line.find(within, span.column - 1 if number == span.line else 0, end)
            if start >= 0:
                return Span(number, start + 1, number, start + 1 + len(within))
    return span
