"""Preview → what js/preview.js shows of it beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.check.reports.text import printable
from planbook.diagnostics.finding import Severity

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Diagnostic
    from planbook.preview.previewing import Preview

MAX_PROBLEMS = 50
"""Problems that are listed; who has more begins with these."""

AROUND = 60
"""Characters of the source line that are shown on each side of the fault."""


def described(preview: Preview) -> dict[str, object]:
    """Return the state as plain data for JSON. Texts are plain text, never HTML."""
    report = preview.report
    # What keeps the page from being renewed comes first, and is never among those left out.
    problems = sorted(report.diagnostics, key=lambda each: each.severity is not Severity.ERROR)
    return {
        "page": preview.page.version if preview.page else None,
        "failed": preview.failed or preview.page is None,
        "shown": preview.page is not None,
        "trouble": preview.trouble,
        "summary": report.summary if report.diagnostics else "",
        "problems": [_problem(diagnostic) for diagnostic in problems[:MAX_PROBLEMS]],
        "more": max(len(report.diagnostics) - MAX_PROBLEMS, 0),
        "pdf": {
            "state": preview.printing.value,
            "trouble": preview.pdf_trouble,
            "version": preview.pdf_version,
        },
    }


def _problem(diagnostic: Diagnostic) -> dict[str, str]:
    span, text = diagnostic.span, diagnostic.source_line
    start = min(span.column - 1, len(text))
    end = min(span.end_column - 1, len(text)) if span.end_line == span.line else len(text.rstrip())
    end = max(start, min(end, start + AROUND))
    first, last = max(start - AROUND, 0), end + AROUND
    return {
        "place": f"{diagnostic.file}:{span.line}:{span.column}",
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "message": printable(diagnostic.message),
        "hint": printable(diagnostic.hint),
        "before": "…" + printable(text[first:start]) if first else printable(text[:start].lstrip()),
        "marked": printable(text[start:end]),
        "after": printable(text[end:last]) + ("…" if last < len(text) else ""),
    }
