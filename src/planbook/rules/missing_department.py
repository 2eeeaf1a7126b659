"""The rule `missing-department`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.value_types import BLANK
from planbook.rules.common.plan_parts import most
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Action, Plan


def without_department(plan: Plan) -> list[Action]:
    """Return the actions without a department, of a plan in which most have one."""
    actions = [action for _, action in plan.originals.values()]
    without = [action for action in actions if not plan.departments_of(action)]
    return without if most(len(actions) - len(without), len(actions)) else []


@rule("missing-department", severity=Severity.WARNING, needs=r"(.*/)?departments(/.*)?")
def missing_department(plan: Plan) -> Iterator[Finding]:
    """Somebody answers for every action of a plan in which somebody answers for most."""
    example = next((department.name[:30] for department in plan.departments), BLANK)
    for action in without_department(plan):
        message = f"「{action.title[:30]}」に{plan.word('department')}がありません。"
        hint = f"書き忘れでしたら、departments の行を足してください（例：departments: [{example}]）。"
        yield Finding("", (*action.at, "title"), message, hint)
