"""Years as a Japanese administration writes them: fiscal years and dates with the era known when the plan was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planbook.plan.model import Plan, YearMonth


class _Era(NamedTuple):
    name: str
    year: int
    month: int


# 昭和 began on 25 December 1926, 平成 on 8 January 1989, 令和 on 1 May 2019. The date of a plan knows no day: the month
# of a change is written with the new era (平成元年1月, 令和元年5月).
_ERAS = (_Era("令和", 2019, 5), _Era("平成", 1989, 1), _Era("昭和", 1926, 12))


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
    for era in _ERAS:
        if (era.year, era.month) <= date and era.year <= year:
            return FiscalYear(year, f"{_in_era(era, year)}度")
    return FiscalYear(year, f"{year}年度")


def fiscal_years(plan: Plan) -> tuple[FiscalYear, ...]:
    """Return the fiscal years of a plan in order."""
    return tuple(fiscal_year(year, plan.date) for year in plan.years)


def month(date: YearMonth) -> str:
    """Return a month in its era: 平成30年3月."""
    for era in _ERAS:
        if (era.year, era.month) <= date:
            return f"{_in_era(era, date.year)}{date.month}月"
    return f"{date.year}年{date.month}月"


def _in_era(era: _Era, year: int) -> str:
    number = year - era.year + 1
    return f"{era.name}{number if number > 1 else '元'}年"
