from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planbook.views.sample_sheet import sample_sheet
from planbook.views.sheets import sheets
from tests.golden_files import golden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.plan.model import Plan
    from planbook.views.long_texts import Line
    from planbook.views.sheet_records import SectionSheets, Sheet, SheetRow

GOLDEN = Path(__file__).parent / "golden/sheets.txt"


def text_of(lines: Iterable[Line]) -> str:
    return "／".join(line.text + line.tail for line in lines)


def describe_row(row: SheetRow) -> Iterator[str]:
    yield f"    [{row.anchor}] {row.title}{row.marks}{row.departments}"
    yield from (f"        {link.text} [{link.anchor}]" for link in row.links)
    yield from (f"        {text_of(target)}" for target in row.targets)


def describe_sheet(sheet: Sheet) -> Iterator[str]:
    yield f"  [{sheet.anchor}] {sheet.title}：{sheet.departments}"
    for field in sheet.fields:
        yield f"    {field.label.text}{field.label.mark}"
        yield from (f"      {'・' if field.listed else ''}{line.text}" for line in field.lines)
    for row in sheet.rows:
        yield from describe_row(row)


def describe(view: SectionSheets) -> Iterator[str]:
    yield f"{view.title}{'（最初）' if view.anchor else ''}"
    for heading in view.headings:
        yield f"{heading.word.text} [{heading.anchor}] {heading}"
    yield "　".join(column.year for column in view.columns)
    for sheet in view.sheets:
        yield from describe_sheet(sheet)
    yield ""


def test_sheets_of_the_real_plan(real_plan: Plan) -> None:
    written = "\n".join(line for view in sheets(real_plan) for line in describe(view))
    assert written == golden(GOLDEN, written)


def test_relistings_and_originals_point_to_each_other(real_plan: Plan) -> None:
    rows = {row.anchor: row for view in sheets(real_plan) for sheet in view.sheets for row in sheet.rows}
    relistings = {anchor: row for anchor, row in rows.items() if row.marks}
    assert len(rows) == 55
    assert len(relistings) == 10
    for anchor, row in relistings.items():
        (original,) = row.links
        assert rows[original.anchor].targets == row.targets
        assert anchor in [link.anchor for link in rows[original.anchor].links]
    assert sum(len(row.links) for row in rows.values()) == 20


def test_sample_sheet_of_the_real_plan(real_plan: Plan) -> None:
    sample = sample_sheet(real_plan)
    assert sample is not None
    words = sample.sheets.words
    assert sample.heading == "【記載例】"
    assert [words.project.mark, words.departments.mark, words.goal.mark] == ["※1", "※2", "※3"]
    assert [words.approaches.mark, words.actions.mark, words.policy.mark] == ["※4", "※4", ""]
    first, *_, last = sample.notes
    assert (first.mark, first.labels, first.text) == ("※1", "事業", "施策の方向を目指した事業")
    assert (last.mark, last.labels) == ("※4", "主な取り組み、取組項目")
    (sheet,) = sample.sheets.sheets
    assert [field.label.mark for field in sheet.fields] == ["※3", "※4"]
    assert [sheet.anchor, *(row.anchor for row in sheet.rows)] == [
        "example:existing-desks",
        "example:guidebook",
        "example:publicity",
    ]
    # The original keeps the anchors that everything else leads to.
    assert [heading.anchor for heading in sample.sheets.headings] == ["", ""]


def test_a_plan_without_an_example_has_no_sample_sheet(real_plan: Plan) -> None:
    assert sample_sheet(real_plan.model_copy(update={"example": None})) is None


def test_a_project_without_approaches_has_no_empty_row(real_plan: Plan) -> None:
    project = next(real_plan.sections("project")).model_copy(update={"approaches": ()})
    policy = real_plan.policies[0]
    measure = policy.measures[0].model_copy(update={"projects": (project,)})
    plan = real_plan.model_copy(
        update={"example": None, "policies": (policy.model_copy(update={"measures": (measure,)}),)}
    )
    ((sheet,),) = (view.sheets for view in sheets(plan))
    assert [field.label.text for field in sheet.fields] == ["取り組み目標"]
