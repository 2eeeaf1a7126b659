"""数値目標一覧: every figure of the plan, one column per year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planbook.model import UNDECIDED, Action
from planbook.views.eras import FiscalYear, fiscal_years
from planbook.views.figures import DASH
from planbook.views.numbered import numbered_projects
from planbook.views.phrases import width
from planbook.views.references import Reference, reference
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from planbook.model import Figure, Plan, Target
    from planbook.views.selection import Selection

ANCHOR = "part:figures"

# With more years than these the columns need the long side of the page, and small type.
_MOST_YEARS_UPRIGHT = 4
_MOST_YEARS_AIRY = 7

# The room of a column in em, in its own type and in smaller type; what is wider breaks.
_ROOM = 5.3
_SMALL_ROOM = 6.6

Trend = Literal["", "up", "down"]
Size = Literal["", "small", "split"]


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure in one year: 2,300 or 年12 or － or nothing; `trend` says how it differs from the year before.

    `value` is the number itself, None where there is none.
    """

    text: str
    trend: Trend = ""
    note: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of an action over the years.

    `again` says that the row before is of the same action, `new_policy` that none before is of the same policy. `note`
    is what all years say alike; `size` says how the numbers fit their columns.
    """

    number: str
    project: str
    action: str
    to: Reference
    name: str | None
    note: str | None
    unit: str
    cells: tuple[FigureCell, ...]
    size: Size
    again: bool
    new_policy: bool


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """The list: `legend` explains the marks of changed figures.

    `landscape` asks for the long side of the page, `dense` for narrow columns.
    """

    anchor: str
    title: str
    legend: str | None
    measure_label: str
    project_label: str
    action_label: str
    figure_label: str
    unit_label: str
    page_label: str | None
    years: tuple[FiscalYear, ...]
    rows: tuple[FigureRow, ...]
    landscape: bool
    dense: bool


def figures_table(plan: Plan, pages: Mapping[str, str] | None, selection: Selection = WHOLE) -> FiguresTable | None:
    """List all figures in document order, or return None where there are none.

    `pages` has the page label of every anchor in the book, or is None for the web.
    """
    rows = tuple(_rows(plan, pages, selection))
    if not rows:
        return None
    labels = plan.labels
    return FiguresTable(
        anchor=ANCHOR,
        title=labels.book.figures,
        legend=labels.book.trend if any(cell.trend for row in rows for cell in row.cells) else None,
        measure_label=labels.table.measure,
        project_label=labels.table.project,
        action_label=labels.table.action,
        figure_label=labels.book.figure,
        unit_label=labels.book.unit,
        page_label=labels.book.page if pages is not None else None,
        years=fiscal_years(plan),
        rows=rows,
        landscape=len(plan.years) > _MOST_YEARS_UPRIGHT,
        dense=len(plan.years) > _MOST_YEARS_AIRY,
    )


def _rows(plan: Plan, pages: Mapping[str, str] | None, selection: Selection) -> Iterator[FigureRow]:
    policy = None
    for place in numbered_projects(plan, selection):
        entries = selection.entries(plan, place.project)
        for action in (entry for entry in entries if isinstance(entry, Action)):
            targets = [action.target(year) for year in plan.years]
            for index, figures in enumerate(_series(targets)):
                known = [figure for figure in figures if figure is not None]
                note = known[0].note if len({figure.note for figure in known}) == 1 else None
                cells = tuple(_cells(targets, figures, note))
                yield FigureRow(
                    number=place.number,
                    project=place.project.title,
                    action=action.title,
                    to=reference(action.id, pages),
                    name=known[0].name,
                    note=note,
                    unit=known[0].unit,
                    cells=cells,
                    size=_size(cells),
                    again=index > 0,
                    new_policy=place.policy != policy,
                )
                policy = place.policy


def _series(targets: list[Target]) -> list[list[Figure | None]]:
    """Return each figure of an action as a list over the years, None where a year lacks it.

    Figures are the same if name and unit are; of several such in one target the first goes with the first of each year.
    """
    series: dict[tuple[str | None, str, int], list[Figure | None]] = {}
    for year, target in enumerate(targets):
        for figure in target.figures:
            nth = 0
            while series.setdefault((figure.name, figure.unit, nth), [None] * len(targets))[year] is not None:
                nth += 1
            series[figure.name, figure.unit, nth][year] = figure
    return list(series.values())


def _cells(targets: list[Target], figures: list[Figure | None], common_note: str | None) -> Iterator[FigureCell]:
    before: Decimal | None = None
    for target, figure in zip(targets, figures, strict=True):
        if figure is not None:
            note = None if figure.note == common_note else figure.note
            text = f"{figure.prefix or ''}{figure.value:,f}"
            yield FigureCell(text, _trend(before, figure.value), note, figure.value)
            before = figure.value
        elif target.undecided:
            yield FigureCell(UNDECIDED)
        else:
            yield FigureCell(DASH if target.not_applicable else "")


def _trend(before: Decimal | None, now: Decimal) -> Trend:
    if before is None or before == now:
        return ""
    return "up" if now > before else "down"


def _size(cells: tuple[FigureCell, ...]) -> Size:
    needed = max(width(f"{'↑' if cell.trend else ''}{cell.text}") for cell in cells)
    return "" if needed <= _ROOM else "small" if needed <= _SMALL_ROOM else "split"
