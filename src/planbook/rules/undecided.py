"""The rule `undecided`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import target_path
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("undecided", severity=Severity.WARNING)
def undecided(plan: Plan) -> Iterator[Finding]:
    """While the plan has a stage, a target may be undecided, but nobody forgets it."""
    if plan.stage is not None:
        yield from undecided_targets(plan, "決まったら、目標を書いてください。")


def undecided_targets(plan: Plan, hint: str) -> Iterator[Finding]:
    """Yield a finding for every target that is undecided."""
    for _, action in plan.originals.values():
        for years, target in action.targets.items():
            if target.undecided:
                message = f"「{action.title[:60]}」の目標が未定のままです。"
                yield Finding("", (*target_path(action, years), "text"), message, hint)
