"""The rule `relisting-before-original`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan

_IDS = r".*/(id|actions/\d+)"


@typed_rule("relisting-before-original", needs=_IDS)
def relisting_before_original(plan: Plan, document: Document) -> Iterator[Finding]:
    """A relisting follows its original."""
    seen: set[str] = set()
    for section in plan.lowest_sections():
        for entry in section.actions:
            if isinstance(entry, Action):
                seen.add(entry.id)
            elif entry.relist in plan.originals and entry.relist not in seen:
                line = document.span(plan.originals[entry.relist][1].at).line
                message = f"再掲「{entry.relist[:60]}」が、元の{plan.word('action')}（{line} 行目）より前にあります。"
                hint = f"先に出る方に{plan.word('action')}の中身を書き、後に出る方を relist にしてください。"
                yield Finding("", (*entry.at, "relist"), message, hint)
