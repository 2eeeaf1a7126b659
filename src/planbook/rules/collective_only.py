"""The rule `collective-only`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


@rule("collective-only", severity=Severity.WARNING, needs=_LIST)
def collective_only(plan: Plan) -> Iterator[Finding]:
    """Somebody in particular answers for every action."""
    collective = {department.name for department in plan.departments if department.kind == "collective"}
    for _, action in plan.originals.values():
        if (own := plan.departments_of(action)) and collective.issuperset(own):
            message = f"担当が「{'、'.join(own)}」だけで、責任を持つ課が分かりません。"
            hint = "中心になる課を書き足してください。"
            place = (*action.at, "departments") if action.departments else action.at
            yield Finding("", place, message, hint, part="key")
