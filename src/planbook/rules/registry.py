"""Where rules are registered and run."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.finding_limit import up_to_limit
from planbook.plan import stand_ins

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from planbook.diagnostics.document import Document, Path
    from planbook.plan.load import Loaded
    from planbook.plan.model import Plan

    Check = Callable[[Plan], Iterator[Finding]]
    TypedCheck = Callable[[Plan, Document], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its slug and severity.

    `needs` is a pattern of paths joined with `/`: where something that it matches in full is damaged, the rule has
    nothing to stand on and is skipped.
    """

    slug: str
    severity: Severity
    needs: str
    check: TypedCheck


RULES: dict[str, Rule] = {}


def rule(slug: str, *, severity: Severity = Severity.ERROR, needs: str = "(?!)") -> Callable[[Check], Check]:
    """Register a check under its slug. Its findings need not repeat slug and severity."""

    def register(check: Check) -> Check:
        RULES[slug] = Rule(slug, severity, needs, lambda plan, _: check(plan))
        return check

    return register


def typed_rule(
    slug: str, *, severity: Severity = Severity.ERROR, needs: str = "(?!)"
) -> Callable[[TypedCheck], TypedCheck]:
    """Register a check that also asks how the plan is typed: it is given the document as well."""

    def register(check: TypedCheck) -> TypedCheck:
        RULES[slug] = Rule(slug, severity, needs, check)
        return check

    return register


def run(loaded: Loaded, document: Document, *, warnings: bool = True) -> Iterator[Finding]:
    """Run all rules whose ground is sound, or those that find errors; one fault gives one finding."""
    if loaded.plan is None:
        return
    damaged = _as_needed(loaded.damaged) if loaded.damaged else set()
    around = {path[:length] for path in loaded.damaged for length in range(len(path) + 1)}
    for each in RULES.values():
        if any(re.fullmatch(each.needs, path) for path in damaged):
            continue
        if each.severity is Severity.WARNING and not warnings:
            continue
        found = (
            replace(finding, rule=each.slug, severity=each.severity)
            for finding in each.check(loaded.plan, document)
            if not _is_cascade(finding, loaded.damaged, around)
        )
        yield from up_to_limit(found, f"「{each.slug}」")


def _as_needed(damaged: Collection[Path]) -> set[str]:
    """Return damaged paths as `Rule.needs` has them: of many in a list, or in targets, one says as much as all.

    What a rule needs never depends on the number of an item, nor on what is no key of the format.
    """
    from planbook.plan.shape import all_keys  # noqa: PLC0415 - only a plan with a fault needs it

    keys = all_keys()
    return {"/".join(step if isinstance(step, str) and step in keys else "0" for step in path) for path in damaged}


def _is_cascade(finding: Finding, damaged: Collection[Path], around: Collection[Path]) -> bool:
    """Tell whether a finding only repeats what loading has already said of it, or of a part `around` it."""
    if isinstance(finding.at, Span):
        return False
    at = finding.at
    inside_damage = any(at[:length] in damaged for length in range(1, len(at) + 1))
    return inside_damage or at in around or stand_ins.mentions(finding.message + finding.hint)
