"""Rules about 担当課."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold, nearest, suggest
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Project

_LIST = r"departments(/\d+(/name)?)?"
_ACTIONS = r".*/(relist|actions/\d+)"
_PARTS = r"(policies|.*/(measures|projects|actions))(/\d+)?"


@rule("unknown-department", needs=_LIST)
def unknown_department(plan: Plan) -> Iterator[Finding]:
    """Every department that answers for something is in the list at the top."""
    known = [department.name for department in plan.departments]
    places: dict[str, list[Path]] = {}
    for holder in _holders(plan):
        for index, name in enumerate(holder.departments or ()):
            places.setdefault(name, []).append((*holder.at, "departments", index))
    declared = {department.name: department.at for department in plan.departments}
    for name, paths in places.items():
        if name in declared:
            continue
        # A name that is wrong in the same way in several places is one fault: in the list, where that one is idle.
        others = f"（ほかに {len(paths) - 1} か所）" if len(paths) > 1 else ""
        idle = next((near for near in nearest(name, known) if near not in places), "")
        if others and idle:
            message = f"担当課「{idle[:60]}」はどこにも使われず、「{name[:60]}」が {len(paths)} か所にあります。"
            hint = f"どちらかに表記をそろえてください。ここを直すなら「{name[:60]}」です。"
            yield Finding("", declared[idle], message, hint)
        else:
            message = f"担当課「{name[:60]}」は、先頭の departments にありません{others}。"
            yield Finding("", paths[0], message, _hint(name, known))


def _hint(name: str, known: list[str]) -> str:
    parts = [part for part in re.split(r"[、，・／/\s]+", name) if part]
    folded = {fold(each): each for each in known}
    if len(parts) > 1 and all(fold(part) in folded for part in parts):
        return f"担当課を分けて書いてください。\n[{', '.join(folded[fold(part)] for part in parts)}]"
    return suggest(name, known) or "名称を確かめるか、先頭の departments に足してください。"


@rule("duplicate-department", needs=_LIST)
def duplicate_department(plan: Plan) -> Iterator[Finding]:
    """No department stands twice in one list."""
    lists: list[tuple[Path, tuple[str, ...]]] = [((), tuple(department.name for department in plan.departments))]
    lists += [(holder.at, holder.departments or ()) for holder in _holders(plan)]
    for at, names in lists:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                message = f"担当課「{name[:60]}」が二度書かれています。"
                yield Finding("", (*at, "departments", index), message, "どちらか一つを消してください。")
            seen.add(name)


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


@rule("collective-only", severity=Severity.WARNING, needs=_LIST)
def collective_only(plan: Plan) -> Iterator[Finding]:
    """Somebody in particular answers for every action."""
    collective = {department.name for department in plan.departments if department.kind == "collective"}
    for _, action in plan.originals.values():
        if collective.issuperset(action.departments):
            message = f"担当が「{'、'.join(action.departments)}」だけで、責任を持つ課が分かりません。"
            hint = "中心になる課を書き足してください。"
            yield Finding("", (*action.at, "departments"), message, hint, part="key")


@rule(
    "unused-department", severity=Severity.WARNING, needs=f"{_LIST}|{_ACTIONS}|policies.*/departments(/\\d+)?|{_PARTS}"
)
def unused_department(plan: Plan) -> Iterator[Finding]:
    """Every department of the list answers for something."""
    used = {name for holder in _holders(plan) for name in holder.departments or ()}
    known = [department.name for department in plan.departments]
    # A name with a typing slip is told as unknown; the one that was meant is used.
    used.update(*(nearest(name, known) for name in used.difference(known)))
    for department in plan.departments:
        if department.name not in used:
            message = f"担当課「{department.name[:60]}」は、どの事業・取組項目にも出てきません。"
            yield Finding("", department.at, message, "要らなければ消し、担当する取組項目があれば書き足してください。")


def _holders(plan: Plan) -> Iterator[Project | Action]:
    for project in plan.projects():
        yield project
        yield from (entry for entry in project.actions if isinstance(entry, Action))
