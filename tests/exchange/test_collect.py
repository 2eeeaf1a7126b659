"""Replies are taken into the plan: what a department changed, and nothing else."""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.cli import run
from tests.exchange.people import HEAD, column, fill_in, row
from tests.plans import SMALL

ROOT = Path(__file__).parents[2]


def collect(plan: Path, *replies: Path, dry_run: bool = False) -> int:
    return run(["collect", *map(str, replies), "--plan", str(plan), *["--dry-run"] * dry_run])


def changed(plan: Path, before: str = SMALL) -> list[str]:
    """Return the lines that went and came."""
    lines = difflib.ndiff(before.splitlines(), plan.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_unchanged_replies_change_no_byte(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == SMALL
    assert "変わるところはありません" in capsys.readouterr().out


def test_unchanged_replies_to_the_real_plan_change_no_byte(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    shutil.copy(ROOT / "data/plan.yaml", plan)
    assert run(["export", str(plan), "-o", str(tmp_path / "inquiry")]) == 0
    assert run(["export", str(plan), "--all", "-o", str(tmp_path / "inquiry")]) == 0
    assert len(list((tmp_path / "inquiry").iterdir())) == 13
    assert collect(plan, tmp_path / "inquiry") == 0
    assert plan.read_bytes() == (ROOT / "data/plan.yaml").read_bytes()


def test_one_changed_cell(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "ちらしの全戸配布　\n")
    assert collect(plan, inquiry) == 0
    assert changed(plan) == [
        "-                 targets: {2024: ちらしの作成, 2025: ちらしの配布}",
        "+                 targets: {2024: ちらしの作成, 2025: ちらしの全戸配布}",
    ]
    told = capsys.readouterr().out
    assert f"総務課.xlsx の「取組」{cell}" in told
    assert "旧：ちらしの配布" in told and "新：ちらしの全戸配布" in told


def test_dry_run_writes_nothing(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "別の目標")
    assert collect(plan, inquiry, dry_run=True) == 0
    assert plan.read_text(encoding="utf-8") == SMALL
    assert "別の目標" in capsys.readouterr().out


def test_a_range_is_split_and_joined_again(plan: Path, inquiry: Path) -> None:
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", "窓口の増設")
    assert collect(plan, inquiry / "福祉課.xlsx") == 0
    assert changed(plan) == [
        "-                   2024-2025: {text: 窓口の運営, figures: [{value: 3, unit: か所}]}",
        "+                   2024: {text: 窓口の運営, figures: [{value: 3, unit: か所}]}",
        "+                   2025: {text: 窓口の増設, figures: [{value: 3, unit: か所}]}",
    ]
    assert run(["export", str(plan), "-o", str(inquiry)]) == 0
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", "窓口の運営")
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == SMALL


def test_line_breaks_and_signs_of_yaml(plan: Path, inquiry: Path) -> None:
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和6年度", "窓口の運営\n・重点: 相談 # 1")
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", "- 窓口: 増設")
    assert collect(plan, inquiry) == 0
    assert changed(plan) == [
        "+                   2024:",
        "+                     text: |-",
        "+                       窓口の運営",
        "+                       ・重点: 相談 # 1",
        "+                     figures: [{value: 3, unit: か所}]",
        "-                   2024-2025: {text: 窓口の運営, figures: [{value: 3, unit: か所}]}",
        '+                   2025: {text: "- 窓口: 増設", figures: [{value: 3, unit: か所}]}',
    ]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (1240, "1240"), ("1,240か所", "1240"), ("１２４０", "1240"), ("4～6", "4-6"), (4.5, "4.5"), ("1240", "1240"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(plan: Path, inquiry: Path, typed: Any, written: str) -> None:
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", typed, "数値")
    assert collect(plan, inquiry) == 0
    assert changed(plan)[-1].endswith(f"2025: {{text: 窓口の運営, figures: [{{value: {written}, unit: か所}}]}}")


@pytest.mark.parametrize(
    ("sheet", "typed", "told"),
    [
        ("取組", None, "空になっています"),
        ("取組", "=A1", "式"),
        ("取組", dt.date(2024, 4, 5), "「4-5」と書いたのなら"),
        ("数値", dt.date(2024, 4, 5), "日付"),
        ("数値", "多数", "数として読めません"),
        ("数値", "3回", "数として読めません"),
    ],
)
def test_what_can_not_be_taken_is_told_by_cell(  # noqa: PLR0913, PLR0917 - fixtures and cases
    plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str], sheet: str, typed: Any, told: str
) -> None:
    cell = fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", typed, sheet)
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "別の目標")
    assert collect(plan, inquiry) == 1
    out = capsys.readouterr().out
    assert told in out and f"福祉課.xlsx の「{sheet}」{cell}" in out
    assert len(changed(plan)) == 2  # the other reply is taken


def test_a_conflict_with_the_plan_is_not_written(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "回答の目標")
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和6年度", "回答の初年度")
    newer = SMALL.replace("2025: ちらしの配布", "2025: その間の目標")
    plan.write_text(newer, encoding="utf-8")
    assert collect(plan, inquiry) == 1
    assert changed(plan, newer)[1].strip("+ ") == "targets: {2024: 回答の初年度, 2025: その間の目標}"
    out = capsys.readouterr().out
    assert "その間の目標" in out and "回答の目標" in out


def test_a_cell_left_alone_does_not_undo_what_the_plan_says_now(plan: Path, inquiry: Path) -> None:
    newer = SMALL.replace("2025: ちらしの配布", "2025: その間の目標")
    plan.write_text(newer, encoding="utf-8")
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == newer


def test_the_same_reply_twice_and_two_that_differ(
    plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = inquiry / "総務課.xlsx", inquiry / "総務課 (1).xlsx"
    fill_in(one, "ちらしの配布", "令和7年度", "甲")
    shutil.copy(one, two)
    assert collect(plan, inquiry) == 0
    assert changed(plan)[1].endswith("2025: 甲}")
    plan.write_text(SMALL, encoding="utf-8")
    fill_in(two, "ちらしの配布", "令和7年度", "乙")
    assert collect(plan, inquiry) == 1
    assert plan.read_text(encoding="utf-8") == SMALL
    out = capsys.readouterr().out
    assert "総務課.xlsx の「取組」" in out and "総務課 (1).xlsx の「取組」" in out


def test_rows_sorted_without_their_hidden_columns(plan: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "data/plan.yaml", plan)
    folder = tmp_path / "all"
    assert run(["export", str(plan), "--all", "-o", str(folder)]) == 0
    path = folder / "計画全体.xlsx"
    fill_in(path, "周知方法の検討", "平成30年度", "新しい目標")
    book = openpyxl.load_workbook(path)
    sheet = book["取組"]
    rows = [[cell.value for cell in cells[2:]] for cells in sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 55)]
    for number, values in enumerate(sorted(rows, key=lambda each: each[3]), HEAD + 1):
        for at, value in enumerate(values, 3):
            sheet.cell(number, at).value = value
    book.save(path)
    before = plan.read_text(encoding="utf-8")
    assert collect(plan, path) == 0
    assert changed(plan, before) == [
        "-                   2018: 市民に分かりやすい情報提供の手法の検討",
        "+                   2018: 新しい目標",
    ]


def test_a_filter_set_rows_hidden_by_it_and_columns_of_other_widths(plan: Path, inquiry: Path) -> None:
    reply = inquiry / "総務課.xlsx"
    fill_in(reply, "ちらしの配布", "令和7年度", "ちらしの全戸配布")
    book = openpyxl.load_workbook(reply)
    sheet = book["取組"]
    sheet.auto_filter.ref = f"A{HEAD}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    sheet.auto_filter.add_filter_column(3, ["何も残らない"])
    for number in range(HEAD + 1, sheet.max_row + 1):
        sheet.row_dimensions[number].hidden = True
    for letter in "DEFG":
        sheet.column_dimensions[letter].width = 3
    sheet.column_dimensions["F"].hidden = True
    book.save(reply)
    assert collect(plan, inquiry) == 0
    assert changed(plan) == [
        "-                 targets: {2024: ちらしの作成, 2025: ちらしの配布}",
        "+                 targets: {2024: ちらしの作成, 2025: ちらしの全戸配布}",
    ]


def test_rows_inserted_deleted_and_copied(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = inquiry / "総務課.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["取組"]
    number = row(sheet, "ちらしの配布")
    sheet.insert_rows(HEAD + 1, 2)
    for at in range(1, sheet.max_column + 1):  # a copy as the pattern of a new row, with its hidden columns
        sheet.cell(HEAD + 1, at).value = sheet.cell(number + 2, at).value
    sheet.cell(HEAD + 1, column(sheet, "取組項目")).value = "動画の配信"
    book.save(path)
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == SMALL
    out = capsys.readouterr().out
    assert "- id: 動画の配信" in out and "2025: ちらしの配布" in out
    for title in ("動画の配信", "ちらしの配布"):
        sheet.delete_rows(row(sheet, title))
    book.save(path)
    assert collect(plan, inquiry) == 0
    assert "この行がありません" in capsys.readouterr().out


def test_a_sheet_renamed_columns_moved_and_the_hidden_sheet_gone(plan: Path, inquiry: Path) -> None:
    path = inquiry / "総務課.xlsx"
    fill_in(path, "ちらしの配布", "令和7年度", "新しい目標")
    book = openpyxl.load_workbook(path)
    book["取組"].title = "回答"
    book["回答"].insert_cols(4)
    book.remove(book["照合用"])
    book.save(path)
    assert collect(plan, inquiry) == 0
    assert changed(plan)[1].endswith("2025: 新しい目標}")


def test_rows_copied_into_a_new_workbook(plan: Path, inquiry: Path) -> None:
    path = inquiry / "総務課.xlsx"
    fill_in(path, "ちらしの配布", "令和7年度", "新しい目標")
    old, new = openpyxl.load_workbook(path)["取組"], openpyxl.Workbook()
    for cells in old.iter_rows(min_row=HEAD, max_row=HEAD + 2):
        new.active.append([cell.value for cell in cells])
    new.save(inquiry / "まとめ.xlsx")
    path.unlink()
    assert collect(plan, inquiry) == 0
    assert changed(plan)[1].endswith("2025: 新しい目標}")


def test_merged_cells_mean_the_same_for_all(plan: Path, inquiry: Path) -> None:
    path = inquiry / "総務課.xlsx"
    fill_in(path, "ちらしの配布", "令和6年度", "ちらしの作成と配布")
    book = openpyxl.load_workbook(path)
    sheet = book["取組"]
    number, first = row(sheet, "ちらしの配布"), column(sheet, "令和6年度")
    sheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=first + 1)
    book.save(path)
    assert collect(plan, inquiry) == 0
    assert changed(plan)[1].strip("+ ") == "targets: {2024-2025: ちらしの作成と配布}"


def test_remarks_and_those_who_did_not_answer(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "備考", "予算による")
    assert collect(plan, inquiry / "総務課.xlsx") == 0
    out = capsys.readouterr().out
    assert f"総務課.xlsx の「取組」{cell}　「ちらしの配布」：予算による" in out
    assert "回答のないところ（1）：福祉課" in out


def test_a_dash_is_not_applicable(plan: Path, inquiry: Path) -> None:
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "－")
    assert collect(plan, inquiry) == 0
    assert changed(plan)[1].endswith("2025: 該当なし}")


def test_locked_cells_and_relistings_are_told_not_taken(
    plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "担当課", "福祉課")
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営（再掲）", "令和7年度", "別の目標")
    assert collect(plan, inquiry) == 0
    assert plan.read_text(encoding="utf-8") == SMALL
    assert capsys.readouterr().out.count("見るだけの欄が変えられています") == 2


def test_what_the_check_refuses_is_left_out(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(inquiry / "福祉課.xlsx", "窓口の運営", "令和7年度", "𩸽の窓口\U0001f600")
    fill_in(inquiry / "総務課.xlsx", "ちらしの配布", "令和7年度", "別の目標")
    assert collect(plan, inquiry) == 1
    assert changed(plan)[1].endswith("2025: 別の目標}")
    assert "計画の決まりに合わず" in capsys.readouterr().out


def test_a_reply_to_another_plan(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = SMALL.replace("ためし計画", "別の計画").replace("ためし市", "別の市").replace("窓口の運営", "別の取組")
    plan.write_text(other.replace("ちらしの配布", "別のちらし").replace("desk\n", "d\n").replace("leaflets", "l"))
    assert collect(plan, inquiry) == 1
    assert "別の計画（ためし市・ためし計画）への回答です" in capsys.readouterr().out
