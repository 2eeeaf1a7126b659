"""The rule `unknown-relisting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import SHORT_LIST, nearest, perhaps, suggest
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_IDS = r".*/(id|actions/\d+)"


@rule("unknown-relisting", needs=_IDS)
def unknown_relisting(plan: Plan) -> Iterator[Finding]:
    """A relisting points to an action of the plan."""
    others = {section.id: section for section in plan.sections()}
    word = plan.word("action")
    titles = {action.title: id_ for id_, (_, action) in plan.originals.items()}
    for section in plan.lowest_sections():
        for entry in section.actions:
            if isinstance(entry, Action) or entry.relist in plan.originals:
                continue
            if other := others.get(entry.relist):
                kind = plan.word(other.level)
                message = f"「{entry.relist[:60]}」は{kind}の id です。再掲できるのは{word}だけです。"
                inside = [each.id for each in other.actions if isinstance(each, Action)]
                listed = f"この{kind}の{word}は {'、'.join(inside)} です。" if 0 < len(inside) <= SHORT_LIST else ""
                yield Finding("", (*entry.at, "relist"), message, listed or f"元の{word}の id を書いてください。")
                continue
            message = f"再掲の元になる、id が「{entry.relist[:60]}」の{word}がありません。"
            hint = suggest(entry.relist, plan.originals)
            if titled := nearest(entry.relist, titles):
                hint = f"名称でなく id を書きます。{perhaps(titles[titled[0]])}"
            hint = hint or f"元の{word}の id を確かめてください。"
            yield Finding("", (*entry.at, "relist"), message, hint)
