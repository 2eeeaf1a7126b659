"""The house style: files of a plan's own `templates/` take the place of the bundled ones, one by one."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdf
import pytest

from planbook.cli import run
from planbook.html.templates import Templates
from planbook.layout.book import STYLESHEETS
from planbook.pdf.house_style import house_style_problems
from planbook.project.paths import Workspace

ROOT = Path(__file__).parents[2]
MILLIMETRE = 72 / 25.4


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a plan's own templates."""
    shutil.copytree(ROOT / "src/planbook/project/starter_files/data", tmp_path / "data")
    folder = tmp_path / "templates"
    (folder / "css").mkdir(parents=True)
    return folder


def built(own: Path, *documents: str) -> pypdf.PdfReader:
    options = [option for document in documents for option in ("-d", document)]
    assert run(["build", str(own.parent / "data/plan.yaml"), "-f", "pdf", *options]) == 0
    return pypdf.PdfReader(io.BytesIO((own.parent / "out" / f"{documents[0]}.pdf").read_bytes()))


def painted(reader: pypdf.PdfReader) -> bytes:
    contents = reader.pages[0].get_contents()
    assert contents is not None
    return contents.get_data()


def size(page: pypdf.PageObject) -> tuple[int, int]:
    return round(float(page.mediabox.width) / MILLIMETRE), round(float(page.mediabox.height) / MILLIMETRE)


def test_a_plan_has_its_own_templates_beside_its_data(own: Path) -> None:
    assert Workspace(own.parent / "data/plan.yaml").templates == own


def test_one_file_of_variables_sets_the_papers(own: Path) -> None:
    (own / "css/house-style.css").write_text(
        ":root { --system-table-width: 420mm; --system-table-height: 297mm; --sheets-width: 182mm;"
        " --sheets-height: 257mm; --book-page: 182mm 257mm }",
        encoding="utf-8",
    )
    assert {size(page) for page in built(own, "system-table").pages} == {(420, 297)}
    assert {size(page) for page in built(own, "sheets").pages} == {(182, 257)}
    assert size(built(own, "plan").pages[0]) == (182, 257)


def test_colours_and_type_sizes_are_variables(own: Path) -> None:
    before = painted(built(own, "plan"))
    (own / "css/house-style.css").write_text(":root { --accent: #ff0000; --cover-title-size: 20pt }", encoding="utf-8")
    after = painted(built(own, "plan"))
    assert b"1 0 0 rg" not in before
    assert b"1 0 0 rg" in after


def test_a_template_takes_the_place_of_one_file_alone(own: Path) -> None:
    (own / "parts").mkdir()
    (own / "parts/cover.html.j2").write_text(
        "{% macro cover(view) %}<div class='cover'><h1>{{ view.municipality }}の計画</h1></div>{% endmacro %}",
        encoding="utf-8",
    )
    reader = built(own, "plan")
    assert reader.pages[0].extract_text().strip().endswith("の計画")
    assert "目次" in reader.pages[1].extract_text()


def test_a_faulty_style_is_told_with_its_place(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "css/house-style.css").write_text(".cover {\n  text-wrap: balance;\n}\n", encoding="utf-8")
    assert run(["build", str(own.parent / "data/plan.yaml")]) == 2
    told = "templates/css/house-style.css:2:3: スタイルシートの「text-wrap: balance」は使えません"
    assert told in capsys.readouterr().err
    assert not (own.parent / "out").exists()


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (":root {\n  --acent: #7a1f3d;\n}\n", "2:3: 変数「--acent」はありません。もしかして「--accent」"),
        (":root { --accent: #7a1f3 }", "1:9: 「--accent」の値「#7a1f3」は色ではありません。"),
        (":root { --size: 11pts }", "1:9: 「--size」の値「11pts」は長さではありません。"),
        (
            ":root { --sheets-margin: 18mm 15 16mm }",
            "1:9: 「--sheets-margin」の値「18mm 15 16mm」は長さ",
        ),
        (":root { --shade: var(--acent) }", "1:9: 変数「--acent」はありません。"),
        (".cover { color }", "1:15: ここが指定として読めません。"),
    ],
)
def test_a_faulty_house_style_is_told_once(css: str, told: str, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "css/house-style.css").write_text(css, encoding="utf-8")
    assert run(["build", str(own.parent / "data/plan.yaml"), "-f", "pdf", "-d", "sheets"]) == 2
    problem, *rest = capsys.readouterr().err.splitlines()
    assert problem.startswith(f"planbook: templates/css/house-style.css:{told}")
    assert rest == ["作れませんでした。前の出力はそのままです。"]


def test_the_guide_names_every_variable() -> None:
    guide = (ROOT / "docs/ja/guide.md").read_text(encoding="utf-8")
    base = (ROOT / "templates/css/base.css").read_text(encoding="utf-8")
    names = [line.split(":")[0].strip() for line in base.splitlines() if line.strip().startswith("--")]
    assert [name for name in names if f"`{name}`" not in guide] == []


@pytest.mark.parametrize(
    ("css", "place", "told"),
    [
        (":root { --accent: #7a1f3 }", "1:9", "「--accent」の値「#7a1f3」は色ではありません"),
        (":root { --size: 11pts }", "1:9", "「--size」の値「11pts」は長さではありません"),
        (":root { --acent: #7a1f3d }", "1:9", "変数「--acent」はありません。もしかして「--accent」"),
        (".cover p { color: var(--acent) }", "1:23", "変数「--acent」はありません。もしかして「--accent」"),
        ("@media print { p { color: var(--acent) } }", "1:31", "変数「--acent」はありません。もしかして「--accent」"),
        ("p { width: calc(1mm + ) }", "1:1", "ここの指定の値が読めません"),
        ("a:hovver { color: red }", "1:1", "「a:hovver」は、指定を当てる先（セレクター）として読めません"),
        ('@import "other.css";', "1:1", "@import は使えません"),
    ],
)
def test_each_slip_is_told_once_at_its_place(css: str, place: str, told: str) -> None:
    (problem,) = house_style_problems(css, Templates().read("css/base.css"), "templates/css/house-style.css")
    assert problem.startswith(f"templates/css/house-style.css:{place}: {told}")


def test_what_planbook_writes_itself_has_no_slip() -> None:
    templates = Templates()
    base = templates.read("css/base.css")
    assert house_style_problems(templates.read("css/house-style.css"), base, "house-style.css") == []
    assert house_style_problems(templates.read_all(STYLESHEETS), base, "all.css") == []
