"""Headings are made of the words that the plan has for its levels."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.exchange.inquiry_tables import blank, of_department
from planbook.exchange.instructions import NO_LETTER, lines_of_instructions
from planbook.views.contents import listed_parts
from planbook.views.department_index import department_index
from planbook.views.open_data import open_data
from planbook.views.system_table import system_table
from tests.plans import SMALL

WITHOUT_PROJECTS = """\
format: 1
title: ためし計画
municipality: ためし市
date: 2024-03
years: [2024, 2025]
vision: [まち]
departments: [福祉課]
numbers: {policy: 基本目標1, measure: 第1節}
policies:
  - id: p
    title: 福祉の充実
    measures:
      - id: m
        title: 相談の充実
        actions: [{id: a, title: 窓口の運営, departments: [福祉課]}]
"""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (SMALL, "事業の体系"),
        (SMALL + "labels: {project: 事務事業}\n", "事務事業の体系"),
        (SMALL + "labels: {project: 事務事業, table: {title: の施策体系}}\n", "の施策体系"),
        (WITHOUT_PROJECTS, "施策の体系"),
        (WITHOUT_PROJECTS + "labels: {measure: 主要課題}\n", "主要課題の体系"),
    ],
)
def test_system_table_is_that_of_the_lowest_sections(text: str, title: str) -> None:
    plan = check(text.encode(), "plan.yaml").plan
    assert plan
    assert system_table(plan, links=True).title == f"ためし計画{title}"
    assert listed_parts(plan, ["system-table"])["system-table"].title == title.removeprefix("の")


def test_numbers_of_the_index_stand_in_one_line() -> None:
    wide, narrow = (check(text.encode(), "plan.yaml").plan for text in (WITHOUT_PROJECTS, SMALL))
    assert wide
    assert narrow
    assert department_index(narrow, {}).number_width == 5
    assert department_index(wide, {}).departments[0].rows[0].number == "基本目標1第1節"
    assert department_index(wide, {}).number_width > 6.7


RENAMED = "labels: {policy: 基本目標, measure: 基本施策, project: 事務事業, action: 取組の中身, department: 所管課}\n"


def test_open_data_and_workbooks_say_what_the_plan_says() -> None:
    plan = check((SMALL + RENAMED).encode(), "plan.yaml").plan
    assert plan
    columns = {each.name: each.title for each in open_data(plan)[0].columns}
    assert [columns[name] for name in ("policy", "measure", "project", "title", "departments")] == [
        "基本目標", "基本施策", "事務事業", "取組の中身", "所管課"
    ]  # fmt: skip
    texts = [
        f"{line.label} {line.text}"
        for inquiry in (blank(plan), of_department(plan, plan.departments[0].name))
        for line in lines_of_instructions(inquiry, NO_LETTER)
    ]
    assert any("取組の中身の追加" in text for text in texts)
    assert any("上の段（基本目標など）" in text for text in texts)
    assert not any("取組項目" in text or "基本方針" in text for text in texts)
