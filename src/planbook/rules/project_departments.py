"""The rule `project-departments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
from planbook.rules.common.department_names import KnownNames
from planbook.rules.common.plan_parts import word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"
_ACTIONS = r".*/(relist|actions/\d+)"


@rule("project-departments", needs=f"{_LIST}|{_ACTIONS}")
def project_departments(plan: Plan) -> Iterator[Finding]:
    """A lowest section that names its departments names all those of its actions."""
    names = KnownNames(department.name for department in plan.departments)
    known = set(names.names)
    for section in plan.lowest_sections():
        if section.departments is None:
            continue
        # A name with a typing slip is reported as unknown; the one that was meant is there.
        named = {near for name in section.departments if name not in known for near in names.meant(name)}
        named.update(section.departments)
        missing: dict[str, str] = {}
        for entry in section.actions:
            if isinstance(entry, Action) or entry.relist in plan.originals:
                action = plan.original(entry)
                for name in action.departments or ():
                    if name in known and name not in named:
                        missing.setdefault(name, action.title)
        if missing:
            shown = "、".join(f"「{name[:60]}」" for name in missing)
            title = next(iter(missing.values()))
            department = word(plan, "department")
            message = f"{word(plan, 'action')}「{title[:60]}」の{department}{shown}が、"
            message += f"{word(plan, section.level)}の{department}にありません。"
            hint = f"{word(plan, 'action')}と同じでよければ departments の行を消し、{shown}を足すなら、"
            at, instead = (*section.at, "departments"), f"[{', '.join((*section.departments, *missing))}]"
            yield Finding("", at, message, hint, part="key", instead=instead, instead_of=at)
