"""The rule `project-departments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import nearest
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


_ACTIONS = r".*/(relist|actions/\d+)"


@rule("project-departments", needs=f"{_LIST}|{_ACTIONS}")
def project_departments(plan: Plan) -> Iterator[Finding]:
    """A project that names its departments names all those of its actions."""
    known = {department.name for department in plan.departments}
    for project in plan.projects():
        if project.departments is None:
            continue
        # A name with a typing slip is told as unknown; the one that was meant is there.
        meant = {near for name in project.departments if name not in known for near in nearest(name, known)}
        told: set[str] = meant | set(project.departments)
        for entry in project.actions:
            if not isinstance(entry, Action) and entry.relist not in plan.originals:
                continue
            action = plan.original(entry)
            for name in action.departments:
                if name in known and name not in told:
                    told.add(name)
                    message = f"取組項目「{action.title[:60]}」の担当課「{name[:60]}」が、事業の担当課にありません。"
                    hint = f"「{name}」を足すか、取組項目と同じでよければ departments の行を消してください。\n"
                    hint += f"departments: [{', '.join((*project.departments, name))}]"
                    yield Finding("", (*project.at, "departments"), message, hint, part="key")
