"""Diagnostics as JSON for other programs. `docs/ja/check.md` documents the shape; a change of it is a new version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.check.reports.report import Report

VERSION = 1


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001 - no place for colour
    """Return the report as one JSON object."""
    diagnostics = [
        {
            "file": diagnostic.file,
            "line": diagnostic.span.line,
            "column": diagnostic.span.column,
            "end_line": diagnostic.span.end_line,
            "end_column": diagnostic.span.end_column,
            "rule": diagnostic.rule,
            "severity": diagnostic.severity.value,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
        }
        for diagnostic in report.diagnostics
    ]
    content = {
        "version": VERSION,
        "files": report.files,
        "diagnostics": diagnostics,
        "summary": {"errors": report.errors, "warnings": report.warnings},
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
