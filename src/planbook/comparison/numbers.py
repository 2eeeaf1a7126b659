"""The numbers of sections and actions by id, and the plan's words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.views import numbering

if TYPE_CHECKING:
    from planbook.plan.model import Plan


def numbers(plan: Plan) -> dict[str, str]:
    """Return the numbers as they are printed, where there are some: (1), ①, 1-1."""
    return {id_: number for id_, number in numbering.numbers(plan).items() if number}


def full_numbers(plan: Plan) -> dict[str, str]:
    """Return the numbers that tell where something is: (1)①, also of what has no number of its own."""
    return dict(numbering.full_numbers(plan))


def word(plan: Plan, name: str) -> str:
    """Return what the plan calls a thing."""
    words = {"vision": plan.labels.table.vision, "target": plan.word("target")}
    return words.get(name) or str(getattr(plan.labels.sheets, name))
