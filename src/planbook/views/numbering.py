"""Numbers and marks that planbook adds to what planners typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.model import Action
from planbook.typography.number_series import number_series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planbook.plan.model import Level, Plan, Section


class _NumberPlace(NamedTuple):
    """A section or action: its number, and the same with those of the sections above, where these do not show."""

    number: str
    full: str


class _NumbersById(NamedTuple):
    """All numbers of a plan, and the full ones, by id."""

    own: Mapping[str, str]
    full: Mapping[str, str]


_latest: tuple[Plan | None, _NumbersById] = (None, _NumbersById({}, {}))
"""The plan that was asked for last, and its numbers: every view asks for them, and a plan never changes."""


def numbers(plan: Plan) -> Mapping[str, str]:
    """Return the number of every section and action by id: (1), ①, 第1章, 1-1; "" where it has none."""
    return _numbers(plan).own


def full_numbers(plan: Plan) -> Mapping[str, str]:
    """Return by id how a section or action is distinguished from all others: (1)①, 1-1, No.12.

    One without a number of its own is known by that of the section above.
    """
    return _numbers(plan).full


def bracketed(word: str) -> str:
    """Return a mark as it stands behind a title: （再掲）, （続き）, （案）."""
    return f"（{word}）"


def numbered_title(number: str, title: str) -> str:
    """Return a title behind its number."""
    return f"{number} {title}" if number else title


def _numbers(plan: Plan) -> _NumbersById:
    global _latest  # noqa: PLW0603 - a cache of one plan
    if _latest[0] is not plan:
        places = _Counting(plan).places
        own = {id_: place.number for id_, place in places.items()}
        _latest = plan, _NumbersById(own, {id_: place.full for id_, place in places.items()})
    return _latest[1]


class _Counting:
    """Counts through a plan in document order. `counts` has the current value of every level."""

    def __init__(self, plan: Plan) -> None:
        self.places: dict[str, _NumberPlace] = {}
        self._series = number_series(plan)
        self._counts: dict[str, int] = {}
        self._last: dict[str, tuple[object, int]] = {}
        for section in plan.sections():
            above = plan.ancestors(section)
            self._count(section.id, section.level, above)
            for entry in section.actions:
                if isinstance(entry, Action):
                    self._count(entry.id, "action", (*above, section))

    def _count(self, id_: str, level: str, above: tuple[Section, ...]) -> None:
        full_above = self.places[above[-1].id].full if above else ""
        if (series := self._series.get(level)) is None:
            self.places.setdefault(id_, _NumberPlace("", full_above))
            return
        scope: object = next((section.id for section in above if section.level == series.restart), "")
        before, value = self._last.get(level, (None, 0))
        value = value + 1 if before == scope else series.start
        self._last[level] = scope, value
        self._counts[level] = value
        number = series.pattern.number([*(self._counts[each] for each in series.above), value])
        alone = bool(series.above) or series.restart == "plan" or not above
        self.places.setdefault(id_, _NumberPlace(number, number if alone else f"{full_above}{number}"))


def telling_level(plan: Plan) -> Level | None:
    """Return the lowest level of sections that has numbers: full numbers tell which of these something is in."""
    return next((level for level in reversed(plan.levels) if level in number_series(plan)), None)


def number_label(plan: Plan) -> str | None:
    """Return the heading of a column of full numbers beside one of the lowest sections; None where there are none."""
    level = telling_level(plan)
    if level is None:
        return None
    return plan.labels.book.number if level == plan.levels[-1] else str(getattr(plan.labels.table, level))
