"""A title may be typed in phrases, and the years as a range."""

from __future__ import annotations

import pytest

from planbook.check.check import Checked, check
from planbook.views.cover import title_phrases
from tests.plans import SMALL

TITLE = next(line for line in SMALL.splitlines() if line.startswith("title:"))
YEARS = next(line for line in SMALL.splitlines() if line.startswith("years:"))


def checked(old: str, new: str) -> Checked:
    assert old in SMALL
    return check(SMALL.replace(old, new).encode(), "plan.yaml")


def test_lines_of_a_title_break_between_its_phrases() -> None:
    plan = checked(TITLE, "title: [潮見市第2次, 支えあい計画]").plan
    assert plan
    assert plan.title == "潮見市第2次支えあい計画"
    assert title_phrases(plan) == ("潮見市第2次", "支えあい計画")


@pytest.mark.parametrize(
    ("title", "rule"),
    [("[]", "empty-value"), ("{a: b}", "wrong-type"), ("[[a]]", "wrong-type"), ('[a, ""]', "empty-value")],
)
def test_what_is_no_title_is_told(title: str, rule: str) -> None:
    assert rule in {each.rule for each in checked(TITLE, f"title: {title}").diagnostics}


def test_a_range_of_years_is_the_list_of_them() -> None:
    listed = check(SMALL.encode(), "plan.yaml").plan
    assert listed
    first, last = listed.years[0], listed.years[-1]
    plan = checked(YEARS, f"years: {first}-{last}").plan
    assert plan
    assert plan.years == listed.years


@pytest.mark.parametrize("years", ["2020-2018", "2018-9999", "2018～2020"])
def test_what_is_no_range_is_told(years: str) -> None:
    result = checked(YEARS, f"years: {years}")
    assert result.plan is None
    assert all(each.span.line == SMALL.splitlines().index(YEARS) + 1 for each in result.diagnostics[:1])
