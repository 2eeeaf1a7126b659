"""Rules about 再掲."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics import Finding
from planbook.model import Action
from planbook.rules.registry import rule
from planbook.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.model import Plan


@rule("unknown-relisting", needs=("*/id", "*/actions/*[0-9]"))
def unknown_relisting(plan: Plan) -> Iterator[Finding]:
    """A relisting points to an action of the plan."""
    for project in plan.projects():
        for entry in project.actions:
            if not isinstance(entry, Action) and entry.relist not in plan.originals:
                message = f"再掲の元「{entry.relist}」という id の取組項目がありません。"
                yield Finding("", (*entry.at, "relist"), message, suggest(entry.relist, plan.originals))


@rule("relisting-before-original", needs=("*/id", "*/actions/*[0-9]"))
def relisting_before_original(plan: Plan) -> Iterator[Finding]:
    """A relisting follows its original."""
    seen: set[str] = set()
    for project in plan.projects():
        for entry in project.actions:
            if isinstance(entry, Action):
                seen.add(entry.id)
            elif entry.relist in plan.originals and entry.relist not in seen:
                message = f"再掲「{entry.relist}」が元の取組項目より前にあります。"
                yield Finding("", (*entry.at, "relist"), message, "元と再掲を入れ替えてください。")


@rule("relisted-twice")
def relisted_twice(plan: Plan) -> Iterator[Finding]:
    """No action stands twice in one project."""
    for project in plan.projects():
        seen: set[str] = set()
        for entry in project.actions:
            id_ = entry.id if isinstance(entry, Action) else entry.relist
            if id_ in seen and not isinstance(entry, Action):
                message = f"「{id_}」は同じ事業にもうあります。"
                yield Finding("", (*entry.at, "relist"), message, "この再掲を消してください。")
            seen.add(id_)
