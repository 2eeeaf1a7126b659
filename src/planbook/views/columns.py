"""The headings of the columns that targets have: years, periods, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.era_labels import fiscal_year, period

if TYPE_CHECKING:
    from planbook.plan.model import Column, Plan, YearMonth


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A column as it is typed (2024, 2024-2026, 現状), its label, and the western years beside that, if any."""

    key: str
    label: str
    western: str

    def __str__(self) -> str:
        return f"{self.label} {self.western}" if self.western else self.label


def column_heading(column: Column, date: YearMonth) -> ColumnHeading:
    """Return the heading of a column with the eras known at `date`: 令和6年度 (2024), 令和6～8年度, 現状."""
    if column.years is None:
        return ColumnHeading(column.key, column.key, "")
    first, last = column.years
    label = fiscal_year(first, date).label if first == last else period(first, last, date)
    return ColumnHeading(column.key, label, f"({column.years.key})")


def column_headings(plan: Plan) -> tuple[ColumnHeading, ...]:
    """Return the headings of all columns that a plan uses, in order."""
    return tuple(column_heading(column, plan.date) for column in plan.columns_in_use)
