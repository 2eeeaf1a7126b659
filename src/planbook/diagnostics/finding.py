"""What a check finds: findings in a plan, and diagnostics with their place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planbook.diagnostics.corrections import with_correction
from planbook.diagnostics.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.diagnostics.document import Document, Part, Path


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in a plan, said once, at the narrowest place.

    `rule` is its slug; `at` is the path it is about, or a span where there is no path (text that is not YAML);
    `part` says whether the key or the value there is wrong, `within` which words of it. `message` and `hint` are
    Japanese: what is wrong, and what to type. Where it is certain what was meant, `edits` has the wrong words and the
    right ones, or `instead` the YAML that is to stand in the place of the value, and `added` the keys that are to stand
    beside it: the hint then ends with the corrected line, to be typed as it stands there.
    """

    rule: str
    at: Path | Span
    message: str
    hint: str = ""
    part: Part = "value"
    severity: Severity = Severity.ERROR
    within: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    instead: str = ""
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place: `file:line:column` and the source line that it points into."""

    file: str
    span: Span
    rule: str
    severity: Severity
    message: str
    hint: str
    source_line: str


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
            start = document.lines[number - 1].find(within, span.column - 1 if number == span.line else 0)
            if start >= 0:
                return Span(number, start + 1, number, start + 1 + len(within))
    return span
