"""The way through source, loading and rules: one plan file → everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook import rules
from planbook.diagnostics import Diagnostic, Severity, locate
from planbook.loading import Loaded, load
from planbook.rules.registry import run
from planbook.source.reading import read

if TYPE_CHECKING:
    from planbook.model import Plan

__all__ = ["Checked", "check", "rules"]


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check. `plan` is there only where there is no error: what is here may be printed."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have that severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def check(data: bytes, name: str) -> Checked:
    """Check the bytes of a plan file that messages call `name`."""
    document, findings = read(data, name)
    loaded = load(document.root) if document.root is not None else Loaded(None)
    findings = [*findings, *loaded.findings, *run(loaded)]
    diagnostics = sorted(locate(findings, document), key=lambda diagnostic: (diagnostic.span, diagnostic.rule))
    sound = not any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Checked(loaded.plan if sound else None, tuple(diagnostics))
