"""Rules about 担当課."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics import Finding
from planbook.model import Action
from planbook.rules.registry import rule
from planbook.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.model import Plan, Project


@rule("unknown-department", needs=("departments", "departments/*"))
def unknown_department(plan: Plan) -> Iterator[Finding]:
    """Every department that answers for something is in the list at the top."""
    known = [department.name for department in plan.departments]
    holders: list[Project | Action] = []
    for project in plan.projects():
        holders += [project, *(entry for entry in project.actions if isinstance(entry, Action))]
    for holder in holders:
        for index, name in enumerate(holder.departments or ()):
            if name not in known:
                message = f"担当課「{name}」は departments にありません。"
                yield Finding("", (*holder.at, "departments", index), message, suggest(name, known))


@rule("project-departments", needs=("departments", "*/relist", "*/actions/*[0-9]"))
def project_departments(plan: Plan) -> Iterator[Finding]:
    """A project that names its departments names all those of its actions."""
    for project in plan.projects():
        if project.departments is None:
            continue
        for entry in project.actions:
            if isinstance(entry, Action) or entry.relist in plan.originals:
                action = plan.original(entry)
                for name in action.departments:
                    if name not in project.departments:
                        message = f"取組項目「{action.title}」の担当課「{name}」が、事業の担当課にありません。"
                        hint = f"事業の departments に「{name}」を足してください。"
                        yield Finding("", (*project.at, "departments"), message, hint, part="key")
