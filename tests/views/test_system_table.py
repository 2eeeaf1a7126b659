from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.views.system_table import SystemTable, system_table
from planbook.views.system_table_pages import TablePage, page_of, whole_page

PLAN = """\
format: 1
title: ○○市計画
municipality: ○○市
stage: 案
date: 2024-03
years: [2024]
vision: [ふれあい、, まち]
departments: [福祉課, 健康課]
labels: {table: {title: の体系, policy: 基本目標}, relisting: 再録, continued: 前頁の続き}
policies:
  - id: care
    title: 支える
    measures:
      - id: advice
        title: 相談
        projects:
          - id: desk
            title: 窓口
            goal: 目標
            actions:
              - {id: leaflet, title: 冊子, departments: [福祉課], targets: {2024: 発行}}
              - {id: visit, title: 訪問, departments: [福祉課, 健康課], targets: {2024: 実施}}
      - id: network
        title: 連携
        projects:
          - id: meeting
            title: 会議
            goal: 目標
            actions: [{relist: leaflet}]
  - id: town
    title: つくる
    measures:
      - id: place
        title: 居場所
        projects:
          - id: cafe
            title: カフェ
            goal: 目標
            actions: [{id: open, title: 開設, departments: [健康課], targets: {2024: 開設}}]
"""


@pytest.fixture
def table() -> SystemTable:
    plan = check(PLAN.encode(), "plan.yaml").plan
    assert plan
    return system_table(plan, links=True)


def printed(page: TablePage) -> list[list[str]]:
    """Every row as `text×rows` for the labels that begin there, then action and departments."""
    return [
        [
            *(f"{label.cell.number}{'／'.join(label.cell.lines)}{''.join(label.cell.marks)}×{label.rows}"
              for label in row.labels),
            "".join((*row.action.lines, *row.action.marks)),
            "／".join(row.department.lines),
        ]
        for row in page.rows
    ]  # fmt: skip


def test_the_title_has_the_stage_and_columns_have_the_words_of_the_plan(table: SystemTable) -> None:
    assert table.title == "○○市計画の体系（案）"
    assert table.headings == (
        ("vision", "めざす姿"),
        ("policy", "基本目標"),
        ("measure", "施策"),
        ("project", "事業名"),
        ("action", "取組項目"),
        ("department", "担当課"),
    )


def test_a_final_plan_has_no_stage() -> None:
    plan = check(PLAN.replace("stage: 案\n", "").encode(), "plan.yaml").plan
    assert plan
    assert system_table(plan, links=False).title == "○○市計画の体系"


def test_the_whole_table(table: SystemTable) -> None:
    assert printed(whole_page(table)) == [
        ["(1)支える×3", "①相談×2", "窓口×2", "冊子", "福祉課"],
        ["訪問", "福祉課／健康課"],
        ["②連携×1", "会議×1", "冊子（再録）", "福祉課"],
        ["(2)つくる×1", "①居場所×1", "カフェ×1", "開設", "健康課"],
    ]


def test_a_page_repeats_the_labels_that_go_on(table: SystemTable) -> None:
    assert printed(page_of(table, 0, 1)) == [["(1)支える×1", "①相談×1", "窓口×1", "冊子", "福祉課"]]
    assert printed(page_of(table, 1, 3)) == [
        ["(1)支える（前頁の続き）×2", "①相談（前頁の続き）×1", "窓口（前頁の続き）×1", "訪問", "福祉課／健康課"],
        ["②連携×1", "会議×1", "冊子（再録）", "福祉課"],
    ]


def test_rows_have_anchors_and_lead_to_their_sheets(table: SystemTable) -> None:
    assert [(row.anchor, row.action.href) for row in table.rows] == [
        ("table:leaflet", "#leaflet"),
        ("table:visit", "#visit"),
        ("table:meeting:leaflet", "#meeting:leaflet"),
        ("table:open", "#open"),
    ]
    assert [label.cell.href for label in table.rows[0].labels] == ["#care", "#advice", "#desk"]


def test_a_table_alone_has_no_links() -> None:
    plan = check(PLAN.encode(), "plan.yaml").plan
    assert plan
    rows = system_table(plan, links=False).rows
    assert {cell.href for row in rows for cell in (row.action, *(label.cell for label in row.labels))} == {None}


def test_what_a_break_cuts(table: SystemTable) -> None:
    assert table.cuts() == [0, 3, 1, 0]
