"""The rule `unknown-relisting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import nearest, suggest
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_IDS = r".*/(id|actions/\d+)"


@rule("unknown-relisting", needs=_IDS)
def unknown_relisting(plan: Plan) -> Iterator[Finding]:
    """A relisting points to an action of the plan."""
    others = {part.id: "基本方針" for part in plan.policies}
    others |= {part.id: "施策" for part in plan.measures()}
    others |= {part.id: "事業" for part in plan.projects()}
    titles = {action.title: id_ for id_, (_, action) in plan.originals.items()}
    for project in plan.projects():
        for entry in project.actions:
            if isinstance(entry, Action) or entry.relist in plan.originals:
                continue
            if kind := others.get(entry.relist):
                message = f"「{entry.relist[:60]}」は{kind}の id です。再掲できるのは取組項目だけです。"
            else:
                message = f"再掲の元になる、id が「{entry.relist[:60]}」の取組項目がありません。"
            hint = suggest(entry.relist, plan.originals)
            if titled := nearest(entry.relist, titles):
                hint = f"名称でなく id を書きます。もしかして「{titles[titled[0]]}」ですか。"
            hint = hint or "元の取組項目の id を確かめてください。"
            yield Finding("", (*entry.at, "relist"), message, hint)
