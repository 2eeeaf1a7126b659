"""The list of figures as the web page has it: with a small chart where a figure changes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planbook.views.figures_table import figures_table
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan
    from planbook.views.figures_table import FigureRow, FiguresTable
    from planbook.views.selection import Selection

# Units of the SVG's viewBox. A column is drawn from zero, so that its height tells the truth.
_HEIGHT = Decimal(32)
_PITCH = Decimal(14)
_WIDTH = Decimal(10)
_LEAST = Decimal(1)


@dataclass(frozen=True, slots=True)
class Column:
    """A year in a chart. `changed`: its figure differs from the one before."""

    x: float
    y: float
    width: float
    height: float
    changed: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart in units of its own; `text` tells the same in words. A year without a figure has no column."""

    width: float
    height: float
    zero: float
    columns: tuple[Column, ...]
    text: str


@dataclass(frozen=True, slots=True)
class WebFigures:
    """The list, and for each row its chart or None. `charts` is empty where no figure changes."""

    table: FiguresTable
    rows: tuple[tuple[FigureRow, Chart | None], ...]
    charts: bool


def web_figures(plan: Plan, selection: Selection = WHOLE) -> WebFigures | None:
    """Return the list of figures, or None where there are none."""
    table = figures_table(plan, None, selection)
    if not (table and table.rows):
        return None
    rows = tuple((row, _chart(row)) for row in table.rows)
    return WebFigures(table, rows, any(chart for _, chart in rows))


def _chart(row: FigureRow) -> Chart | None:
    if not any(cell.trend for cell in row.cells):
        return None
    known = [cell.value for cell in row.cells if cell.value is not None]
    top, bottom = max(*known, Decimal(0)), min(*known, Decimal(0))
    scale = _HEIGHT / (top - bottom)
    return Chart(
        width=float(_PITCH * len(row.cells)),
        height=float(_HEIGHT),
        zero=_rounded(top * scale),
        columns=tuple(_columns(row, top, scale)),
        text=" → ".join(f"{cell.text}{row.unit if cell.value is not None else ''}" for cell in row.cells if cell.text),
    )


def _columns(row: FigureRow, top: Decimal, scale: Decimal) -> Iterator[Column]:
    for at, cell in enumerate(row.cells):
        if cell.value is not None:
            height = max(abs(cell.value) * scale, _LEAST)
            y = min((top - max(cell.value, Decimal(0))) * scale, _HEIGHT - height)
            x = at * _PITCH + (_PITCH - _WIDTH) / 2
            yield Column(_rounded(x), _rounded(y), float(_WIDTH), _rounded(height), changed=cell.trend != "")


def _rounded(length: Decimal) -> float:
    return float(round(length, 1))
