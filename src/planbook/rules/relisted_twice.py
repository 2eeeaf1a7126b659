"""The rule `relisted-twice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_IDS = r".*/(id|actions/\d+)"


@rule("relisted-twice", needs=_IDS)
def relisted_twice(plan: Plan) -> Iterator[Finding]:
    """No action stands twice in one project."""
    for project in plan.projects():
        own = {entry.id for entry in project.actions if isinstance(entry, Action)}
        seen: set[str] = set()
        for entry in project.actions:
            if isinstance(entry, Action):
                continue
            if entry.relist in seen or entry.relist in own:
                message = f"取組項目「{entry.relist[:60]}」は、同じ事業の中にもうあります。"
                yield Finding("", (*entry.at, "relist"), message, "この再掲の行を消してください。")
            seen.add(entry.relist)
