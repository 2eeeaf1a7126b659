"""Rules about the same words twice: what was copied, and what drifted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action
from planbook.rules.registry import rule
from planbook.rules.similarity import Collection
from planbook.rules.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Project

SHORT_TITLE, LONG_TITLE = 6, 12
"""Titles from these lengths on may differ by one and by two characters and still be the same by mistake."""


@rule("similar-titles", severity=Severity.WARNING)
def similar_titles(plan: Plan) -> Iterator[Finding]:
    """What has the same title is one thing, or a relisting of it."""
    collections: dict[str, Collection] = {}
    for path, kind, title in titles(plan):
        collection = collections.setdefault(kind, Collection(_tolerance))
        folded = fold(title)
        similar = collection.nearest(folded)
        if similar is None:
            collection.add(folded, title)
        elif similar == title:
            message = f"同じ名称の{kind}「{title[:60]}」がほかにもあります。"
            hint = "同じ取組なら relist で再掲し、別の取組なら名称で区別してください。"
            if kind != "取組項目":
                hint = "別のものなら、名称で区別してください。"
            yield Finding("", path, message, hint)
        else:
            message = f"よく似た名称の{kind}「{similar[:60]}」がほかにあります。"
            hint = "同じ取組なら relist で再掲するか、表記をそろえてください。"
            if kind != "取組項目":
                hint = "同じものなら、表記をそろえてください。"
            yield Finding("", path, message, hint)


def _tolerance(length: int) -> int:
    return (length >= SHORT_TITLE) + (length >= LONG_TITLE)


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


@rule("repeated-approach", severity=Severity.WARNING)
def repeated_approach(plan: Plan) -> Iterator[Finding]:
    """An approach stands twice only where the projects share an action."""
    first: dict[str, Project] = {}
    for project in plan.projects():
        own: set[str] = set()
        for index, approach in enumerate(project.approaches):
            other = first.setdefault(fold(approach), project)
            path: Path = (*project.at, "approaches", index)
            if other is project:
                if approach in own:
                    yield Finding("", path, "同じ主な取り組みが二度書かれています。", "どちらか一つを消してください。")
            elif not _originals(other) & _originals(project):
                message = f"主な取り組みが、事業「{other.title[:60]}」と同じです。"
                hint = "写し間違いなら直し、取組項目も共通なら relist で再掲してください。"
                yield Finding("", path, message, hint)
            own.add(approach)


def _originals(project: Project) -> set[str]:
    return {entry.id if isinstance(entry, Action) else entry.relist for entry in project.actions}
