"""A new plan from a table: the form of planbook, or the city's own with merged cells, numbers and relistings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from planbook.check.check import check
from planbook.cli import run
from planbook.exchange.city_headings import year_key
from planbook.exchange.city_table import split_departments
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


@pytest.mark.parametrize("ending", ["", *(pytest.param(each, marks=pytest.mark.slow) for each in ("xls", "ods"))])
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
    assert "「Sheet」B4　「基本施策」の名称がありません" in out
    assert "「Sheet」C4　再掲「講座」の元の取組が見つかりません" in out
    assert "読まなかった列：備考" in out
    text = (tmp_path / "new/data/plan.yaml").read_text(encoding="utf-8")
    assert "numbers: {policy: 基本目標1, measure: 1-1}" in text
    assert "columns: [現状, 2024-2026]" in text
    assert "title: ○○" in text


@pytest.mark.parametrize("name", ["aomine", "seoto", "shionose", "mizuho"])
def test_the_workbook_of_any_plan_makes_its_hierarchy_and_indicators_again(tmp_path: Path, name: str) -> None:
    path = ROOT / "examples" / name / "plan.yaml"
    given = check(path.read_bytes(), str(path)).plan
    assert given is not None
    assert run(["export", str(path), "--all", "-o", str(tmp_path)]) == 0
    run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "計画全体.xlsx"), *ABOUT])
    text = (tmp_path / "new/data/plan.yaml").read_text(encoding="utf-8").replace("years: [○○]", "years: 2025-2035")
    made = check(text.encode(), "plan.yaml").plan
    assert made is not None
    assert [(each.level, each.title) for each in made.sections()] == [(e.level, e.title) for e in given.sections()]
    assert [each.title for _, each in made.originals.values()] == [each.title for _, each in given.originals.values()]
    for old, new in zip((given, *given.sections()), (made, *made.sections()), strict=True):
        assert [(each.name, each.unit, each.values, each.bound, each.source, each.note) for each in new.indicators] == [
            (each.name, each.unit, each.values, each.bound, each.source, each.note) for each in old.indicators
        ]
    assert {level: made.word(level) for level in made.levels} == {level: given.word(level) for level in given.levels}


def _typed(book: openpyxl.Workbook, name: str, rows: list[list[Any]], merged: tuple[str, ...] = ()) -> None:
    sheet = book.create_sheet(name)
    for number, cells in enumerate(rows, 1):
        for at, value in enumerate(cells, 1):
            if value != "":
                sheet.cell(number, at, value)
    for area in merged:
        sheet.merge_cells(area)


def test_three_levels_by_other_words_and_a_sheet_of_indicators(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "作業用"
    rows: list[list[Any]] = [
        ["○△市こども計画　体系"],
        ["柱", "基本施策", "施策", "主な取組", "区分", "担当課（主担当）", "年次計画", "", ""],
        ["", "", "", "", "", "", "R8", "R9", "R10以降"],
        [
            "Ⅰ　産み育てる",
            "１．妊娠期",
            "（１）相談",
            "①　面談",
            "新規・重点",
            "健康課　ほか関係各課",
            "実施",
            "→",
            "継続",
        ],
        ["", "", "", "②　産後ケア", "拡充", "（福）○△市社会福祉協議会", "検討", "－", "〃"],
        ["小計"],
        ["Ⅱ　若者", "１．参画", "（１）声", "①　会議", "", "企画課／市民課\n会計課", "年2回", "年2回", "年3回"],
        ["", "", "", "②　面談（再掲）", "", "健康課", "", "", ""],
    ]
    _typed(book, "一覧", rows, ("A4:A5", "B4:B5", "C4:C5", "A7:A8", "G2:I2", "A2:A3", "B2:B3", "F2:F3"))
    indicators: list[list[Any]] = [
        ["No.", "基本施策", "指標名", "単位", "現状値", "目標値", "", "出典"],
        ["", "", "", "", "(R6)", "中間(R8)", "最終(R9)", ""],
        [1, "妊娠期", "産後ケアの利用者", "人", "1,240人", "1,500", "２，０００人以上", "庁内調べ"],
        [2, "", "満足度", "", 83.2, 88.5, "92％", ""],
        [3, "Ⅱ　若者", "会議の提案", "", "制度なし", "－", "毎年度3件を予算化", ""],
        [4, "計画全体", "住みやすさ", "％", "61.3%", "", "70", "調査"],
        [5, "別の施策", "別の指標", "件", 1, 2, 3, ""],
    ]
    _typed(book, "数値目標", indicators, ("F1:G1", "C1:C2", "B3:B4"))
    book.save(tmp_path / "表.xlsx")
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "表.xlsx"), *ABOUT]) == 1
    out = capsys.readouterr().out
    assert "読まなかったシート：Sheet" in out
    assert "「数値目標」7 行目　「別の施策」が取組の表にないので、指標「別の指標」は計画全体の指標としました" in out
    plan = loaded(tmp_path / "new")
    assert [(each.level, each.title) for each in plan.sections()][:3] == [
        ("pillar", "産み育てる"), ("policy", "妊娠期"), ("measure", "相談")
    ]  # fmt: skip
    assert (plan.word("pillar"), plan.word("policy"), plan.word("department")) == ("柱", "基本施策", "担当課")
    assert [each.name for each in plan.departments][:2] == ["健康課", "関係各課"]
    assert [mark.name for mark in plan.marks] == ["新規", "重点", "拡充"]
    pillar, policy = list(plan.sections("pillar"))[1], next(iter(plan.sections("policy")))
    told = [
        (each.name, each.unit, [str(value) for value in each.values.values()], each.bound)
        for each in (*policy.indicators, *pillar.indicators, *plan.indicators)
    ]
    assert told == [
        ("産後ケアの利用者", "人", ["1240", "1500", "2000"], "以上"),
        ("満足度", "％", ["83.2", "88.5", "92"], None),
        ("会議の提案", None, ["制度なし", "毎年度3件を予算化"], None),
        ("住みやすさ", "％", ["61.3", "70"], None),
        ("別の指標", "件", ["1", "2", "3"], None),
    ]
    assert [key.first for key in plan.indicators[0].values if not isinstance(key, str)] == [2024, 2027]


def test_values_whose_year_is_not_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    _typed(book, "体系", [["基本方針", "取組", "担当課", "R8", "R9"], ["相談", "窓口", "福祉課", "開設", "運営"]])
    _typed(book, "指標", [["指標", "現状値", "目標値", "最終目標値"], ["相談", "1件", 5, 7]])
    book.save(tmp_path / "表.xlsx")
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "表.xlsx"), *ABOUT]) == 1
    out = capsys.readouterr().out
    assert "「指標」B2　「現状値」が何年度の値か分からないので、2025 年度としました" in out
    assert "「指標」D2　「最終目標値」が何年度の値か分からないので、「7」は入れていません" in out
    text = (tmp_path / "new/data/plan.yaml").read_text(encoding="utf-8")
    assert "values: {2025: 1, 2027: 5}" in text


def test_columns_of_the_table_that_say_what_is_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    heads = ["基本目標", "施策の方向性", "事業名", "所管", "指標", "単位", "現状値（R6年度）", "目標値（R11年度）"]
    rows = [heads, ["1 学び", "1-1 講座", "①教室", "学習課", "受講者", "人", "1,200", "1,500以上"]]
    _typed(book, "体系", [*rows, ["", "", "②周知", "学習課", "広報", "回", "年1回", "年2回"]])
    book.save(tmp_path / "表.xlsx")
    run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "表.xlsx"), *ABOUT])
    text = (tmp_path / "new/data/plan.yaml").read_text(encoding="utf-8")
    assert "figures: [{name: 受講者, value: 1500, unit: 人, bound: 以上}]" in text
    assert '{現状値(R6年度): "広報：年1回", 目標値(R11年度): "広報：年2回"}' in text


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
        ("1-(1) 相談", "1-(1)", "相談"),
        ("１－（１）－①相談", "１－（１）－①", "相談"),
        ("Ⅰ-1 相談", "Ⅰ-1", "相談"),
        ("１－①相談", "１－①", "相談"),
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
