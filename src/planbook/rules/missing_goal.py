"""The rule `missing-goal`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.value_types import BLANK
from planbook.rules.common.plan_parts import most
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("missing-goal", severity=Severity.WARNING)
def missing_goal(plan: Plan) -> Iterator[Finding]:
    """Every section of a level in which most have a goal has one."""
    for level in plan.levels:
        sections = list(plan.sections(level))
        without = [section for section in sections if section.goal is None]
        if not most(len(sections) - len(without), len(sections)):
            continue
        for section in without:
            message = f"「{section.title[:30]}」に{plan.word('goal')}がありません。"
            hint = f"書き忘れでしたら、goal の行を足してください（例：goal: {BLANK}）。"
            yield Finding("", (*section.at, "title"), message, hint)
