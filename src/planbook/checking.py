"""The way through source, loading and rules: one plan file → everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook import rules
from planbook.allowances import settle
from planbook.diagnostics import Diagnostic, Severity, locate
from planbook.document import Span
from planbook.explanations import rule_slugs
from planbook.loading import Loaded, load
from planbook.rules.registry import run
from planbook.source.reading import read
from planbook.spelling import spelled

if TYPE_CHECKING:
    from planbook.diagnostics import Finding
    from planbook.document import Document
    from planbook.model import Plan
    from planbook.source.reading import Source

__all__ = ["Checked", "check", "rules"]

_HOLES = {"missing-key", "empty-value", "wrong-type"}
"""What is found wherever something could not be read; so it is no news beside the reason."""

_OPAQUE = {"alias", "tag", "stray-text", "unclosed-quote", "unclosed-bracket", "yaml", "complex-key", "merge-key"}
"""After these, nobody knows what the line was meant to be; its shape says nothing."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check. `plan` is there only where there is no error: what is here may be printed.

    `sketch` is there more often: a plan with stand-ins (`loading.STAND_IN`) for what is wrong, never to be printed.
    """

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    sketch: Plan | None = None

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have that severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def check(data: bytes, name: str) -> Checked:
    """Check the bytes of a plan file that messages call `name`."""
    source = read(data, name)
    document, misspelled = spelled(source.document)
    loaded = load(document.root) if document.root is not None else Loaded(None)
    relations = [] if source.gaps else list(run(loaded))
    news = [finding for finding in (*misspelled, *loaded.findings) if not _is_echo(finding, source, document)]
    findings = settle([*source.findings, *news, *relations], document, rule_slugs())
    diagnostics = sorted(
        dict.fromkeys(locate(findings, document)), key=lambda diagnostic: (diagnostic.span, diagnostic.rule)
    )
    sound = not any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Checked(loaded.plan if sound else None, tuple(diagnostics), loaded.plan)


def _is_echo(finding: Finding, source: Source, document: Document) -> bool:
    """Whether a finding of the shape only repeats what the source already told."""
    if source.gaps and finding.rule in _HOLES:
        return True
    line = finding.at.line if isinstance(finding.at, Span) else document.span(finding.at, finding.part).line
    return any(isinstance(told.at, Span) and told.at.line == line and told.rule in _OPAQUE for told in source.findings)
