"""The rule `duplicate-id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import Action
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Measure, Plan, Policy, Project


@rule("duplicate-id")
def duplicate_id(plan: Plan) -> Iterator[Finding]:
    """No id stands for two things."""
    titles: dict[str, str] = {}
    for part in _identified(plan):
        if part.id in titles:
            message = f"id「{part.id[:60]}」は、「{titles[part.id][:60]}」でもう使われています。"
            hint = f"ほかと重ならない id にしてください（例：{part.id[:60]}-2）。"
            if isinstance(part, Action) and part.id in plan.originals:
                hint += f"同じ取組の再掲なら、この項目を次の一行だけにしてください。\n- relist: {part.id[:60]}"
            yield Finding("", (*part.at, "id"), message, hint)
        titles.setdefault(part.id, part.title)


def _identified(plan: Plan) -> Iterator[Policy | Measure | Project | Action]:
    for policy in plan.policies:
        yield policy
        for measure in policy.measures:
            yield measure
            for project in measure.projects:
                yield project
                yield from (entry for entry in project.actions if isinstance(entry, Action))
