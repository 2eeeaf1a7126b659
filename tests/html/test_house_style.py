"""The house style: files of a plan's own `templates/` take the place of the bundled ones, one by one."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pypdf
import pytest

from planbook.cli import run
from planbook.errors import TemplateError
from planbook.html.templates import Templates
from planbook.html.web_page import render_waiting_page
from planbook.layout.book import STYLESHEETS, BookPrinter
from planbook.pdf.house_style import house_style_problems
from planbook.pdf.house_style_rules import PageSources
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
        (":root { --sheets-size: 2pt }", "1:9", "--sheets-size の文字が小さすぎます。8pt 以上にしてください。"),
        (".sheet td { font-size: 2.5mm }", "1:13", "font-size の文字が小さすぎます"),
        ('.cover p { font: bold 7.5pt/1.5 "BIZ UDPGothic" }', "1:12", "font の文字が小さすぎます"),
        (":root { --acent: #7a1f3d }", "1:9", "変数「--acent」はありません。もしかして「--accent」"),
        (".cover p { color: var(--acent) }", "1:23", "変数「--acent」はありません。もしかして「--accent」"),
        ("@media print { p { color: var(--acent) } }", "1:31", "変数「--acent」はありません。もしかして「--accent」"),
        ("p { width: calc(1mm + ) }", "1:1", "ここの指定の値が読めません"),
        ("a:hovver { color: red }", "1:1", "「a:hovver」は、指定を当てる先（セレクター）として読めません"),
        ('@import "other.css";', "1:1", "@import は使えません"),
        (":root { --line: red }", "1:9", "「--line」の値「red」は線"),
        ("@page { size: A9 }", "1:9", "@page の size は使えません。用紙と余白は、--book-page"),
        ("@page cover { size: A9 }", "1:15", "@page の size は使えません"),
        ("@page :first { margin-top: 5mm }", "1:16", "@page の margin-top は使えません"),
        ("@page sheet { margin: 5mm }", "1:1", "ページ「sheet」はありません。もしかして「sheets」"),
        ('@page { @bottom-center { content: "1" } }', "1:9", "@bottom-center は使えません"),
        ("@supports (color: red) { p { color: red } }", "1:1", "@supports は使えません"),
        ("@pgae { margin: 5mm }", "1:1", "@pgae は使えません。もしかして「page」"),
        ("@media screen { p { color: red } }", "1:1", "@media screen の指定は、印刷では使われません"),
        ("p::selection { color: red }", "1:1", "「p::selection」の ::selection は、印刷では使えません"),
        ("a:hover { color: red }", "1:1", "「a:hover」の :hover は、印刷では使えません"),
        (".covr { color: red }", "1:1", "クラス「covr」は planbook のページにありません。もしかして「cover」"),
        ("p { font-family: Meiryo }", "1:5", "書体「Meiryo」は印刷に使えません。使える書体は「BIZ UDPGothic」です"),
        ("p { font: bold 10pt/1.5 Meiryo }", "1:5", "書体「Meiryo」は印刷に使えません"),
        (':root { --font: "Meiryo" }', "1:9", "書体「Meiryo」は印刷に使えません"),
        ("p { background: url(mark.png) }", "1:17", "ファイル「templates/mark.png」がありません"),
        (
            'p { background: url("https://example.com/mark.png") }',
            "1:17",
            "「https://example.com/mark.png」は読みません",
        ),
        (":root { --book-page: 100mm 297mm }", "1:9", "用紙 100mm × 297mm にはページを組めません"),
        (":root { --sheets-margin: 20mm 70mm }", "1:9", "用紙 210mm × 297mm にはページを組めません"),
    ],
)
def test_each_slip_is_told_once_at_its_place(css: str, place: str, told: str) -> None:
    (problem,) = problems(css)
    assert problem.startswith(f"house-style.css:{place}: {told}")


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("p { color: " + "(" * 5_000, "1:52: かっこの入れ子が深すぎます"),
        (":is(" * 5_000 + "{ color: red }", "1:165: かっこの入れ子が深すぎます"),
        ("@media print {" * 5_000, "1:575: かっこの入れ子が深すぎます"),
        (
            ":root {" + "".join(f"--a{at}: {f'var(--a{at + 1})' * 9};" for at in range(30)) + "--a30: 1 }",
            "変数「--a27」が長くなりすぎる",
        ),
        (".a { --own: 1mm var(--own) }", "1:6: 変数「--own」が長くなりすぎるか、自分自身を使っています"),
        (":root {" + "".join(f"--a{at}: var(--a{at + 1});" for at in range(99)) + "}", "変数「--a40」が長くなりすぎる"),
        ("p{color:red}" * 9_000, "1:72002: 指定が多すぎます"),
    ],
)
def test_what_has_no_end_is_refused_in_print_and_on_the_web(css: str, told: str, own: Path) -> None:
    (own / "css/house-style.css").write_text(css, encoding="utf-8")
    for use in (lambda: BookPrinter(Templates(own)), lambda: render_waiting_page(Templates(own))):
        with pytest.raises(TemplateError, match=r"house-style\.css:1:") as refused:
            use()
        assert told in str(refused.value)


def test_many_problems_are_told_up_to_a_number() -> None:
    css = "".join(f".none{at} {{ color: red }}\n" for at in range(150))
    assert len(problems(css)) == 100


@pytest.mark.parametrize(
    "css",
    [
        ':root { --font: "Meiryo", "BIZ UDPGothic" }',
        "p { font: bold 10pt/1.5 'BIZ UDPGothic' }",
        ":root { --book-page: 182mm 257mm; --sheets-margin: 15mm 12mm }",
        "@page cover { margin: 20mm }",
        "@media print { .cover h1::before { content: none } }",
        ".level-2, .tab-3 { color: red }",
        ".cover { --own: 2mm; padding: var(--own) }",
        "p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }",
    ],
)
def test_what_can_be_printed_is_no_slip(css: str) -> None:
    assert problems(css) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no place in folders there")
def test_what_is_no_file_is_told_from_what_is_not_there(own: Path) -> None:
    os.mkfifo(own / "pipe.ttf")
    (own / "folder.ttf").mkdir()
    sources = "".join(
        f"@font-face {{ font-family: {name}; src: url({name}.ttf) }}\n" for name in ("pipe", "folder", "no")
    )
    assert [problem.partition("「")[2] for problem in problems(sources, own)] == [
        "templates/pipe.ttf」を読めません（ファイルではなく、パイプや装置です）。",
        "templates/folder.ttf」を読めません（フォルダーです）。",
        "templates/no.ttf」がありません。",
    ]


def test_what_planbook_writes_itself_has_no_slip() -> None:
    templates = Templates()
    assert problems(templates.read("css/house-style.css")) == []
    assert problems(templates.read_all(STYLESHEETS)) == []


def problems(css: str, own: Path | None = None) -> list[str]:
    templates = Templates(own)
    printed = PageSources(templates.texts(), templates.folders)
    return house_style_problems(css, templates.read("css/base.css"), "house-style.css", printed)
