"""The rule `repeated-approach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action
from planbook.rules.plan_parts import copied_from, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Project


@rule("repeated-approach", severity=Severity.WARNING, needs=r".*/(relist|actions(/\d+)?(/id)?|id)")
def repeated_approach(plan: Plan) -> Iterator[Finding]:
    """An approach stands twice only where the projects share an action."""
    first: dict[str, Project] = {}
    copies = copied_from(plan)
    for project in plan.projects():
        own: set[str] = set()
        for index, approach in enumerate(project.approaches):
            other = first.setdefault(fold(approach), project)
            path: Path = (*project.at, "approaches", index)
            if other is project:
                if approach in own:
                    message = f"同じ{word(plan, 'approaches')}が二度書かれています。"
                    yield Finding("", path, message, "どちらか一つを消してください。")
            elif _may_share(plan, other, project) or project.at in copies or _same(other, project):
                pass  # told, or not wrong
            else:
                message = f"{word(plan, 'approaches')}が、{word(plan, 'project')}「{other.title[:60]}」と同じです。"
                hint = f"写し間違いなら直し、{word(plan, 'action')}も共通なら relist で再掲してください。"
                yield Finding("", path, message, hint)
            own.add(approach)


def _may_share(plan: Plan, one: Project, other: Project) -> bool:
    """Tell whether two projects share an action, or may do so: where a relisting points to nothing, nobody knows."""
    ids = [_originals(each) for each in (one, other)]
    return bool(ids[0] & ids[1]) or any(not each <= plan.originals.keys() for each in ids)


def _originals(project: Project) -> set[str]:
    return {entry.id if isinstance(entry, Action) else entry.relist for entry in project.actions}


def _same(one: Project, other: Project) -> bool:
    return fold(one.title) == fold(other.title) or fold(one.goal) == fold(other.goal)
