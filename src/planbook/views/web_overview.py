"""How much the plan holds, by its highest sections and by department."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.plan.model import UNDECIDED, Action
from planbook.views.figures_table import figures_table
from planbook.views.numbered_sections import numbered_sections, walk
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planbook.plan.model import Plan
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.selection import Selection

ANCHOR = "part:overview"


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A section (`anchor`) or a department (no anchor), and how many of each of the table's columns are its own."""

    anchor: str | None
    number: str
    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """A table of counts: what its rows are, what is counted, and how much it is in all. Relistings are not counted.

    `columns` are words, each with the state of targets by which the filter of the page finds what is counted, or "".
    """

    label: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[OverviewRow, ...]
    total: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts by highest section, and by department where the plan has any: an action of several is one of each."""

    sections: OverviewTable
    departments: OverviewTable | None


def overview(plan: Plan, selection: Selection = WHOLE) -> Overview:
    """Return how many actions, figures and actions with an undecided target there are. What nobody has is left out."""
    return _Totals(plan, selection).overview()


class _Totals:
    def __init__(self, plan: Plan, selection: Selection) -> None:
        self._plan = plan
        self._top = numbered_sections(plan, selection)
        self._selection = selection
        table = figures_table(plan, None, selection)
        self._figures = Counter(row.to.anchor for row in (table.rows if table else ()))
        everything = self._counts(self._actions(self._top))
        labels = plan.labels
        self._names = ((labels.table.action, ""), (labels.book.figure, "figures"), (UNDECIDED, "undecided"))
        # Actions are always counted; what the plan has none of is no column.
        self._shown = [at for at, count in enumerate(everything) if count or at == 0]
        self._total = self._chosen(everything)

    def overview(self) -> Overview:
        labels = self._plan.labels.table
        rows = (self._row(place.id, place.number, place.section.title, self._actions((place,))) for place in self._top)
        return Overview(self._table(getattr(labels, self._plan.levels[0]), rows), self._departments(labels.department))

    def _departments(self, label: str) -> OverviewTable | None:
        own: dict[str, list[Action]] = {department.name: [] for department in self._plan.departments}
        for action in self._actions(self._top):
            for name in self._plan.departments_of(action):
                own[name].append(action)
        rows = [self._row(None, "", name, actions) for name, actions in own.items() if actions]
        return self._table(label, rows) if rows else None

    def _table(self, label: str, rows: Iterable[OverviewRow]) -> OverviewTable:
        return OverviewTable(label, tuple(self._names[at] for at in self._shown), tuple(rows), self._total)

    def _row(self, anchor: str | None, number: str, title: str, actions: Sequence[Action]) -> OverviewRow:
        return OverviewRow(anchor, number, title, self._chosen(self._counts(actions)))

    def _actions(self, places: Sequence[NumberedSection]) -> list[Action]:
        lowest = (place.section for place in walk(places) if place.lowest)
        entries = (entry for section in lowest for entry in self._selection.entries(self._plan, section))
        return [entry for entry in entries if isinstance(entry, Action)]

    def _counts(self, actions: Sequence[Action]) -> tuple[int, ...]:
        figures = sum(self._figures[action.id] for action in actions)
        undecided = sum(any(target.undecided for target in action.targets.values()) for action in actions)
        return len(actions), figures, undecided

    def _chosen(self, counts: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(counts[at] for at in self._shown)
