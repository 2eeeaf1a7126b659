"""Workbooks as they are sent: colours, locks, lists, heads, paper; and CSV files with their schemas."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from planbook.cli import run
from tests.exchange.people import HEAD, column, row
from tests.plans import SMALL

ROOT = Path(__file__).parents[2]


def test_the_same_input_gives_the_same_bytes(plan: Path, inquiry: Path, tmp_path: Path) -> None:
    assert run(["export", str(plan), "-o", str(tmp_path / "again")]) == 0
    for path in inquiry.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_one_workbook_for_each_department_of_the_real_plan(tmp_path: Path) -> None:
    assert run(["export", str(ROOT / "data/plan.yaml"), "-o", str(tmp_path)]) == 0
    names = {path.stem for path in tmp_path.iterdir()}
    assert names == {
        "社会福祉課", "高齢者福祉課", "生涯学習課", "市民活動支援課", "健康課", "子育て支援課", "危機管理課",
        "障害福祉課", "教育支援課", "保育課", "社会福祉協議会", "関係課",
    }  # fmt: skip


def test_what_can_be_filled_in_is_unlocked_and_coloured(inquiry: Path) -> None:
    sheet = openpyxl.load_workbook(inquiry / "福祉課.xlsx")["取組"]
    assert sheet.protection.sheet and not sheet.protection.password
    own, relisted = row(sheet, "窓口の運営"), row(sheet, "窓口の運営（再掲）")
    for heading, unlocked in (
        ("事業", False),
        ("取組項目", False),
        ("担当課", False),
        ("令和6年度", True),
        ("備考", True),
    ):
        cell = sheet.cell(own, column(sheet, heading))
        assert cell.protection.locked is not unlocked
        assert cell.fill.fgColor.rgb == ("FFFFF7D6" if unlocked else "FFF2F2F2")
        assert sheet.cell(relisted, column(sheet, heading)).protection.locked
    assert "「(1)① 相談窓口の設置」の行で" in sheet.cell(relisted, column(sheet, "備考")).value
    assert sheet.column_dimensions["A"].hidden and sheet.freeze_panes == f"G{HEAD + 1}"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}" and sheet.page_setup.fitToHeight == 0
    assert openpyxl.load_workbook(inquiry / "福祉課.xlsx")["照合用"].sheet_state == "veryHidden"


def test_choices_are_lists(inquiry: Path) -> None:
    book = openpyxl.load_workbook(inquiry / "福祉課.xlsx")
    lists = {rule.formula1: rule for rule in book["取組"].data_validations.dataValidation}
    assert not lists['"未定,該当なし"'].showErrorMessage  # offered; anything else may be typed
    lists = {rule.formula1: rule for rule in book["数値"].data_validations.dataValidation}
    assert lists['"以上,以下,未満,超,約,程度"'].showErrorMessage


def test_deadline_and_contact_are_said(plan: Path, tmp_path: Path) -> None:
    options = ["--deadline", "1月31日（水）", "--contact", "企画課 内線 1234", "--department", "総務課"]
    assert run(["export", str(plan), "-o", str(tmp_path / "one"), *options]) == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["総務課.xlsx"]
    sheet = openpyxl.load_workbook(tmp_path / "one/総務課.xlsx")["記入のしかた"]
    texts = [cell.value for cells in sheet.iter_rows() for cell in cells if cell.value]
    assert {"ためし計画", "総務課", "1月31日（水）", "企画課 内線 1234"} <= set(texts)


def test_texts_that_look_like_formulas_stay_texts(plan: Path, tmp_path: Path) -> None:
    plan.write_text(
        SMALL.replace("2025: ちらしの配布", '2025: "=HYPERLINK(1)"').replace("ちらしの作成", "+1-2"), "utf-8"
    )
    assert run(["export", str(plan), "-o", str(tmp_path / "x")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "x/総務課.xlsx")["取組"]
    cell = sheet.cell(row(sheet, "ちらしの配布"), column(sheet, "令和7年度"))
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert run(["export", str(plan), "--format", "csv", "-o", str(tmp_path / "csv")]) == 0
    texts = [line["text"] for line in read_csv(tmp_path / "csv/targets.csv")]
    assert "'=HYPERLINK(1)" in texts and "'+1-2" in texts


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--department", "福祉科"], "もしかして"),
        (["--department", "福祉課", "--all"], "どれか一つだけ"),
        (["--format", "csv", "--blank"], "どれか一つだけ"),
    ],
)
def test_options_that_do_not_fit(
    plan: Path, tmp_path: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(plan), "-o", str(tmp_path / "x"), *options]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_plan_with_errors_is_not_sent(plan: Path, tmp_path: Path) -> None:
    plan.write_text(SMALL.replace("[総務課]\n", "[総務科]\n"), encoding="utf-8")
    assert run(["export", str(plan), "-o", str(tmp_path / "x")]) == 1


# ---- CSV ----


def read_csv(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def test_csv_of_the_real_plan(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert run(["export", str(tmp_path / "data/plan.yaml"), "--format", "csv"]) == 0
    folder = tmp_path / "out/open-data"
    actions, targets = read_csv(folder / "actions.csv"), read_csv(folder / "targets.csv")
    assert len(actions) == 55 and sum(bool(line["relists"]) for line in actions) == 10
    assert len(targets) == 45 * 3
    assert {(line["action_id"], line["column"]) for line in targets if line["action_id"] == "guidebook"} == {
        ("guidebook", year) for year in ("2018", "2019", "2020")
    }
    figures = read_csv(folder / "figures.csv")
    assert {(line["value_from"], line["unit"]) for line in figures if line["action_id"] == "guidebook"} == {
        ("2300", "部")
    }


def test_every_csv_fits_its_schema(tmp_path: Path) -> None:
    assert run(["export", str(ROOT / "data/plan.yaml"), "--format", "csv", "-o", str(tmp_path)]) == 0
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in tmp_path.glob("*.csv")}
    readers = {"integer": int, "number": float, "string": str}
    ids = {line["id"] for line in read_csv(tmp_path / "actions.csv")}
    for resource in package["resources"]:
        schema = json.loads((tmp_path / resource["schema"]).read_text("utf-8"))
        lines = read_csv(tmp_path / resource["path"])
        assert [field["name"] for field in schema["fields"]] == list(lines[0])
        for field in schema["fields"]:
            values = [line[field["name"]] for line in lines]
            assert not field.get("constraints", {}).get("required") or all(values)
            assert [readers[field["type"]](value) for value in values if value]
        keys = [tuple(line[name] for name in schema.get("primaryKey", [])) for line in lines]
        assert not any(keys) or len(set(keys)) == len(keys)
        for key in schema.get("foreignKeys", []):
            assert {line[key["fields"]] for line in lines} <= ids
