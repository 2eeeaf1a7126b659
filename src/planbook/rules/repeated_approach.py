"""The rule `repeated-approach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Project


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
