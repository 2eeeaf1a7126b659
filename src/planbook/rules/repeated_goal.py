"""The rule `repeated-goal`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.rules.common.plan_parts import copied_from, word
from planbook.rules.common.similarity import Collection, Comparisons
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan, Section

MIN_LENGTH = 9
"""Characters of a goal that says something: 「－」 or 「同上」 does not, and may stand many times."""


@rule("repeated-goal", severity=Severity.WARNING)
def repeated_goal(plan: Plan) -> Iterator[Finding]:
    """Every section has a goal of its own."""
    collection = Collection(lambda length: min(length // 9, 5), Comparisons())
    copies = copied_from(plan)
    first: dict[str, Section] = {}
    for section in plan.sections():
        folded = fold(section.goal or "")
        if len(folded) < MIN_LENGTH or section.at in copies:
            continue
        similar = collection.nearest(folded)
        if similar is None:
            collection.add(folded, section.title)
            first.setdefault(section.title, section)
        elif fold(similar) != fold(section.title):  # else its title is reported
            message = (
                f"{word(plan, 'goal')}が、{word(plan, first[similar].level)}「{similar[:60]}」とほとんど同じです。"
            )
            hint = "写し間違いなら直し、そうでなければ、"
            hint += f"この{word(plan, section.level)}ならではの目標に書き換えてください。"
            yield Finding("", (*section.at, "goal"), message, hint)
