"""Years as a Japanese administration writes them: fiscal years and dates with the era known when the plan was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.plan.eras import ERAS

if TYPE_CHECKING:
    from planbook.plan.model import Plan, YearMonth

_LIVING = ERAS[:3]
"""Those in which a plan can have been made, from 昭和 on; anything before is written in western years."""


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A fiscal year, from April of `year`, and its label in the era: 平成30年度."""

    year: int
    label: str

    @property
    def western(self) -> str:
        """The year as it stands beside the label: (2018)."""
        return f"({self.year})"

    def __str__(self) -> str:
        return f"{self.label} {self.western}"


def fiscal_year(year: int, date: YearMonth) -> FiscalYear:
    """Return a fiscal year labelled with the eras known at `date`: to March 2018 the year 2020 is 平成32年度.

    Of these the latest one counts that began in that calendar year or before. So what is written from May 2019 on says
    令和元年度, for the whole fiscal year, as the ministries agreed for budgets on 1 April 2019
    (改元に伴う元号による年表示の取扱いについて), and a fiscal year whose last months saw a new era keeps its name
    (昭和63年度).
    """
    for era in _LIVING:
        if (era.year, era.month) <= date and era.year <= year:
            return FiscalYear(year, f"{era.label(year)}度")
    return FiscalYear(year, f"{year}年度")


def period(first: int, last: int, date: YearMonth) -> str:
    """Return several fiscal years labelled with the eras known at `date`: 令和6～8年度, 平成30～令和2年度."""
    begin, end = (fiscal_year(year, date).label.removesuffix("年度") for year in (first, last))
    era = next((each.name for each in ERAS if begin.startswith(each.name) and end.startswith(each.name)), "")
    return f"{begin}～{end.removeprefix(era)}年度"


def fiscal_years(plan: Plan) -> tuple[FiscalYear, ...]:
    """Return the fiscal years of a plan in order."""
    return tuple(fiscal_year(year, plan.date) for year in plan.years)


def month(date: YearMonth) -> str:
    """Return a month in its era: 平成30年3月."""
    for era in _LIVING:
        if (era.year, era.month) <= date:
            return f"{era.label(date.year)}{date.month}月"
    return f"{date.year}年{date.month}月"
