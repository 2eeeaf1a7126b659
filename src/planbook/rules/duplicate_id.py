"""The rule `duplicate-id`."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
from planbook.rules.common.plan_parts import copied_from, identified, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("duplicate-id")
def duplicate_id(plan: Plan) -> Iterator[Finding]:
    """No id stands for two things."""
    titles: dict[str, str] = {}
    ids = {part.id for _, part in identified(plan)}
    # A number that was given to one of equal ids, or was not free, is not tried for the next one.
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    copies = copied_from(plan)
    for level, part in identified(plan):
        if part.id in titles and copies.get(part.at, "top") == "top":
            relisted = ""
            if isinstance(part, Action) and part.id in plan.originals:
                relisted = f"再掲なら、この項目を「- relist: {part.id[:60]}」の一行だけにします。"
            if part.at in copies:
                named = f"{word(plan, level)}「{part.title[:60]}」"
                message = f"{named}が、コピーしたままです（id「{part.id[:60]}」も同じです）。"
                hint = f"id と中身を書き換えるか、不要ならこの項目を消してください。{relisted}"
                yield Finding("", (*part.at, "id"), message, hint)
            else:
                free = next(new for number in numbers[part.id] if (new := f"{part.id}-{number}") not in ids)
                message = f"id「{part.id[:60]}」は、「{titles[part.id][:60]}」でもう使われています。"
                hint = f"ほかと重ならない id にします（値は例です）。{relisted}別のものなら、"
                yield Finding("", (*part.at, "id"), message, hint, edits=((part.id, free),))
        titles.setdefault(part.id, part.title)
