"""How many findings of a kind are looked for: with so many, a plan is mended first, and then checked again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.diagnostics.document import Path, Span

MAX_FINDINGS = 1_000
"""Of one rule, or of what YAML reads or validation says: what takes many days to mend is looked for in seconds."""


def up_to_limit(findings: Iterable[Finding], what: str) -> Iterator[Finding]:
    """Yield as many findings as are looked for; where there are more, the last one says so."""
    for number, finding in enumerate(findings):
        if number == MAX_FINDINGS:
            yield too_many(what, finding.at, finding.severity)
            return
        yield finding


def each_up_to_limit(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield as many findings of each rule as are told; the one behind these says that there are more."""
    told: Counter[str] = Counter()
    for finding in findings:
        told[finding.rule] += 1
        if told[finding.rule] <= MAX_FINDINGS:
            yield finding
        elif told[finding.rule] == MAX_FINDINGS + 1:
            yield too_many(f"「{finding.rule}」", finding.at, finding.severity)


def too_many(what: str, at: Path | Span, severity: Severity = Severity.ERROR) -> Finding:
    """Return the finding that says of the first one beyond these that nothing more of the kind was looked for."""
    message = f"{what}が {MAX_FINDINGS} 件を超えました。ほかにもありますが、ここまでで調べるのをやめました。"
    hint = "見つかったものを直してから、もう一度確かめてください。"
    return Finding("too-large", at, message, hint, severity=severity)
