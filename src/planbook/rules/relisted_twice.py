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
    """No action stands twice in one section."""
    for section in plan.lowest_sections():
        own = {entry.id for entry in section.actions if isinstance(entry, Action)}
        seen: set[str] = set()
        for entry in section.actions:
            if isinstance(entry, Action):
                continue
            if entry.relist in seen or entry.relist in own:
                action, word = plan.word("action"), plan.word(section.level)
                message = f"{action}「{entry.relist[:60]}」は、同じ{word}の中にもうあります。"
                yield Finding("", (*entry.at, "relist"), message, "この再掲の行を消してください。")
            seen.add(entry.relist)
