"""The rule `repeated-goal`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.rules.registry import rule
from planbook.rules.similarity import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("repeated-goal", severity=Severity.WARNING)
def repeated_goal(plan: Plan) -> Iterator[Finding]:
    """Every project has a goal of its own."""
    collection = Collection(lambda length: min(length // 9, 5))
    for project in plan.projects():
        folded = fold(project.goal)
        similar = collection.nearest(folded)
        if similar is None:
            collection.add(folded, project.title)
        else:
            message = f"取り組み目標が、事業「{similar[:60]}」とほとんど同じです。"
            yield Finding(
                "", (*project.at, "goal"), message, "写し間違いでなければ、この事業だけの目標にしてください。"
            )
