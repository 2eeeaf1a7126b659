from __future__ import annotations

import pytest

from planbook.plan.model import Plan, YearMonth
from planbook.typography.era_labels import fiscal_year, fiscal_years, month


@pytest.mark.parametrize(
    ("date", "year", "label"),
    [
        # A plan made before a change knows only the eras of its time.
        ((2018, 3), 2018, "平成30年度"),
        ((2018, 3), 2019, "平成31年度"),
        ((2018, 3), 2020, "平成32年度"),
        ((2019, 4), 2019, "平成31年度"),
        ((1988, 12), 1989, "昭和64年度"),
        # One made afterwards names the whole fiscal year of the change with the new era.
        ((2019, 5), 2019, "令和元年度"),
        ((2019, 5), 2018, "平成30年度"),
        ((2024, 3), 2020, "令和2年度"),
        ((2024, 3), 2026, "令和8年度"),
        ((1989, 1), 1989, "平成元年度"),
        ((1989, 1), 1988, "昭和63年度"),
        ((2024, 3), 1990, "平成2年度"),
        ((2024, 3), 1988, "昭和63年度"),
        ((1926, 12), 1926, "昭和元年度"),
        ((1927, 3), 1927, "昭和2年度"),
        # Older eras are not known here.
        ((1926, 11), 1927, "1927年度"),
        ((2024, 3), 1925, "1925年度"),
    ],
)
def test_fiscal_year_follows_the_date_of_the_plan(date: tuple[int, int], year: int, label: str) -> None:
    assert fiscal_year(year, YearMonth(*date)).label == label


def test_fiscal_year_prints_with_its_western_year() -> None:
    assert str(fiscal_year(2018, YearMonth(2018, 3))) == "平成30年度 (2018)"


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ((2018, 3), "平成30年3月"),
        ((2019, 4), "平成31年4月"),
        ((2019, 5), "令和元年5月"),
        ((2020, 1), "令和2年1月"),
        ((1988, 12), "昭和63年12月"),
        ((1989, 1), "平成元年1月"),
        ((1926, 12), "昭和元年12月"),
        ((1926, 11), "1926年11月"),
    ],
)
def test_month_in_its_era(date: tuple[int, int], text: str) -> None:
    assert month(YearMonth(*date)) == text


def test_years_of_the_real_plan(real_plan: Plan) -> None:
    assert [year.label for year in fiscal_years(real_plan)] == ["平成30年度", "平成31年度", "平成32年度"]
