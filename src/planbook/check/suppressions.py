"""Warnings that a plan allows, each with a reason.

`# planbook: allow RULE 理由` silences a rule on its line, or on the line below; an item of `check: allow:` at the top
of the plan file silences it in the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar, Span
from planbook.diagnostics.document import Sequence as SequenceOfValues
from planbook.diagnostics.finding import Finding, Severity, place
from planbook.diagnostics.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from planbook.diagnostics.document import Document

    Slugs = Callable[[], Collection[str]]
    """Gives the slugs of all rules, where one has to be looked up."""

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s*planbook\s*[:：]\s*allow\b[ \t　]*(?P<rule>[\w-]*)[ \t　]*(?P<reason>.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Allowance:
    rule: str
    reason: str
    span: Span
    line: int
    """The line that it is about: its own, or below a comment of its own the next one with content; 0: all lines."""


def settle(findings: Sequence[Finding], document: Document, rules: Slugs) -> list[Finding]:
    """Return the findings without the warnings that are allowed, and with those about the allowances themselves.

    An allowance silences nothing without a reason.
    """
    allowances = [*_allowances(document.lines), *_in_whole_file(document)]
    if not allowances:
        return list(findings)
    used: set[_Allowance] = set()
    kept = []
    for finding in findings:
        if finding.severity is not Severity.WARNING:
            kept.append(finding)
            continue
        lines = _lines(finding, document)
        matching = [
            each for each in allowances if each.rule == finding.rule and each.reason and each.line in {0, *lines}
        ]
        used.update(matching)
        if not matching:
            kept.append(finding)
    broken = any(finding.severity is Severity.ERROR for finding in findings)
    unused = [each for each in allowances if each not in used]
    faults = (_fault(each, findings, document, rules, broken=broken) for each in unused)
    return [*kept, *filter(None, faults)]


def _allowances(lines: tuple[str, ...]) -> Iterator[_Allowance]:
    for index, line in enumerate(lines):
        if "planbook" not in line or not (match := _COMMENT.search(line)):
            continue
        about = index
        if not line[: match.start()].strip():
            about = next((n for n in range(index + 1, len(lines)) if re.match(r"\s*[^\s#]", lines[n])), index)
        span = Span(index + 1, match.start() + 1, index + 1, len(line.rstrip()) + 1)
        yield _Allowance(match["rule"], match["reason"].strip(), span, about + 1)


def _in_whole_file(document: Document) -> Iterator[_Allowance]:
    """Yield what `check: allow:` has, as far as it is complete; what is not is told when the plan is loaded."""
    settings = document.root.get("check") if isinstance(document.root, Mapping) else None
    allowed = settings.get("allow") if isinstance(settings, Mapping) else None
    for index, item in enumerate(allowed if isinstance(allowed, SequenceOfValues) else ()):
        rule, reason = (item.get(key) if isinstance(item, Mapping) else None for key in ("rule", "reason"))
        if isinstance(rule, Scalar) and isinstance(reason, Scalar) and reason.strip():
            yield _Allowance(str(rule), str(reason), document.span(("check", "allow", index, "rule")), 0)


def _lines(finding: Finding, document: Document) -> set[int]:
    """Return the lines at which a finding may be allowed: where it points, and where its key and value begin."""
    lines = {place(finding, document).line}
    if not isinstance(finding.at, Span):
        lines |= {document.span(finding.at).line, document.span(finding.at, "key").line}
    return lines


def _fault(
    allowance: _Allowance, findings: Sequence[Finding], document: Document, rules: Slugs, *, broken: bool
) -> Finding | None:
    rule, at = allowance.rule, allowance.span
    if rule not in rules():
        message = f"「{rule}」という規則はありません。" if rule else "許す規則がありません。"
        hint = suggest(rule, rules()) or "警告の行末の [ ] の中の規則名を書いてください。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING)
    if not allowance.reason:
        message = "警告を許す理由がありません。"
        hint = f"理由を書くと警告が止まります（例：# planbook: allow {rule} 前計画の表記のとおり）。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING)
    here = [
        finding for finding in findings if finding.rule == rule and allowance.line in {0, *_lines(finding, document)}
    ]
    if any(finding.severity is Severity.ERROR for finding in here):
        message = f"「{rule}」はエラーなので、許すことはできません。"
        hint = "計画を直し、この行を消してください。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING)
    if broken:
        return None  # while there are errors, not every warning is found
    message, hint = f"「{rule}」の警告は、もうここにはありません。", "このコメントを消してください。"
    if not allowance.line:
        message, hint = f"「{rule}」の警告は、このファイルにはもうありません。", "この項目を消してください。"
    return Finding("unused-allowance", at, message, hint, severity=Severity.WARNING)
