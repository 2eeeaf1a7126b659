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
    others = {section.id: plan.word(section.level) for section in plan.sections()}
    word = plan.word("action")
    titles = {action.title: id_ for id_, (_, action) in plan.originals.items()}
    for section in plan.lowest_sections():
        for entry in section.actions:
            if isinstance(entry, Action) or entry.relist in plan.originals:
                continue
            if kind := others.get(entry.relist):
                message = f"「{entry.relist[:60]}」は{kind}の id です。再掲できるのは{word}だけです。"
            else:
                message = f"再掲の元になる、id が「{entry.relist[:60]}」の{word}がありません。"
            hint = suggest(entry.relist, plan.originals)
            if titled := nearest(entry.relist, titles):
                hint = f"名称でなく id を書きます。もしかして「{titles[titled[0]]}」ですか。"
            hint = hint or f"元の{word}の id を確かめてください。"
            yield Finding("", (*entry.at, "relist"), message, hint)
