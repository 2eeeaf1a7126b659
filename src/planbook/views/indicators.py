"""成果指標: the values of an indicator as they print, at its section and together in 指標一覧."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.plan.model import Column, YearRange, key_text
from planbook.views.columns import ColumnHeading, column_heading
from planbook.views.figures import bounded, least, printed
from planbook.views.numbered import numbered_sections, walk
from planbook.views.numbering import number_label
from planbook.views.references import Reference, reference
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from planbook.plan.model import ColumnKey, Indicator, Plan
    from planbook.views.selection import Selection

ANCHOR = "part:indicators"

_MOST_COLUMNS = 3
"""So many years of the same kind have a column each; of more, each value has its year beside it."""


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
class IndicatorCell:
    """What stands in one cell of the list: values, each with the label of its year where the heading has none."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator. `again` says that the row before is of the same section; `title` is "" for one of the plan."""

    number: str
    title: str
    to: Reference
    name: str
    note: str
    unit: str
    cells: tuple[IndicatorCell, ...]
    source: str
    again: bool
    new_top: bool
    values: tuple[IndicatorValue, ...]
    better: str


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """A column of values: 現状値 or 目標値, and its year, None where the cells say the years."""

    label: str
    heading: ColumnHeading | None
    baseline: bool


@dataclass(frozen=True, slots=True)
class IndicatorsTable:
    """The list of all indicators. A column that nothing stands in is left out: its label is None."""

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
            text, full = bounded(printed(value), None, bound), bounded(printed(value), indicator.unit, bound)
            found.append(IndicatorValue(heading, text, full, baseline, least(value)))
    return tuple(found)


def indicator_text(plan: Plan, indicator: Indicator) -> str:
    """Return an indicator as one line: 受診率：現状値 38.5％（令和4年度）→ 目標値 45％以上（令和8年度）（出典：…）."""
    values = indicator_values(plan, indicator)
    parts = []
    for baseline, label in ((True, plan.labels.book.baseline), (False, plan.labels.book.objective)):
        own = [f"{each.full}（{each.heading.label}）" for each in values if each.baseline is baseline]
        if own:
            parts.append(f"{label} {'、'.join(own)}")
    text = f"{indicator.name}：{' → '.join(parts)}"
    if indicator.note:
        text += f"　{indicator.note}"
    if indicator.source:
        text += f"（{plan.labels.book.source}：{indicator.source}）"
    return text


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
    plan: Plan, pages: Mapping[str, str] | None, selection: Selection = WHOLE
) -> IndicatorsTable | None:
    """List all indicators in document order, those of the plan first, or return None where there are none.

    `pages` has the page label of every anchor in the book, or is None for the web.
    """
    placed = list(_placed(plan, selection))
    if not placed:
        return None
    labels = plan.labels.book
    columns = tuple(_columns(plan, [indicator for _, _, _, indicator in placed]))
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
                again=bool(rows) and bool(section) and before[1] == (section[0] if section else ""),
                new_top=before[0] != top,
                values=values,
                better=indicator.better,
            )
        )
        before = top, section[0] if section else ""
    return IndicatorsTable(
        anchor=ANCHOR,
        title=labels.indicators,
        number_label=number_label(plan) if any(row.number for row in rows) else None,
        section_label=_section_label(plan, selection),
        indicator_label=labels.indicator,
        unit_label=labels.unit if any(row.unit for row in rows) else None,
        columns=columns,
        source_label=labels.source if any(row.source for row in rows) else None,
        page_label=labels.page if pages is not None and any(row.title for row in rows) else None,
        rows=tuple(rows),
    )


def has_indicators(plan: Plan, selection: Selection = WHOLE) -> bool:
    """Whether there is anything to list."""
    return next(_placed(plan, selection), None) is not None


def _placed(plan: Plan, selection: Selection) -> Iterator[tuple[str, str, tuple[str, str] | None, Indicator]]:
    """Yield every indicator with the highest section it is in, the full number, and id and title of its section."""
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


def _columns(plan: Plan, indicators: Sequence[Indicator]) -> Iterator[IndicatorColumn]:
    for baseline, label in ((True, plan.labels.book.baseline), (False, plan.labels.book.objective)):
        found: dict[str, ColumnKey] = {}
        for indicator in indicators:
            found |= {key_text(key): key for key in indicator.values if is_baseline(plan, key) is baseline}
        keys = sorted(found.values(), key=lambda key: _order(plan, key))
        if len(keys) > _MOST_COLUMNS:
            yield IndicatorColumn(label, None, baseline)
            continue
        for key in keys:
            column = Column.of(key) if isinstance(key, YearRange) else Column(key, None)
            yield IndicatorColumn(label, column_heading(column, plan.date), baseline)


def _cell(column: IndicatorColumn, values: Sequence[IndicatorValue]) -> IndicatorCell:
    own = [each for each in values if each.baseline is column.baseline]
    if column.heading is not None:
        return IndicatorCell(tuple((each.text, "") for each in own if each.heading == column.heading))
    return IndicatorCell(tuple((each.text, each.heading.label) for each in own))
