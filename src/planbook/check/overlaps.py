"""Findings that overlap: of what one fault makes wrong at its own place, one finding is left.

What a fault makes wrong elsewhere in the file is left out by `consequences`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.locate import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.diagnostics.document import Document
    from planbook.source.compose import Source

_LACKING = {"missing-key", "empty-value", "wrong-type"}
"""What is found wherever something could not be read; so it says nothing beside the reason."""

_UNKNOWN_LINES = frozenset(
    (
        "alias",
        "tag",
        "stray-text",
        "unclosed-quote",
        "unclosed-bracket",
        "yaml",
        "complex-key",
        "merge-key",
        "missing-key",
    )
)
"""After these, nobody knows what the line was meant to be, or what was above it; its shape says nothing."""


def of_readable_lines(findings: Iterable[Finding], source: Source, document: Document) -> list[Finding]:
    """Return the findings about the shape of a plan without those of lines that could not be read anyway."""
    unknown_lines = {
        finding.at.line
        for finding in source.findings
        if isinstance(finding.at, Span) and finding.rule in _UNKNOWN_LINES
    }
    cut_off_keys = _keys_above_stray_text(source)
    return [
        finding
        for finding in findings
        if not (source.gaps and finding.rule in _LACKING)
        and not _is_of_unknown_line(finding, document, unknown_lines, cut_off_keys)
    ]


def _keys_above_stray_text(source: Source) -> set[int]:
    """Return the lines of the keys that seem to be empty because what they have could not be read."""
    lines = source.document.lines
    found = {each.at.line for each in source.findings if each.rule == "missing-colon" and isinstance(each.at, Span)}
    for finding in source.findings:
        if finding.rule == "stray-text" and isinstance(finding.at, Span):
            above = next((n for n in range(finding.at.line - 1, 0, -1) if lines[n - 1].strip()), 0)
            if above and lines[above - 1].rstrip().endswith(":"):
                found.add(above)
    return found


def _is_of_unknown_line(finding: Finding, document: Document, unknown_lines: set[int], cut_off_keys: set[int]) -> bool:
    """Whether a finding is about a line of which nobody knows what it was meant to be."""
    line = place(finding, document).line
    if line in unknown_lines:
        return not _is_about_year(finding, document.lines[line - 1])
    return line in cut_off_keys and finding.rule == "empty-value"


def _is_about_year(finding: Finding, line: str) -> bool:
    """Whether a finding is about the year with which its line begins: that much is known of it."""
    key = "" if isinstance(finding.at, Span) or not finding.at else str(finding.at[-1])
    typed = line.lstrip()[:4] if finding.rule == "invalid-year" else ""
    return typed.isdigit() and key.startswith(typed)


_SUPERSEDED = {
    "needs-quotes": ("unknown-department", "invalid-number", "invalid-choice"),
    "fullwidth-colon": ("invalid-year",),
    "invalid-number": ("invalid-number",),
    "tab": ("unknown-department", "wrong-type"),
    "indentation": ("extra-hyphen",),
}
"""What is left out beside another finding at the same place: with that one mended, it is gone."""


def not_superseded(found: tuple[Finding, ...], others: list[Finding], document: Document) -> tuple[Finding, ...]:
    """Leave out what was found in reading a text of which another finding says what it should be."""
    named = {rule for finding in found for rule in _SUPERSEDED.get(finding.rule, ())}
    on_line: dict[int, list[tuple[str, Span]]] = {}  # so that each is compared with those of its line alone
    for other in others:
        if other.rule in named:
            span = place(other, document)
            on_line.setdefault(span.line, []).append((other.rule, span))

    def is_superseded(finding: Finding) -> bool:
        at, rules_of_these = finding.at, _SUPERSEDED.get(finding.rule, ())
        return isinstance(at, Span) and any(
            rule in rules_of_these and (span.column <= at.column <= span.end_column or rule == "extra-hyphen")
            for rule, span in on_line.get(at.line, ())
        )

    return tuple(finding for finding in found if not is_superseded(finding))


def without_warnings_beside_errors(findings: list[Finding], document: Document) -> list[Finding]:
    """Leave out the warnings about what has an error: when it is mended, they may be gone."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    wrong = {finding.at for finding in errors}
    spans: dict[int, list[Span]] = {}
    for error in errors:
        if isinstance(error.at, Span):
            spans.setdefault(error.at.line, []).append(error.at)

    def stands_beside_error(finding: Finding) -> bool:
        if finding.rule == "too-large":
            return False
        if finding.at in wrong:
            return True
        span = place(finding, document)
        # A hidden character behind a dash or a colon is what was typed instead of the blank that is missing there.
        touching = finding.rule == "hidden-character"
        return any(
            error.column <= span.column
            and (error.end_line, error.end_column + touching) >= (span.line, span.end_column)
            for error in spans.get(span.line, ())
        )

    return [finding for finding in findings if finding.severity is Severity.ERROR or not stands_beside_error(finding)]
