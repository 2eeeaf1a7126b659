"""数で見る計画: how many actions, figures and undecided targets, beside what the YAML says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.views.web_overview import overview

if TYPE_CHECKING:
    from planbook.plan.model import Plan

PLAN = """
format: 1
title: 計画
municipality: 市
stage: 案
date: 2024-03
years: [2024, 2025]
vision: [まち]
departments: [福祉課, 健康課, 使われない課]
policies:
  - id: one
    title: 支える
    actions:
      - id: guide
        title: 冊子の発行
        departments: [福祉課, 健康課]
        targets:
          2024: {text: 発行, figures: [{name: 部数, value: 100, unit: 部}, {name: 配布先, value: 3, unit: か所}]}
          2025: {text: 発行, figures: [{name: 部数, value: 120, unit: 部}]}
      - id: survey
        title: 調査
        departments: [福祉課]
        targets: {2024-2025: 未定}
  - id: two
    title: 育てる
    actions:
      - relist: guide
      - id: class
        title: 教室の開催
        departments: [健康課]
        targets: {2024: 該当なし, 2025: {text: 開催, figures: [{value: 4, unit: 回}]}}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    checked = check(PLAN.encode(), "plan.yaml")
    assert checked.plan is not None, checked.diagnostics
    return checked.plan


def test_actions_figures_and_undecided_are_counted_once(plan: Plan) -> None:
    """A figure of several years is one, an action listed again belongs where it came first."""
    view = overview(plan)
    assert [(row.title, row.counts) for row in view.sections.rows] == [("支える", (2, 2, 1)), ("育てる", (1, 1, 0))]
    assert view.sections.total == (3, 3, 1)
    assert view.departments is not None
    assert [(row.title, row.counts) for row in view.departments.rows] == [("福祉課", (2, 2, 1)), ("健康課", (2, 3, 0))]


def test_what_a_plan_has_none_of_is_no_column() -> None:
    text = PLAN.replace("未定", "調査する").replace(", figures: [{value: 4, unit: 回}]", "")
    decided = check(text.encode(), "plan.yaml").plan
    assert decided is not None
    view = overview(decided)
    assert len(view.sections.columns) == 2
    assert [row.counts for row in view.sections.rows] == [(2, 2), (1, 0)]


@pytest.mark.parametrize("name", ["aomine", "mizuho", "seoto"])
def test_the_rows_add_up_to_the_total(name: str) -> None:
    path = Path(__file__).parents[2] / "examples" / name / "plan.yaml"
    example = check(path.read_bytes(), str(path)).plan
    assert example is not None
    table = overview(example).sections
    assert tuple(map(sum, zip(*(row.counts for row in table.rows), strict=True))) == table.total
    assert table.total[0] == len(example.originals)
