"""数値目標一覧: every figure of the plan, one column for each that targets have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from planbook.plan.model import UNDECIDED, Action
from planbook.typography.phrases import width
from planbook.views.columns import ColumnHeading, column_headings
from planbook.views.figures import DASH, amount, least, number
from planbook.views.figures_columns import Columns, Texts, columns, half
from planbook.views.numbered_sections import numbered_lowest
from planbook.views.numbering import number_label
from planbook.views.page_numbers import Reference, reference
from planbook.views.page_widths import A4, PageWidths
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from planbook.plan.model import Figure, Plan, Target
    from planbook.views.selection import Selection

ANCHOR = "part:figures"

# With more years than these the columns need the long side of the page, and small type.
_MAX_YEARS_UPRIGHT = 4
_MAX_YEARS_AIRY = 7

# So many characters of a heading do not break.
_HEADING = 4

Trend = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure in one year: 2,300, or － where there is none; `trend` says how it differs from the year before.

    `value` is the number itself, None where there is none; `full` is the text with its unit: 年4回以上.
    """

    text: str
    trend: Trend = ""
    note: str | None = None
    value: Decimal | None = None
    split: bool = False
    full: str = ""

    @property
    def printed(self) -> str:
        """The text with its mark."""
        return f"{'↑' if self.trend else ''}{self.text}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The text in one line, or where it is `split` in two: behind the comma nearest to its middle."""
        places = [at for at, char in enumerate(self.text, 1) if char == ","]
        if not (self.split and places):
            return (self.text,)
        place = min(places, key=lambda at: abs(at - len(self.text) / 2))
        return self.text[:place], self.text[place:]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of an action over the years.

    `same_action` says that the row before is of the same action, `new_top` that none before is of the same highest
    section. `note` is what all years say alike; `split` says that some number is wider than its column. `unit` has
    the word before the numbers, too, where it is the same in all years: 年／回.
    """

    number: str
    section: str
    action: str
    to: Reference
    name: str | None
    note: str | None
    unit: str
    cells: tuple[FigureCell, ...]
    same_action: bool
    new_top: bool
    split: bool = False


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """The list: `legend` explains the marks of changed figures. A column that nothing stands in has no label.

    `landscape` asks for the long side of the page, `dense` for narrow columns. `compact` where closer rows keep it on a
    page less. On a page it `begins`, and `goes_on` on the next one.
    """

    anchor: str
    title: str
    legend: str | None
    number_label: str | None
    section_label: str
    action_label: str
    figure_label: str | None
    unit_label: str | None
    page_label: str | None
    years: tuple[ColumnHeading, ...]
    rows: tuple[FigureRow, ...]
    columns: Columns
    landscape: bool
    dense: bool
    compact: bool = False
    begins: bool = True
    goes_on: bool = False


def figures_table(
    plan: Plan, pages: Mapping[str, str] | None, selection: Selection = WHOLE, room: PageWidths = A4
) -> FiguresTable | None:
    """List all figures in document order, or return None where there are none.

    `pages` has the page label of every anchor in the book, or is None for the web; `room` are its pages.
    """
    rows = tuple(_rows(plan, pages, selection))
    if not rows:
        return None
    labels = plan.labels
    years = column_headings(plan)
    numbered = number_label(plan)
    # The note of a figure stands below its name.
    named, units = any(row.name or row.note for row in rows), any(row.unit for row in rows)
    landscape, dense = len(years) > _MAX_YEARS_UPRIGHT, len(years) > _MAX_YEARS_AIRY
    texts = Texts(
        numbers=[numbered[:_HEADING], *(row.number for row in rows)] if numbered else [],
        sections=[row.section for row in rows],
        actions=[row.action for row in rows],
        names=[labels.book.figure[:_HEADING], *(row.name or "" for row in rows)] if named else [],
        units=[labels.book.unit[:_HEADING], *(row.unit for row in rows)] if units else [],
        years=[year.label if year.western else half(year.label) for year in years],
        values=[cell.printed for row in rows for cell in row.cells],
    )
    table = room.list_tables_wide if landscape else room.list_tables
    widths = columns(texts, table, page=pages is not None, dense=dense)
    return FiguresTable(
        anchor=ANCHOR,
        title=labels.book.figures,
        legend=labels.book.trend if any(cell.trend for row in rows for cell in row.cells) else None,
        number_label=numbered,
        section_label=getattr(labels.table, plan.levels[-1]),
        action_label=labels.table.action,
        figure_label=labels.book.figure if named else None,
        unit_label=labels.book.unit if units else None,
        page_label=labels.book.page if pages is not None else None,
        years=years,
        rows=tuple(_fitted(row, widths.room) for row in rows),
        columns=widths,
        landscape=landscape,
        dense=dense,
    )


def figure_trends(targets: Sequence[Target]) -> list[set[Trend]]:
    """Return for each of the columns how figures of an action differ there from what they were before: up, down."""
    rows = [[cell.trend for cell in _cells(targets, figures, None, "")] for figures in _series(targets)]
    return [{row[at] for row in rows if row[at]} for at in range(len(targets))]


def has_figures(plan: Plan, selection: Selection = WHOLE) -> bool:
    """Whether there is anything to list."""
    return next(_rows(plan, None, selection), None) is not None


def _rows(plan: Plan, pages: Mapping[str, str] | None, selection: Selection) -> Iterator[FigureRow]:
    top = None
    for place in numbered_lowest(plan, selection):
        entries = selection.entries(plan, place.section)
        for action in (entry for entry in entries if isinstance(entry, Action)):
            targets = [action.target(column) for column in plan.columns_in_use] if action.targets else []
            for index, figures in enumerate(_series(targets)):
                known = [figure for figure in figures if figure is not None]
                note = known[0].note if len({figure.note for figure in known}) == 1 else None
                prefix, unit = _common_prefix(known), known[0].unit or ""
                cells = tuple(_cells(targets, figures, note, prefix))
                yield FigureRow(
                    number=place.full,
                    section=place.section.title,
                    action=action.title,
                    to=reference(action.id, pages),
                    name=known[0].name,
                    note=note,
                    unit=f"{prefix}／{unit}" if prefix else unit,
                    cells=cells,
                    same_action=index > 0,
                    new_top=(*place.above, place)[0].id != top,
                )
                top = (*place.above, place)[0].id


def _series(targets: Sequence[Target]) -> list[list[Figure | None]]:
    """Return each figure of an action as a list over the years, None where a year lacks it.

    Figures are the same if name and unit are; of several such in one target the first goes with the first of each year.
    """
    series: dict[tuple[str | None, str | None, int], list[Figure | None]] = {}
    for year, target in enumerate(targets):
        for figure in target.figures:
            nth = 0
            while series.setdefault((figure.name, figure.unit, nth), [None] * len(targets))[year] is not None:
                nth += 1
            series[figure.name, figure.unit, nth][year] = figure
    return list(series.values())


def _common_prefix(known: Sequence[Figure]) -> str:
    """Return what stands before each of the numbers, 年 or 各: it goes with the unit, 年／回, so that numbers align."""
    prefix, unit = known[0].prefix, known[0].unit
    return prefix if prefix and unit and all(figure.prefix == prefix for figure in known) else ""


def _cells(
    targets: Sequence[Target], figures: list[Figure | None], common_note: str | None, common_prefix: str
) -> Iterator[FigureCell]:
    before: Decimal | None = None
    for target, figure in zip(targets, figures, strict=True):
        if figure is not None:
            note = None if figure.note == common_note else figure.note
            value = least(figure.value)
            text = number(figure).removeprefix(common_prefix)
            yield FigureCell(text, _trend(before, value), note, value, full=amount(figure))
            before = value
        elif target.undecided:
            yield FigureCell(UNDECIDED)
        else:
            yield FigureCell(DASH)


def _trend(before: Decimal | None, now: Decimal) -> Trend:
    if before is None or before == now:
        return ""
    return "up" if now > before else "down"


def _fitted(row: FigureRow, room: float) -> FigureRow:
    needed = max(width(cell.printed) for cell in row.cells)
    if needed <= room:
        return row
    cells = (replace(cell, split=width(cell.printed) > room) for cell in row.cells)
    return replace(row, split=True, cells=tuple(cells))
