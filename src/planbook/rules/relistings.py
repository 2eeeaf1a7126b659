"""Rules about 再掲."""

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


@rule("relisting-before-original", needs=_IDS)
def relisting_before_original(plan: Plan) -> Iterator[Finding]:
    """A relisting follows its original."""
    seen: set[str] = set()
    for project in plan.projects():
        for entry in project.actions:
            if isinstance(entry, Action):
                seen.add(entry.id)
            elif entry.relist in plan.originals and entry.relist not in seen:
                message = f"再掲「{entry.relist[:60]}」が、元の取組項目より前にあります。"
                hint = "先に出る方に取組項目の中身を書き、後に出る方を relist にしてください。"
                yield Finding("", (*entry.at, "relist"), message, hint)


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
