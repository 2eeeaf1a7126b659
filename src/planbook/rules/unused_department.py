"""The rule `unused-department`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.value_types import BLANK
from planbook.rules.common.department_names import KnownNames
from planbook.rules.common.plan_parts import department_holders, word
from planbook.rules.missing_department import without_department
from planbook.rules.registry import rule
from planbook.rules.unknown_department import renamed_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"
_ACTIONS = r".*/(relist|actions/\d+)"
_PARTS = r"(pillars|(.*/)?policies|.*/(measures|projects|actions))(/\d+)?"


@rule(
    "unused-department",
    severity=Severity.WARNING,
    needs=f"{_LIST}|{_ACTIONS}|(pillars|policies).*/departments(/\\d+)?|{_PARTS}",
)
def unused_department(plan: Plan) -> Iterator[Finding]:
    """Every department of the list answers for something. Where parts are still to be written, nobody knows."""
    if without_department(plan) or any(action.title == BLANK for _, action in plan.originals.values()):
        return
    used = {name for holder in department_holders(plan) for name in holder.departments or ()}
    known = KnownNames(department.name for department in plan.departments)
    # A name with a typing slip is reported as unknown; the one that was meant is used.
    used.update(*(known.meant(name) for name in used.difference(known.names)))
    used.add(renamed_pair(plan, known)[1])
    for department in plan.departments:
        if department.name not in used:
            parts = f"{word(plan, plan.levels[-1])}・{word(plan, 'action')}"
            message = f"{word(plan, 'department')}「{department.name[:60]}」は、どの{parts}にも出てきません。"
            hint = f"不要なら消し、担当する{word(plan, 'action')}があれば書き足してください。"
            yield Finding("", department.at, message, hint)
