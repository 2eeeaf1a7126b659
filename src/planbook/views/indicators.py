"""成果指標: the values of an indicator as they print, at its section and together in 指標一覧."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.plan.model import Column, YearRange
from planbook.views.columns import ColumnHeading, column_heading
from planbook.views.figures import least, printed, with_bound
from planbook.views.indicators_columns import IndicatorTexts, ValueTexts, indicator_widths, widths_within
from planbook.views.numbered_sections import numbered_sections, walk
from planbook.views.numbering import number_label
from planbook.views.page_numbers import Reference, reference
from planbook.views.page_widths import A4, PageWidths
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from planbook.plan.model import ColumnKey, Indicator, Plan, Section
    from planbook.views.selection import Selection

    _Placed = tuple[str, str, tuple[str, str] | None, Indicator]
    """The highest section that an indicator is in, the full number, id and title of its section, and itself."""

ANCHOR = "part:indicators"

# So many characters of a heading do not break.
_HEADING = 4


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A value of an indicator: 45 in 令和8年度.

    `text` is without unit (45以上, 約300, 未整備), `full` with it; `value` is the number, None where it is a state. A
    `baseline` is from before the plan.
    """

    heading: ColumnHeading
    text: str
    full: str
    baseline: bool
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator. `cells` has the values in each column, `values` all of them.

    `same_section` says that the row before is of the same section; `title` is "" for one of the plan.
    """

    number: str
    title: str
    to: Reference
    name: str
    note: str
    unit: str
    cells: tuple[tuple[IndicatorValue, ...], ...]
    source: str
    same_section: bool
    new_top: bool
    values: tuple[IndicatorValue, ...]


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """A column of values: 現状値 or 目標値, and its year, None where the cells say the years."""

    label: str
    heading: ColumnHeading | None
    baseline: bool


@dataclass(frozen=True, slots=True)
class IndicatorsTable:
    """The list of all indicators, or of those of a section.

    A column that nothing stands in is left out: its label is None. `widths` has the columns in percent, () where they
    are as wide as they come; `landscape` asks for the long side of the page, `compact` for closer rows: these keep it
    on a page less. On a page it `begins`, and `goes_on` on the next one.
    """

    anchor: str
    title: str
    number_label: str | None
    section_label: str | None
    indicator_label: str
    unit_label: str | None
    columns: tuple[IndicatorColumn, ...]
    source_label: str | None
    page_label: str | None
    rows: tuple[IndicatorRow, ...]
    widths: tuple[float, ...] = ()
    landscape: bool = False
    compact: bool = False
    begins: bool = True
    goes_on: bool = False


def indicator_values(plan: Plan, indicator: Indicator) -> tuple[IndicatorValue, ...]:
    """Return the values of an indicator, baselines first, each kind in the order of the years."""
    found = []
    for key, value in sorted(indicator.values.items(), key=lambda each: _order(plan, each[0])):
        baseline = is_baseline(plan, key)
        bound = "" if baseline else indicator.bound or ""
        heading = column_heading(Column.of(key) if isinstance(key, YearRange) else Column(key, None), plan.date)
        if isinstance(value, str):
            found.append(IndicatorValue(heading, value, value, baseline, None))
        else:
            text, full = with_bound(printed(value), None, bound), with_bound(printed(value), indicator.unit, bound)
            found.append(IndicatorValue(heading, text, full, baseline, least(value)))
    return tuple(found)


def is_baseline(plan: Plan, key: ColumnKey) -> bool:
    """Whether a value is 現状値: one from before the plan's first year, or under a word before the columns of years."""
    if isinstance(key, YearRange):
        return key.last < min(plan.years)
    columns = plan.columns or ()
    place = next((at for at, column in enumerate(columns) if column.key == key), 0)
    return all(column.years is None for column in columns[:place]) and any(
        column.years is not None for column in columns[place:]
    )


def indicators_table(
    plan: Plan, pages: Mapping[str, str] | None, selection: Selection = WHOLE, room: PageWidths = A4
) -> IndicatorsTable | None:
    """List all indicators in document order, those of the plan first, or return None where there are none.

    `pages` has the page label of every anchor in the book, or is None for the web; `room` are its pages.
    """
    placed = list(_placed(plan, selection))
    if not placed:
        return None
    columns = tuple(_columns(plan, [indicator for _, _, _, indicator in placed], apart=False))
    table = _table(plan, placed, columns, pages, _section_label(plan, selection))
    if (widths := indicator_widths(_texts(table), room)) is None:
        columns = tuple(_columns(plan, [indicator for _, _, _, indicator in placed], apart=True))
        table = _table(plan, placed, columns, pages, table.section_label)
        widths = indicator_widths(_texts(table), room)
    if widths is None:  # however wide its texts are
        return replace(table, landscape=True)
    return replace(table, widths=widths.columns, landscape=widths.landscape)


def section_indicators(plan: Plan, section: Section, measure: float | None) -> IndicatorsTable:
    """Return the indicators of a section as they stand where it opens.

    `measure` is how wide the table is, in em of its type; None for the web, where columns find their widths.
    """
    placed: list[_Placed] = [("", "", None, indicator) for indicator in section.indicators]
    table = _table(plan, placed, tuple(_columns(plan, section.indicators, apart=False)), None, None)
    if measure is None:
        return table
    if (widths := widths_within(_texts(table), measure)) is None:
        table = _table(plan, placed, tuple(_columns(plan, section.indicators, apart=True)), None, None)
        widths = widths_within(_texts(table), measure)
    return replace(table, widths=widths or ())


def _table(
    plan: Plan,
    placed: Sequence[_Placed],
    columns: tuple[IndicatorColumn, ...],
    pages: Mapping[str, str] | None,
    section_label: str | None,
) -> IndicatorsTable:
    labels = plan.labels.book
    rows: list[IndicatorRow] = []
    before: tuple[str, str] = ("", "")
    for top, number, section, indicator in placed:
        values = indicator_values(plan, indicator)
        rows.append(
            IndicatorRow(
                number=number,
                title=section[1] if section else "",
                to=reference(section[0], pages) if section else Reference(None),
                name=indicator.name,
                note=indicator.note or "",
                unit=indicator.unit or "",
                cells=tuple(_cell(column, values) for column in columns),
                source=indicator.source or "",
                same_section=bool(rows) and bool(section) and before[1] == (section[0] if section else ""),
                new_top=before[0] != top,
                values=values,
            )
        )
        before = top, section[0] if section else ""
    return IndicatorsTable(
        anchor=ANCHOR,
        title=labels.indicators,
        number_label=number_label(plan) if any(row.number for row in rows) else None,
        section_label=section_label,
        indicator_label=labels.indicator,
        unit_label=labels.unit if any(row.unit for row in rows) else None,
        columns=columns,
        source_label=labels.source if any(row.source for row in rows) else None,
        page_label=labels.page if pages is not None and any(row.title for row in rows) else None,
        rows=tuple(rows),
    )


def _texts(table: IndicatorsTable) -> IndicatorTexts:
    rows = table.rows
    return IndicatorTexts(
        numbers=[table.number_label[:_HEADING], *(row.number for row in rows)] if table.number_label else [],
        sections=[row.title for row in rows] if table.section_label else [],
        names=[row.name for row in rows],
        units=[table.unit_label[:_HEADING], *(row.unit for row in rows)] if table.unit_label else [],
        values=[
            ValueTexts(
                column.heading.label if column.heading else column.label,
                word=column.heading is None or not column.heading.western,
                values=[
                    (value.text, "" if column.heading else value.heading.label)
                    for row in rows
                    for value in row.cells[at]
                ],
            )
            for at, column in enumerate(table.columns)
        ],
        sources=[row.source for row in rows] if table.source_label else [],
        page=table.page_label is not None,
    )


def indicators_of(plan: Plan) -> Iterator[tuple[Section | None, int, Indicator]]:
    """Yield all indicators, those of the whole plan first, with their section and position."""
    for position, indicator in enumerate(plan.indicators):
        yield None, position, indicator
    for section in plan.sections():
        for position, indicator in enumerate(section.indicators):
            yield section, position, indicator


def has_indicators(plan: Plan, selection: Selection = WHOLE) -> bool:
    """Whether there is anything to list."""
    return next(_placed(plan, selection), None) is not None


def _placed(plan: Plan, selection: Selection) -> Iterator[_Placed]:
    """Yield every indicator in document order, those of the plan first."""
    if selection == WHOLE:
        yield from (("", "", None, indicator) for indicator in plan.indicators)
    for place in walk(numbered_sections(plan, selection)):
        top = (*place.above, place)[0].id
        for indicator in place.section.indicators:
            yield top, place.full, (place.id, place.section.title), indicator


def _section_label(plan: Plan, selection: Selection) -> str | None:
    """Return the heading of the column of sections: what their levels are called."""
    levels = {place.level for place in walk(numbered_sections(plan, selection)) if place.section.indicators}
    words = [str(getattr(plan.labels.table, level)) for level in plan.levels if level in levels]
    return "・".join(words) or None


def _order(plan: Plan, key: ColumnKey) -> tuple[bool, int, int]:
    """Sort baselines before the others, years by their order, words by that of the columns."""
    if isinstance(key, YearRange):
        return not is_baseline(plan, key), key.first, key.last
    place = next((at for at, column in enumerate(plan.columns or ()) if column.key == key), 0)
    before = [column.years.last for column in (plan.columns or ())[:place] if column.years]
    return not is_baseline(plan, key), max(before, default=0), 9999


def _columns(plan: Plan, indicators: Sequence[Indicator], *, apart: bool) -> Iterator[IndicatorColumn]:
    """Yield the columns of values: one for each year.

    Where each row has one year only of several, they stand in one column, each value with its year; so do all if the
    years are to stand `apart` from the headings.
    """
    for baseline, label in ((True, plan.labels.book.baseline), (False, plan.labels.book.objective)):
        of_rows = [[key for key in each.values if is_baseline(plan, key) is baseline] for each in indicators]
        keys = sorted({key for row in of_rows for key in row}, key=lambda key: _order(plan, key))
        if len(keys) > 1 and (apart or all(len(row) <= 1 for row in of_rows)):
            yield IndicatorColumn(label, None, baseline)
            continue
        for key in keys:
            column = Column.of(key) if isinstance(key, YearRange) else Column(key, None)
            yield IndicatorColumn(label, column_heading(column, plan.date), baseline)


def _cell(column: IndicatorColumn, values: Sequence[IndicatorValue]) -> tuple[IndicatorValue, ...]:
    own = (each for each in values if each.baseline is column.baseline)
    return tuple(each for each in own if column.heading is None or each.heading == column.heading)
