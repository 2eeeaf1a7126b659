"""How the sections of each level, and the actions, are numbered: read from the first number that a plan gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planbook.typography.counters import Pattern, pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planbook.plan.model import Numbering, Plan

NONE = "なし"

FIRST_NUMBERS = {"policy": "(1)", "measure": "①"}
"""The first numbers of levels that a plan says nothing of; the others have none."""


class Series(NamedTuple):
    """How the sections of a level, or the actions, are numbered.

    `above` are the levels that its counters before the last stand for, going down; `restart` is the level that begins
    it anew, or `plan`.
    """

    pattern: Pattern
    above: tuple[str, ...]
    restart: str

    @property
    def start(self) -> int:
        """The value of the first number."""
        return self.pattern.counters[-1].value


def number_series(plan: Plan) -> Mapping[str, Series]:
    """Return the series of every level that has numbers, and of `action`, in the order of the levels."""
    found: dict[str, Series] = {}
    levels = (*plan.levels, "action")
    for level in levels:
        numbering: Numbering | None = getattr(plan.numbers, level)
        first = numbering.first if numbering else FIRST_NUMBERS.get(level, NONE)
        if first == NONE or not (read := pattern(first)).counters:
            continue
        above: list[str] = []
        counted = 1
        # Of the counters before its own, going left, each is that of the next level up that begins with its value;
        # others belong to the words (第2次計画 1-1).
        for counter in reversed(read.counters[:-1]):
            upper = next((each for each in reversed(found) if each not in above and _is_above(each, above, levels)), "")
            if not upper or found[upper].start != counter.value:
                break
            above.append(upper)
            counted += 1
        restart = (numbering.restart if numbering else None) or (above[0] if above else _next_above(level, levels))
        found[level] = Series(Pattern(first, read.counters[-counted:]), tuple(reversed(above)), restart)
    return found


def _is_above(level: str, found: list[str], levels: tuple[str, ...]) -> bool:
    return not found or levels.index(level) < levels.index(found[-1])


def _next_above(level: str, levels: tuple[str, ...]) -> str:
    place = levels.index(level)
    return levels[place - 1] if place else "plan"
