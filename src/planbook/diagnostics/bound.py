"""How many findings of a kind are looked for: with so many, a plan is mended first, and then checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.diagnostics.document import Path, Span

MOST_FINDINGS = 1_000
"""Of one rule, or of what YAML reads or validation says: what takes many days to mend is looked for in seconds."""


def bounded(findings: Iterable[Finding], what: str) -> Iterator[Finding]:
    """Yield as many findings as are looked for; where there are more, the last one says so."""
    for number, finding in enumerate(findings):
        if number == MOST_FINDINGS:
            yield beyond(what, finding.at, finding.severity)
            return
        yield finding


def beyond(what: str, at: Path | Span, severity: Severity = Severity.ERROR) -> Finding:
    """Return the finding that says of the first one beyond these that nothing more of the kind was looked for."""
    message = f"{what}が {MOST_FINDINGS} 件を超えました。ほかにもありますが、ここまでで調べるのをやめました。"
    hint = "見つかったものを直してから、もう一度確かめてください。"
    return Finding("too-large", at, message, hint, severity=severity)
