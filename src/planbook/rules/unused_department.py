"""The rule `unused-department`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import nearest
from planbook.rules.plan_parts import department_holders
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


_ACTIONS = r".*/(relist|actions/\d+)"


_PARTS = r"(policies|.*/(measures|projects|actions))(/\d+)?"


@rule(
    "unused-department", severity=Severity.WARNING, needs=f"{_LIST}|{_ACTIONS}|policies.*/departments(/\\d+)?|{_PARTS}"
)
def unused_department(plan: Plan) -> Iterator[Finding]:
    """Every department of the list answers for something."""
    used = {name for holder in department_holders(plan) for name in holder.departments or ()}
    known = [department.name for department in plan.departments]
    # A name with a typing slip is told as unknown; the one that was meant is used.
    used.update(*(nearest(name, known) for name in used.difference(known)))
    for department in plan.departments:
        if department.name not in used:
            message = f"担当課「{department.name[:60]}」は、どの事業・取組項目にも出てきません。"
            yield Finding("", department.at, message, "要らなければ消し、担当する取組項目があれば書き足してください。")
