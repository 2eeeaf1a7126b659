"""Diagnostics as SARIF 2.1.0 (OASIS standard), which code-scanning services read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from planbook import __version__
from planbook.check.reports.report import relative
from planbook.rules.catalogue import markdown_text, terminal_text
from planbook.rules.explanations import explanation

if TYPE_CHECKING:
    from planbook.check.reports.report import Report
    from planbook.diagnostics.finding import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001 - no place for colour
    """Return the report as one SARIF log with one run."""
    rules = sorted({diagnostic.rule for diagnostic in report.diagnostics})
    driver = {"name": "planbook", "version": __version__, "language": "ja", "rules": [*map(_rule, rules)]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(file)} for file in report.files],
        "results": [_result(diagnostic, rules) for diagnostic in report.diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(slug: str) -> dict[str, object]:
    """Describe a rule, so that services show why it matters and how it is put right."""
    rule = explanation(slug)
    return {
        "id": slug,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": terminal_text(rule), "markdown": markdown_text(rule)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _location(file: str) -> dict[str, str]:
    path = relative(file)
    if PurePath(path).is_absolute():  # outside of any repository
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _result(diagnostic: Diagnostic, rules: list[str]) -> dict[str, object]:
    span = diagnostic.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": max(span.end_column, span.column if span.end_line == span.line else 1),
    }
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": rules.index(diagnostic.rule),
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(filter(None, (diagnostic.message, diagnostic.hint)))},
        "locations": [{"physicalLocation": {"artifactLocation": _location(diagnostic.file), "region": region}}],
    }
