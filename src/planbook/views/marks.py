"""The signs of marks (新規, ★) before and behind titles, and the legend that explains them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.plan.model import Action, Plan, Section


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign, what it says, 重点 or 新規（この計画で始める取組）, and the name of its mark."""

    sign: str
    text: str
    name: str


def signs(plan: Plan, part: Section | Action) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the signs before and behind the title of a section or action, in the order in which they are declared."""
    own = [mark for mark in plan.marks if mark.name in part.marks]
    return tuple(mark.printed for mark in own if mark.before), tuple(mark.printed for mark in own if not mark.before)


def with_signs(plan: Plan, part: Section | Action) -> str:
    """Return the title of a section or action with the signs of its marks."""
    before, behind = signs(plan, part)
    return " ".join((*before, part.title, *behind))


def counted(plan: Plan, actions: Iterable[Action]) -> tuple[tuple[str, int], ...]:
    """Return how many of these actions have each mark, by the names of marks: those that none has are left out."""
    counts = Counter(name for action in actions for name in action.marks)
    return tuple((mark.name, counts[mark.name]) for mark in plan.marks if counts[mark.name])


def legend(plan: Plan) -> tuple[LegendEntry, ...]:
    """Return what explains the marks that are in use. One that is its own name, and has no note, explains itself."""
    used = {name for section in plan.sections() for name in section.marks}
    used |= {name for _, action in plan.originals.values() for name in action.marks}
    entries = ((mark.printed, mark.name, mark.note) for mark in plan.marks if mark.name in used)
    return tuple(
        LegendEntry(sign, (note or "") if name == sign else f"{name}（{note}）" if note else name, name)
        for sign, name, note in entries
        if name != sign or note
    )
