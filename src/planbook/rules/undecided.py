"""Rules about 未定."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.registry import rule
from planbook.rules.texts import target_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("undecided", severity=Severity.WARNING)
def undecided(plan: Plan) -> Iterator[Finding]:
    """While the plan has a stage, a target may be undecided, but nobody forgets it."""
    if plan.stage is not None:
        yield from _undecided(plan, "決まったら、目標を書いてください。")


@rule("undecided-final", needs="stage")
def undecided_final(plan: Plan) -> Iterator[Finding]:
    """A plan without a stage is final, and every target is decided."""
    if plan.stage is None:
        hint = "目標を書いてください。まだ案のうちは、先頭に「stage: 案」と書けば「未定」のままにできます。"
        yield from _undecided(plan, hint)


def _undecided(plan: Plan, hint: str) -> Iterator[Finding]:
    for _, action in plan.originals.values():
        for years, target in action.targets.items():
            if target.undecided:
                message = f"「{action.title[:60]}」の目標が未定のままです。"
                yield Finding("", (*target_path(action, years), "text"), message, hint)
