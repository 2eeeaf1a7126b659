"""The lists of figures and of indicators as the web page has them: with a chart where a number changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.figures_table import figures_table
from planbook.views.indicators import indicators_table
from planbook.views.selection import WHOLE
from planbook.views.web_charts import Chart, ChartValue, chart

if TYPE_CHECKING:
    from planbook.plan.model import Plan
    from planbook.views.columns import ColumnHeading
    from planbook.views.figures_table import FigureRow, FiguresTable
    from planbook.views.indicators import IndicatorRow, IndicatorsTable
    from planbook.views.selection import Selection


_MAX_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class WebFigures:
    """The list, and for each row its chart or None. `charts` is false where no figure changes.

    `many`: too many columns to stand beside the charts.
    """

    table: FiguresTable
    rows: tuple[tuple[FigureRow, Chart | None], ...]
    charts: bool
    many: bool


@dataclass(frozen=True, slots=True)
class WebIndicators:
    """The list, and for each row its chart or None: states have none. `charts` is () where no row has one."""

    table: IndicatorsTable
    charts: tuple[Chart | None, ...]


def web_figures(plan: Plan, selection: Selection = WHOLE) -> WebFigures | None:
    """Return the list of figures, or None where there are none."""
    table = figures_table(plan, None, selection)
    if not (table and table.rows):
        return None
    rows = tuple((row, _chart_of_figure(row, table.years)) for row in table.rows)
    return WebFigures(table, rows, any(drawn for _, drawn in rows), len(table.years) > _MAX_COLUMNS)


def web_indicators(plan: Plan, selection: Selection = WHOLE) -> WebIndicators | None:
    """Return the list of indicators, or None where there are none."""
    table = indicators_table(plan, None, selection)
    if not (table and table.rows):
        return None
    charts = tuple(_chart_of_indicator(row) for row in table.rows)
    return WebIndicators(table, charts if any(charts) else ())


def _chart_of_figure(row: FigureRow, years: tuple[ColumnHeading, ...]) -> Chart | None:
    if not any(cell.trend for cell in row.cells):
        return None
    own = tuple(zip(years, row.cells, strict=True))
    return chart(
        [
            ChartValue(_short(year), cell.text, cell.value, strong=cell.trend != "")
            for year, cell in own
            if cell.value is not None
        ],
        "、".join(f"{year.label} {cell.full}" for year, cell in own if cell.value is not None),
    )


def _chart_of_indicator(row: IndicatorRow) -> Chart | None:
    known = [each for each in row.values if each.value is not None]
    if len(known) <= 1:
        return None
    return chart(
        [
            ChartValue(_short(each.heading), each.text, each.value, strong=not each.baseline)
            for each in known
            if each.value is not None
        ],
        "、".join(f"{each.heading.label} {each.full}" for each in known),
    )


def _short(heading: ColumnHeading) -> str:
    """Return the label of a column as an axis has room for it: 2026, 2024-2026, 現状."""
    return heading.western.strip("()") or heading.label
