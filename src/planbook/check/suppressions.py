"""Warnings that a plan allows, each with a reason.

`# planbook: allow RULE 理由` silences a rule on its line, or on the line below; an item of `check: allow:` at the top
of the plan file silences it in the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar, Span
from planbook.diagnostics.document import Sequence as SequenceOfValues
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.finding_limit import up_to_limit
from planbook.diagnostics.locate import place
from planbook.diagnostics.suggestions import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from planbook.diagnostics.document import Document

    Slugs = Callable[[], Collection[str]]
    """Gives the slugs of all rules, where one has to be looked up."""

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s*planbook\s*[:：]\s*allow\b[ \t　]*(?P<rule>[\w-]*)[ \t　]*(?P<reason>.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _PlacedAllowance:
    rule: str
    reason: str
    span: Span
    line: int
    """The line that it is about: its own, or below a comment of its own the next one with content; 0: all lines."""


def without_allowed(findings: Sequence[Finding], document: Document, rules: Slugs) -> list[Finding]:
    """Return the findings without the warnings that are allowed, and with those about the allowances themselves.

    An allowance without a reason, or of a misspelt rule, is reported instead of the warning that it means.
    """
    allowances = [*_allowances(document.lines), *_in_whole_file(document)]
    if not allowances:
        return list(findings)
    slugs = tuple(rules())
    known = frozenset(slugs)
    by_place: dict[tuple[str, int], list[_PlacedAllowance]] = {}
    for allowance in allowances:
        meant = allowance.rule if allowance.rule in known else next(iter(nearest(allowance.rule, slugs)), "")
        by_place.setdefault((meant, allowance.line), []).append(allowance)
    used: set[_PlacedAllowance] = set()
    kept = []
    wrong: set[tuple[str, int]] = set()
    for finding in findings:
        places = [(finding.rule, line) for line in {0, *_lines(finding, document)}]
        if finding.severity is not Severity.WARNING:
            wrong.update(places)
            kept.append(finding)
            continue
        matching = [each for place in places for each in by_place.get(place, ())]
        used.update(each for each in matching if each.reason and each.rule in known)
        if not matching:
            kept.append(finding)
    broken = any(finding.severity is Severity.ERROR or finding.rule == "too-large" for finding in findings)
    faults = (_fault(each, slugs, broken=broken, wrong=wrong) for each in allowances if each not in used)
    return [*kept, *up_to_limit(filter(None, faults), "警告を止めるコメントの誤り")]


def _allowances(lines: tuple[str, ...]) -> list[_PlacedAllowance]:
    found: list[_PlacedAllowance] = []
    below = 0
    if not any("planbook" in line for line in lines):
        return found
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if "planbook" in line and (match := _COMMENT.search(line)):
            alone = not line[: match.start()].strip()
            about = below if alone and below else index + 1
            span = Span(index + 1, match.start() + 1, index + 1, len(line.rstrip()) + 1)
            found.append(_PlacedAllowance(match["rule"], match["reason"].strip(), span, about))
        if line.strip() and not line.lstrip().startswith("#"):
            below = index + 1
    return found[::-1]


def _in_whole_file(document: Document) -> Iterator[_PlacedAllowance]:
    """Yield what `check: allow:` has; that a reason is missing there is reported when the plan is loaded."""
    settings = document.root.get("check") if isinstance(document.root, Mapping) else None
    if isinstance(settings, SequenceOfValues) and len(settings) == 1:
        settings = settings[0]  # with a hyphen too many, which is reported
    allowed = settings.get("allow") if isinstance(settings, Mapping) else None
    for item in allowed if isinstance(allowed, SequenceOfValues) else (allowed,):
        # A rule alone, without a reason beside it, is reported as well.
        rule, reason = (item.get("rule"), item.get("reason")) if isinstance(item, Mapping) else (item, None)
        if isinstance(rule, Scalar):
            said = reason.strip() if isinstance(reason, Scalar) else ""
            yield _PlacedAllowance(str(rule), said, document.span(rule.path), 0)


def _lines(finding: Finding, document: Document) -> set[int]:
    """Return the lines at which a finding may be allowed: where it points, and where its key and value begin."""
    lines = {place(finding, document).line}
    if not isinstance(finding.at, Span):
        lines |= {document.span(finding.at).line, document.span(finding.at, "key").line}
    return lines


def _fault(
    allowance: _PlacedAllowance, rules: tuple[str, ...], *, broken: bool, wrong: Collection[tuple[str, int]]
) -> Finding | None:
    """Say what is wrong with an allowance that allows nothing; `wrong` has the rules and lines of errors."""
    rule, at = allowance.rule, allowance.span
    if not allowance.line and not allowance.reason:
        return None  # reported when the plan was loaded
    if rule not in rules:
        message = f"「{rule}」という規則はありません。" if rule else "どの警告を止めるのか、規則名がありません。"
        hint = _suggested(rule, rules) or "警告の行末の [ ] の中の規則名を書いてください。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING, within=rule)
    if not allowance.reason:
        message = "警告を止める理由がありません。"
        hint = f"理由を書くと警告が止まります（例：# planbook: allow {rule} 前計画の表記のとおり）。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING)
    if (rule, allowance.line) in wrong:
        message = f"「{rule}」はエラーなので、止めることはできません。"
        hint = f"計画を直し、この{'コメント' if allowance.line else '項目'}を消してください。"
        return Finding("invalid-allowance", at, message, hint, severity=Severity.WARNING)
    if broken:
        return None  # while there are errors, or more than are looked for, not every warning is found
    message, hint = f"「{rule}」の警告は、もうここにはありません。", "このコメントを消してください。"
    if not allowance.line:
        message, hint = f"「{rule}」の警告は、このファイルにはもうありません。", "この項目を消してください。"
    return Finding("unused-allowance", at, message, hint, severity=Severity.WARNING)


_suggested = lru_cache(suggest)
"""Kept: a file may have the same wrong word in thousands of comments."""
