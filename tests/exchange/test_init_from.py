"""A new plan from a table: the form of planbook, or the city's own with merged cells, numbers and relistings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from planbook.check.check import check
from planbook.cli import run
from planbook.exchange.city_table import split_departments
from planbook.exchange.headings import year_key
from planbook.exchange.numbered_titles import split_number
from planbook.plan.model import Action, Plan
from planbook.views.numbering import numbers
from tests.exchange.people import saved_by_libreoffice

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
REAL = ROOT / "data/plan.yaml"
ABOUT = [
    "--title",
    "白井市第2次地域福祉計画",
    "--municipality",
    "白井市",
    "--date",
    "2018-03",
    "--vision",
    "ともに生きるまち",
]


def loaded(folder: Path) -> Plan:
    path = folder / "data/plan.yaml"
    plan = check(path.read_bytes(), str(path)).plan
    assert plan is not None
    return plan


def typed_by_a_city(plan: Plan) -> openpyxl.Workbook:
    """Return the table of the plan as a city has it: not at the top left, merged, numbered, with two rows of heads."""
    book = openpyxl.Workbook()
    book.active.title = "メモ"
    book.active["A1"] = "作業用"
    sheet = book.create_sheet("体系表")
    sheet["B1"] = "地域福祉計画　体系表"
    for at, heading in enumerate(["基本方針", "施策の\n方向", "事業名", "取組項目", "担当課", "年度目標"], 2):
        sheet.cell(4, at, heading)
    for at, heading in enumerate(["H30", "平成31年度", "32年度(2020)"], 7):
        sheet.cell(5, at, heading)
    sheet.merge_cells("G4:I4")
    for letter in "BCDEF":
        sheet.merge_cells(f"{letter}4:{letter}5")
    number = 6
    for section in plan.lowest_sections():
        first = number
        for entry in section.actions:
            _row(sheet, number, plan, entry)
            number += 1
        _merge(sheet, first, number - 1, 4, section.title)
    _merge_levels(sheet, plan)
    return book


def _row(sheet: Worksheet, number: int, plan: Plan, entry: object) -> None:
    action = plan.original(entry)  # type: ignore[arg-type]
    sheet.cell(number, 5, action.title + ("" if isinstance(entry, Action) else "（再掲）"))
    separator = ("、", "・", "／", "\n")[number % 4]
    sheet.cell(number, 6, separator.join(plan.departments_of(action)))
    for at, column in enumerate(plan.columns_in_use, 7):
        text = action.target(column).text
        sheet.cell(number, at, "－" if text == "該当なし" else text or "3回")


def _merge(sheet: Worksheet, first: int, last: int, at: int, text: str) -> None:
    sheet.cell(first, at, text)
    if last > first:
        sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)


def _merge_levels(sheet: Worksheet, plan: Plan) -> None:
    for at, level in ((2, "policy"), (3, "measure")):
        number = 6
        for section in plan.sections(level):  # type: ignore[arg-type]
            rows = sum(len(low.actions) for low in plan.lowest_sections() if section in plan.ancestors(low))
            mark = numbers(plan)[section.id].replace("(", "（").replace(")", "）")
            _merge(sheet, number, number + rows - 1, at, f"{mark}{section.title}")
            number += rows


@pytest.mark.parametrize("ending", ["", "xls", "ods"])
def test_the_whole_table_of_the_real_plan_as_a_city_types_it(tmp_path: Path, real_plan: Plan, ending: str) -> None:
    path = tmp_path / "体系表.xlsx"
    typed_by_a_city(real_plan).save(path)
    path = saved_by_libreoffice(path, ending) if ending else path
    assert run(["init", str(tmp_path / "new"), "--from", str(path), *ABOUT]) == 0
    plan = loaded(tmp_path / "new")
    assert sum(len(section.actions) for section in plan.lowest_sections()) == 55
    assert [[real_plan.original(e).title for e in s.actions] for s in real_plan.lowest_sections()] == [
        [plan.original(e).title for e in s.actions] for s in plan.lowest_sections()
    ]
    assert [s.title for s in plan.sections()] == [s.title for s in real_plan.sections()]
    assert list(numbers(plan).values())[:3] == list(numbers(real_plan).values())[:3]
    for (_, old), (_, new) in zip(real_plan.originals.values(), plan.originals.values(), strict=True):
        assert plan.departments_of(new) == real_plan.departments_of(old)
        assert [new.target(c).text for c in plan.columns_in_use] == [
            old.target(c).text or "3回" for c in real_plan.columns_in_use
        ]


def test_the_workbook_of_the_whole_plan_makes_the_same_rows(tmp_path: Path, real_plan: Plan) -> None:
    assert run(["export", str(REAL), "--all", "-o", str(tmp_path)]) == 0
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "計画全体.xlsx"), *ABOUT]) == 0
    plan = loaded(tmp_path / "new")
    for (_, old), (_, new) in zip(real_plan.originals.values(), plan.originals.values(), strict=True):
        assert new.title == old.title
        for column in real_plan.columns_in_use:
            assert new.target(column).text == old.target(column).text
            assert [(f.name, f.value, f.unit) for f in new.target(column).figures] == [
                (f.name, f.value, f.unit) for f in old.target(column).figures
            ]


def test_what_is_missing_is_told_by_cell_and_the_plan_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for cells in (
        ["基本目標", "基本施策", "事業", "所管課", "現状", "令和6～8年度", "備考"],
        ["基本目標1　支え合い", "1-1 相談", "窓口の設置", "福祉課", "年1回", "年2回", "x"],
        ["", "", "窓口の周知", "", "〃", "", ""],
        ["基本目標2　学び", "", "講座（再掲）", "福祉課", "-", "→", ""],
    ):
        book.active.append(cells)
    book.save(tmp_path / "表.xlsx")
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "表.xlsx")]) == 1
    out = capsys.readouterr().out
    assert "「Sheet」D3　担当課がありません" in out
    assert "「Sheet」F3　目標がありません" in out
    assert "「Sheet」B4　「施策」の名称がありません" in out
    assert "「Sheet」C4　再掲「講座」の元の取組が見つかりません" in out
    assert "読まなかった列：備考" in out
    text = (tmp_path / "new/data/plan.yaml").read_text(encoding="utf-8")
    assert "numbers: {policy: 基本目標1, measure: 1-1}" in text
    assert "columns: [現状, 2024-2026]" in text
    assert "title: ○○" in text


def test_the_blank_form(tmp_path: Path) -> None:
    assert run(["export", str(REAL), "--blank", "-o", str(tmp_path)]) == 0
    path = tmp_path / "記入様式.xlsx"
    sheet = openpyxl.load_workbook(path)["取組"]
    texts = [cell.value for cell in sheet[4] if cell.value]
    assert "取組項目の名称" in texts and "福祉課、社会福祉協議会" in texts
    for at, value in enumerate(["支え合い", "相談", "窓口", "窓口の運営", "福祉課", "検討", "実施", "実施"], 3):
        sheet.cell(4, at).value = value
        if at > 5:
            sheet.cell(5, at).value = f"{value}2" if at == 6 else value
    sheet.parent.save(path)
    assert run(["init", str(tmp_path / "new"), "--from", str(path), *ABOUT]) == 0
    assert [action.title for _, action in loaded(tmp_path / "new").originals.values()] == ["窓口の運営", "窓口の運営2"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("福祉課、健康課", ("福祉課", "健康課")),
        ("福祉課・健康課", ("福祉課", "健康課")),
        ("子ども・子育て課／保育課", ("子ども・子育て課", "保育課")),
        ("福祉課\n社会福祉協議会", ("福祉課", "社会福祉協議会")),
    ],
)
def test_departments_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_departments(text) == names


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("(1)①相談", "(1)①", "相談"),
        ("（１） 相談", "（１）", "相談"),
        ("基本目標1　支え合い", "基本目標1", "支え合い"),
        ("第1章 総論", "第1章", "総論"),
        ("1-1 相談", "1-1", "相談"),
        ("1．相談", "1", "相談"),
        ("3歳児健診", "", "3歳児健診"),
        ("24時間相談", "", "24時間相談"),
        ("施策の推進", "", "施策の推進"),
    ],
)
def test_numbers_before_titles(text: str, number: str, title: str) -> None:
    assert split_number(text) == (number, title)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("平成30年度", "2018"), ("H30", "2018"), ("令和元年度", "2019"), ("Ｒ６", "2024"), ("2026年度", "2026"),
        ("令和6～8年度", "2024-2026"), ("平成30年度～令和2年度", "2018-2020"), ("平成32年度 (2020)", "2020"),
        ("令和12年度以降", None), ("現状", None),
    ],
)  # fmt: skip
def test_years_of_headings(text: str, key: str | None) -> None:
    assert year_key(text) == key


def test_no_table_and_options_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "空.xlsx")]) == 2
    assert "取組の表が見つかりません" in capsys.readouterr().err
    assert run(["init", str(tmp_path / "new"), "--title", "x"]) == 2
    assert not (tmp_path / "new").exists()
