"""The numbers of sections and actions by id, and the plan's words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.plan.model import Action
from planbook.views.numbered import numbered_policies

if TYPE_CHECKING:
    from planbook.plan.model import Plan


def numbers(plan: Plan) -> dict[str, str]:
    """Return the numbers as they are printed: (1), ①."""
    found: dict[str, str] = {}
    for policy in numbered_policies(plan):
        found[policy.policy.id] = policy.number
        found |= {each.measure.id: each.number for each in policy.measures}
    return found


def full_numbers(plan: Plan) -> dict[str, str]:
    """Return the numbers that tell where something is: (1)①, also of what has no number of its own."""
    found: dict[str, str] = {}
    for policy in numbered_policies(plan):
        found[policy.policy.id] = policy.number
        for measure in policy.measures:
            place = f"{policy.number}{measure.number}"
            found[measure.measure.id] = place
            for project in measure.projects:
                found[project.id] = place
                found |= {entry.id: place for entry in project.actions if isinstance(entry, Action)}
    return found


def word(plan: Plan, name: str) -> str:
    """Return what the plan calls a thing."""
    words = {"vision": plan.labels.table.vision, "target": "年度目標"}
    return words.get(name) or str(getattr(plan.labels.sheets, name))
