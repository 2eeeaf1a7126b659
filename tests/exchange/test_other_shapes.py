"""Plans of other shapes: pillars, no projects, words and periods for columns, contents, marks and indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from planbook.check.check import check
from planbook.cli import run
from tests.exchange.people import HEAD, fill_in
from tests.exchange.test_collect import changed, collect

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
format: 1
title: ためし計画
municipality: ためし市
stage: 案
date: 2026-03
years: [2026, 2027, 2028, 2029]
columns: [現状, 2026, 2027-2029, 令和12年度以降]
vision: [ともに生きる, まち]
departments: [健康課, 福祉課]
marks: [{name: 新規, sign: 新}]
numbers: {action: ①}
pillars:
  - id: life
    title: 健やかに暮らせるまち
    policies:
      - id: health
        title: 健康づくりの推進
        departments: [健康課, 福祉課]
        indicators:
          - name: 受診率   # 市の調べ
            unit: ％
            values: {2022: 38.5, 2026: 45, 2029: 60}
            bound: 以上
          - {name: 拠点, values: {2022: 未整備, 2029: 整備}}
        actions:
          - id: checkups
            title: 受診の勧奨
            marks: [新規]
            content: 電話と手紙で勧める。
            targets: {現状: 年1回, 2026-2029: 年3回, 令和12年度以降: 継続}
          - id: exercise
            title: 体操教室
            departments: [福祉課, 健康課]
            targets:
              現状: 該当なし
              2026:
                figures: [{value: 17.0, unit: 回, bound: 以上}]
              2027-2029: {text: 実施, figures: [{value: 3-5, unit: 回}]}
              令和12年度以降: 継続
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    assert check(path.read_bytes(), str(path)).plan is not None
    return path


def test_without_changes_no_byte_changes(plan: Path, inquiry: Path) -> None:
    assert run(["export", str(plan), "--all", "-o", str(inquiry)]) == 0
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == PLAN


def test_the_headings(inquiry: Path) -> None:
    book = openpyxl.load_workbook(inquiry / "健康課.xlsx")
    assert [cell.value for cell in book["取組"][HEAD]][2:] == [
        "基本の柱", "基本方針", "番号", "取組項目", "印", "内容", "担当課",
        "現状", "令和8年度 (2026)", "令和9～11年度 (2027-2029)", "令和12年度以降", "備考",
    ]  # fmt: skip
    assert [cell.value for cell in book["指標"][HEAD]][3:8] == [
        "指標", "単位", "令和4年度 (2022)", "令和8年度 (2026)", "令和11年度 (2029)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "heading", "sheet", "typed", "came"),
    [
        (
            "受診の勧奨", "令和8年度", "取組", "年2回",
            "targets: {現状: 年1回, 2026: 年2回, 2027-2029: 年3回, 令和12年度以降: 継続}",
        ),
        ("受診の勧奨", "現状", "取組", "年0回", "targets: {現状: 年0回, 2026-2029: 年3回, 令和12年度以降: 継続}"),
        ("受診の勧奨", "内容", "取組", "電話で勧める。", "content: 電話で勧める。"),
        ("体操教室", "令和8年度", "数値", 18, "figures: [{value: 18, unit: 回, bound: 以上}]"),
        ("体操教室", "令和9", "数値", "4～6回", "2027-2029: {text: 実施, figures: [{value: 4-6, unit: 回}]}"),
        ("受診率", "令和11年度", "指標", "65％以上", "values: {2022: 38.5, 2026: 45, 2029: 65}"),
        ("拠点", "令和11年度", "指標", "面的整備", "- {name: 拠点, values: {2022: 未整備, 2029: 面的整備}}"),
        ("拠点", "令和8年度", "指標", "準備", "- {name: 拠点, values: {2022: 未整備, 2026: 準備, 2029: 整備}}"),
        ("受診率", "出典", "指標", "国保データ", "source: 国保データ"),
    ],
)  # fmt: skip
def test_one_changed_cell(  # noqa: PLR0913, PLR0917 - fixtures and cases
    plan: Path, inquiry: Path, title: str, heading: str, sheet: str, typed: Any, came: str
) -> None:
    book = openpyxl.load_workbook(inquiry / "健康課.xlsx")
    if title == "体操教室" and heading == "令和9":  # its second figure: other words stand around it
        sheets = book[sheet]
        number = max(cells[0].row for cells in sheets.iter_rows() if any(cell.value == title for cell in cells))
        column = next(cell.column for cell in sheets[HEAD] if str(cell.value).startswith(heading))
        sheets.cell(number, column).value = typed
        book.save(inquiry / "健康課.xlsx")
    else:
        fill_in(inquiry / "健康課.xlsx", title, heading, typed, sheet)
    assert collect(plan, inquiry) == 0
    assert [line[2:].strip() for line in changed(plan, PLAN) if line.startswith("+")] == [came]


def test_two_departments_answer_the_same_action_in_different_ways(
    plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(inquiry / "健康課.xlsx", "体操教室", "令和12年度以降", "拡大")
    fill_in(inquiry / "福祉課.xlsx", "体操教室", "令和12年度以降", "縮小")
    assert collect(plan, inquiry) == 1
    out = capsys.readouterr().out
    assert "■ 食い違い（1 件" in out and "健康課.xlsx の「取組」" in out and "縮小" in out
    assert plan.read_text(encoding="utf-8") == PLAN


def test_titles_and_departments_in_the_workbook_of_the_whole_plan(plan: Path, tmp_path: Path) -> None:
    assert run(["export", str(plan), "--all", "-o", str(tmp_path)]) == 0
    path = tmp_path / "計画全体.xlsx"
    fill_in(path, "受診の勧奨", "担当課", "健康課")
    fill_in(path, "受診の勧奨", "取組項目", "健診の勧奨")
    fill_in(path, "体操教室", "印", "新規")
    assert collect(plan, path) == 0
    assert [line for line in changed(plan, PLAN) if line[0] == "+"] == [
        "+             title: 健診の勧奨",
        "+             departments: [健康課]",
        "+             marks: [新規]",
    ]
