"""`planbook build --department` and `--project`: the part of a department, or a project, as a book of its own."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from planbook.check.check import check
from planbook.cli import run
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.layout.book import BookPrinter
from planbook.output.write import folder_name
from planbook.project.publication import Publication
from planbook.views.selection import Selection
from planbook.views.sheets import sheets
from planbook.views.system_table import system_table
from tests.validation import assert_valid

if TYPE_CHECKING:
    from planbook.plan.model import Plan

DEPARTMENT = Selection(department="社会福祉協議会")
PROJECT = Selection(section="existing-desks")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def printed(real_plan: Plan) -> dict[Selection, bytes]:
    printer = BookPrinter(Templates())
    return {
        part: printer.print(real_plan, [Publication.PLAN], lambda *_: None, part)[0].content
        for part in (DEPARTMENT, PROJECT)
    }


def texts(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_system_table_has_the_rows_of_the_department_with_the_numbers_of_the_whole(real_plan: Plan) -> None:
    whole = system_table(real_plan, links=True)
    part = system_table(real_plan, links=True, selection=DEPARTMENT)
    own = {row for row in whole.rows if "社会福祉協議会" in row.department.lines}
    assert own < set(part.rows) < set(whole.rows)
    # Of a project that is the department's, though none of its actions is, all rows are there.
    assert {row.labels[2] for row in part.rows if row not in own}.isdisjoint(row.labels[2] for row in own)
    assert part.title == "白井市第2次地域福祉計画事業の体系（案）（社会福祉協議会の担当分）"


def test_the_sheets_are_those_of_the_projects_and_complete(real_plan: Plan) -> None:
    whole = {sheet.anchor: sheet for measure in sheets(real_plan) for sheet in measure.sheets}
    for measure in sheets(real_plan, DEPARTMENT):
        for sheet in measure.sheets:
            assert "社会福祉協議会" in sheet.departments
            assert [row.targets for row in sheet.rows] == [row.targets for row in whole[sheet.anchor].rows]


def test_what_stands_elsewhere_is_named_without_a_link(real_plan: Plan) -> None:
    links = [
        (link, kept)
        for measure in sheets(real_plan, DEPARTMENT)
        for sheet in measure.sheets
        for row in sheet.rows
        for link in row.links
        for kept in [link.anchor is not None]
    ]
    assert {kept for _, kept in links} == {True, False}
    assert all(re.match(r"(初出|再掲先)：\(\d+\)", link.text) for link, _ in links)


@pytest.mark.parametrize("part", [DEPARTMENT, PROJECT], ids=["department", "project"])
def test_a_part_is_a_valid_book(printed: dict[Selection, bytes], part: Selection, tmp_path: Path) -> None:
    assert_valid(printed[part], tmp_path)


def test_the_cover_and_the_file_say_which_part_it_is(printed: dict[Selection, bytes]) -> None:
    for part, name in ((DEPARTMENT, "社会福祉協議会の担当分"), (PROJECT, "事業「既存窓口の周知・利用促進」")):
        assert name in texts(printed[part])[0]
        information = pypdf.PdfReader(io.BytesIO(printed[part])).metadata
        assert information
        assert information.title == f"白井市第2次地域福祉計画（{name}）"


def test_the_index_has_the_department_alone(printed: dict[Selection, bytes]) -> None:
    index = texts(printed[DEPARTMENT])[-1]
    assert "社会福祉協議会施策" in index
    assert "社会福祉課施策" not in index


@pytest.mark.parametrize("document", list(Publication))
@pytest.mark.parametrize("part", [DEPARTMENT, PROJECT], ids=["department", "project"])
def test_no_link_of_the_web_page_leads_nowhere(real_plan: Plan, part: Selection, document: Publication) -> None:
    html = render_web_page(real_plan, document, Templates(), part)
    anchors = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r' href="#([^"]+)"', html)) - anchors == set()


def test_a_project_whose_actions_are_all_others_keeps_its_rows(real_plan: Plan) -> None:
    for project in real_plan.sections("project"):
        for name in real_plan.departments_of(project):
            assert Selection(department=name).covers(real_plan, project)
            assert Selection(department=name).entries(real_plan, project)


def test_parts_stand_beside_the_whole_book(tmp_path: Path) -> None:
    plan = str(ROOT / "data/plan.yaml")
    folder = ["-o", str(tmp_path), "-f", "html", "-d", "system-table"]
    assert run(["build", plan, *folder]) == 0
    assert run(["build", plan, *folder, "--department", "社会福祉課"]) == 0
    assert run(["build", plan, *folder, "--project", "existing-desks"]) == 0
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html")} == {
        "system-table.html",
        "departments/社会福祉課/system-table.html",
        "projects/existing-desks/system-table.html",
    }


def test_several_parts_are_made_at_once_each_in_its_folder(tmp_path: Path) -> None:
    build = ["build", str(ROOT / "data/plan.yaml"), "-o", str(tmp_path), "-f", "html", "-d", "system-table"]
    names = ("社会福祉課", "社会福祉協議会")
    assert run([*build, *(option for name in (*names, names[0]) for option in ("--department", name))]) == 0
    pages = {name: (tmp_path / "departments" / name / "system-table.html").read_text("utf-8") for name in names}
    for name in names:
        assert f"（{name}の担当分）" in pages[name]
    assert len(list(tmp_path.rglob("*.html"))) == len(names)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--department", "社会福祉課", "--department", "社会福祉科"], "もしかして「社会福祉課」"),
        (["--department", "福祉/健康課", "--department", "福祉／健康課"], "は、同じフォルダー "),
        (["--department", "社会福祉科"], "もしかして「社会福祉課」"),
        (["--project", "existing-desk"], "もしかして「existing-desks」ですか。"),
        (["--department", "社会福祉課", "--project", "existing-desks"], "どちらか一つだけにしてください。"),
    ],
)
def test_a_wrong_part_is_told(
    options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", str(ROOT / "data/plan.yaml"), "-o", str(tmp_path), *options]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [("福祉/健康課", "福祉／健康課"), ("..", "_"), ("課:A?", "課：A？"), ("あ" * 100, "あ" * 80), ("\n課 ", "課")],
)
def test_folders_have_names_that_any_system_takes(word: str, name: str) -> None:
    assert folder_name(word) == name


BOOKS = {
    "no cover": "[contents, system-table, sheets]",
    "figures first": "[cover, figures, index, contents, sheets, system-table]",
    "no sheets": "[cover, contents, system-table, sample-sheet, figures, index]",
    "sheets alone": "[sheets]",
}


@cache
def book_of(parts: str) -> tuple[Plan, bytes]:
    """Return the starter plan, which has every part of the format, and its book of these parts."""
    starter = (ROOT / "src/planbook/project/starter_files/data/plan.yaml").read_text(encoding="utf-8")
    text = re.sub(r"\nbook:( \{.*\}|\n  parts:\n(    - .*\n)+)", "", starter)
    plan = check(f"{text}\nbook:\n  parts: {parts}\n".encode(), "plan.yaml").plan
    assert plan
    return plan, BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content


@pytest.mark.parametrize("parts", BOOKS.values(), ids=BOOKS)
def test_any_choice_and_order_of_parts_is_a_valid_book(parts: str, tmp_path: Path) -> None:
    plan, pdf = book_of(parts)
    assert_valid(pdf, tmp_path)
    html = render_web_page(plan, Publication.PLAN, Templates())
    assert set(re.findall(r' href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))


def test_the_contents_follow_the_order_and_name_the_right_pages() -> None:
    reader = pypdf.PdfReader(io.BytesIO(book_of(BOOKS["figures first"])[1]))
    pages = [page.extract_text() for page in reader.pages]
    (contents,) = (text for text in pages if text.startswith("目次\n"))
    places = {
        name: int(page)
        for name, page in re.findall(
            r"^(数値目標一覧|担当課別索引|取組について|事業の体系)\s+(\d+)$", contents, re.MULTILINE
        )
    }
    assert list(places) == ["数値目標一覧", "担当課別索引", "取組について", "事業の体系"]
    assert all(name in pages[place] for name, place in places.items())
