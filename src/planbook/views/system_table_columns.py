"""How wide those columns of the system table are that depend on their texts; the others are the stylesheet's.

Lengths are em of the table's type. What the stylesheet has is in `css/system-table.css`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.typography.phrases import width
from planbook.views.numbering import numbers

if TYPE_CHECKING:
    from collections.abc import Collection

    from planbook.plan.model import Level, Plan

# The column of departments, with its padding: as wide as the longest name that it can hold.
_PADDING = 1.0
_MIN_WIDTH, _MAX_WIDTH = 10.7, 15.8

# Lines of a title begin behind its number, unless that is wider.
_MAX_HANGING = 3.2
_BEHIND_NUMBER = 0.35


def department_width(names: Collection[str]) -> float:
    """Return the width of the column of departments, 0 without any: long names take from the actions."""
    needed = [width(name) + _PADDING for name in names]
    return max([_MIN_WIDTH, *(each for each in needed if each <= _MAX_WIDTH)]) if needed else 0.0


def hanging(plan: Plan) -> tuple[tuple[Level, float], ...]:
    """Return how wide the numbers of each level are that the plan numbers itself: 0 where lines begin below them."""
    own = numbers(plan)
    found: list[tuple[Level, float]] = []
    for level in plan.levels:
        if getattr(plan.numbers, level):
            widest = max((width(own[section.id]) for section in plan.sections(level)), default=0.0)
            found.append((level, widest + _BEHIND_NUMBER if 0 < widest <= _MAX_HANGING else 0.0))
    return tuple(found)
