"""The rule `duplicate-department`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.plan_parts import department_holders
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


@rule("duplicate-department", needs=_LIST)
def duplicate_department(plan: Plan) -> Iterator[Finding]:
    """No department stands twice in one list."""
    lists: list[tuple[Path, tuple[str, ...]]] = [((), tuple(department.name for department in plan.departments))]
    lists += [(holder.at, holder.departments or ()) for holder in department_holders(plan)]
    for at, names in lists:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                message = f"{plan.word('department')}「{name[:60]}」が二度書かれています。"
                yield Finding("", (*at, "departments", index), message, "どちらか一つを消してください。")
            seen.add(name)
