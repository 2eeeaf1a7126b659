"""The rule `project-departments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
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
    known = {department.name for department in plan.departments}
    seen: set[str] = set()
    """The actions above: what a relisting has that stands before its original is not known for sure."""
    for section in plan.lowest_sections():
        seen.update(entry.id for entry in section.actions if isinstance(entry, Action))
        # A name that is not known is reported, and it may be any of those that seem to be missing.
        if section.departments is None or not known.issuperset(section.departments):
            continue
        missing: dict[str, str] = {}
        for entry in section.actions:
            if isinstance(entry, Action) or entry.relist in seen:
                action = plan.original(entry)
                for name in action.departments or ():
                    if name in known and name not in section.departments:
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
