"""`planbook diff` as a planner and a service run it."""

# ruff: noqa: ARG001 - the folder is where the command runs
from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import openpyxl
import pypdf
import pytest
import yaml

from planbook.cli import run
from tests.comparison.base import BASE, edited
from tests.conftest import ROOT
from tests.validation import assert_valid

CHANGED = edited(
    ("title: 窓口の運営", "title: 総合窓口の運営"),
    ("value: 3, unit", "value: 5, unit"),
    ("goal: 健診の受診率を高める。", "goal: 健診の受診率を高め、病気の予防につなげる。"),
    ("健康課", "健康推進課"),
)
ERROR = "goal: 相談しやすい窓口を設ける。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the old and the new plan, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GIT_DIR", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("old.yaml").write_text(BASE, "utf-8")
    Path("new.yaml").write_text(CHANGED, "utf-8")
    return tmp_path


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository whose first commit has the old plan, tagged v1.0; its working tree has the new one."""
    plan = folder / "data/plan.yaml"
    plan.parent.mkdir()
    _git("init", "-q", "-b", "main")
    plan.write_text(BASE, "utf-8")
    _git("add", "data")
    _git("commit", "-q", "-m", "old")
    _git("tag", "v1.0")
    plan.write_text(CHANGED, "utf-8")
    return folder


def _git(*arguments: str) -> None:
    who = ["-c", "user.name=planner", "-c", "user.email=planner@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_tells_and_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml"]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last == "変更 4 件（名称 1、担当 1、変更 2）"


def test_exit_code(folder: Path) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "--exit-code"]) == 1
    assert run(["diff", "old.yaml", "old.yaml", "--exit-code"]) == 0


@pytest.mark.parametrize("old", ["HEAD", "v1.0", "main", "main:data/plan.yaml", "HEAD:data/plan.yaml"])
def test_revisions(repository: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", old]) == 0
    assert capsys.readouterr().out.endswith("変更 4 件（名称 1、担当 1、変更 2）\n")


def test_two_revisions(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _git("commit", "-qam", "new")
    assert run(["diff", "v1.0", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith("変更 4 件（名称 1、担当 1、変更 2）\n")
    assert run(["diff", "HEAD", "v1.0", "--exit-code"]) == 1


def test_a_revision_from_another_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "data")
    assert run(["diff", "HEAD", "plan.yaml", "--exit-code"]) == 1
    monkeypatch.chdir("/")
    assert run(["diff", "v1.0", str(repository / "data/plan.yaml"), "--exit-code"]) == 1


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("v9.9", "「v9.9」というファイルも、git の版もありません。"),
        ("v1.0:plan.yaml", "git の版「v1.0」に、ファイル「plan.yaml」がありません。"),
        ("no/such.yaml", "「no/such.yaml」というファイルも、git の版もありません。"),
        (":data/none.yaml", "ファイル「data/none.yaml」がありません。"),
        ("-x:plan.yaml", ""),
    ],
)
def test_what_is_not_there(repository: Path, old: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--", old]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_clone_that_has_only_the_newest_commit(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _git("commit", "-qam", "new")
    _git("clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    monkeypatch.chdir("shallow")
    assert run(["diff", "HEAD~1"]) == 2
    told = capsys.readouterr().err
    assert "「HEAD~1」というファイルも、git の版もありません。" in told
    assert "shallow clone" in told and "fetch-depth: 0" in told and "git fetch --unshallow" in told
    _git("fetch", "-q", "--unshallow")
    assert run(["diff", "HEAD~1"]) == 0


@pytest.fixture
def chapters(repository: Path) -> Path:
    """The repository with a plan of two chapters, committed; in the working tree one differs, one is another."""
    book = "book: {{parts: [cover, {{chapter: chapters/outline.md}}, {{chapter: chapters/{}.md}}, sheets]}}\n"
    folder = repository / "data/chapters"
    folder.mkdir()
    plan = repository / "data/plan.yaml"
    plan.write_text(BASE + book.format("end"), "utf-8")
    (folder / "outline.md").write_text("# 概要\n\n人口は\n12,300人です。\n\n- 総合計画\n- 福祉計画\n", "utf-8")
    (folder / "end.md").write_text("# 資料編\n", "utf-8")
    _git("add", "data")
    _git("commit", "-q", "-m", "chapters")
    plan.write_text(BASE + book.format("hello"), "utf-8")
    (folder / "outline.md").write_text("# 概要\n\n人口は12,300人です。\n\n- 総合計画\n- 地域福祉計画\n", "utf-8")
    (folder / "hello.md").write_text("# あいさつ\n\n市長より\n", "utf-8")
    return repository


def test_chapters(chapters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out.splitlines()[1:-1]
    assert told == [
        "~ 変更　計画　章「chapters/outline.md」 6 行目：「- 福祉計画」 → 「- 地域福祉計画」",
        "~ 変更　計画　章「chapters/hello.md」：（なし） → 「あいさつ （全 3 行）」",
        "~ 変更　計画　章「chapters/end.md」：「資料編 （全 1 行）」 → （なし）",
    ]
    assert run(["diff", "HEAD", "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [each["field"] for each in changes] == [
        "book/parts", *(f"chapters/chapters~1{name}.md" for name in ("outline", "hello", "end"))
    ]  # fmt: skip
    assert changes[1]["new"].endswith("- 地域福祉計画\n")
    for form in ("markdown", "html"):
        assert run(["diff", "HEAD", "--format", form]) == 0
        assert "outline.md」 6 行目" in unescape(capsys.readouterr().out)
    assert run(["diff", "HEAD", "-o", "a.xlsx"]) == 0
    cells = [str(cell.value) for row in openpyxl.load_workbook("a.xlsx").active for cell in row]
    assert any("outline.md」 6 行目" in text and "地域福祉計画" in text for text in cells)
    assert run(["diff", "HEAD", "-o", "a.pdf"]) == 0
    assert "outline.md」 6 行目" in "".join(page.extract_text() for page in pypdf.PdfReader("a.pdf").pages)


@pytest.mark.parametrize("old", ["HEAD", "HEAD:data/plan.yaml", "HEAD:./plan.yaml", "HEAD:plan.yaml"])
def test_chapters_from_another_folder(
    chapters: Path, old: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(chapters / "data")
    assert run(["diff", old, "plan.yaml"]) == 0
    assert "outline.md」 6 行目" in capsys.readouterr().out


def test_a_chapter_that_got_another_name_is_the_same(chapters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (chapters / "data/chapters/hello.md").write_text("# 資料編\n", "utf-8")
    assert run(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert "章「chapters/hello.md」" not in told and "章「chapters/end.md」" not in told


def test_chapters_that_can_not_be_read_are_named(chapters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (chapters / "data/chapters/outline.md").unlink()
    assert run(["diff", "HEAD"]) == 1
    told = capsys.readouterr()
    assert "outline.md" not in told.out
    assert "読めない章のファイルがあり、その文章は比べていません：「chapters/outline.md」" in told.err


def test_without_repository(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "HEAD", "new.yaml"]) == 2
    assert "git のリポジトリではない" in capsys.readouterr().err


def test_without_git(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert run(["diff", "HEAD", "new.yaml"]) == 2
    assert "git がない" in capsys.readouterr().err


def test_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BASE.encode())))
    assert run(["diff", "-", "new.yaml"]) == 0
    assert "変更 4 件" in capsys.readouterr().out


def test_a_version_with_errors_is_compared_as_far_as_it_can_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("wrong.yaml").write_text(edited((ERROR, "goal:"), text=CHANGED), "utf-8")
    assert run(["diff", "old.yaml", "wrong.yaml"]) == 1
    told = capsys.readouterr()
    assert told.out.endswith("変更 4 件（名称 1、担当 1、変更 2）\n")
    assert "「wrong.yaml」には間違いが 1 件あるので" in told.err
    assert "wrong.yaml:17:18" in told.err
    assert "読めないところが 1 か所" in told.err


def test_what_can_not_be_read_is_not_said_to_be_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.yaml").write_text(edited(("              - id: checkup\n", "              - id: [a, b]\n")), "utf-8")
    assert run(["diff", "old.yaml", "wrong.yaml"]) == 1
    assert "削除" not in capsys.readouterr().out


def test_no_plan_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("letter.yaml").write_text("拝啓\n", "utf-8")
    assert run(["diff", "letter.yaml", "new.yaml"]) == 1
    assert "「letter.yaml」を読めないので、比べられませんでした。" in capsys.readouterr().err


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    assert report["old"] == {"name": "old.yaml", "errors": 0}
    figure = next(each for each in report["changes"] if each["field"].startswith("targets/2024/figures/"))
    assert figure == {
        "kind": "changed",
        "part": "action",
        "id": "desk",
        "field": "targets/2024/figures/窓口",
        "old": {"value": 3, "unit": "か所", "name": "窓口"},
        "new": {"value": 5, "unit": "か所", "name": "窓口"},
        "difference": 2,
    }
    group = next(each for each in report["changes"] if each["kind"] == "departments")
    assert [each["id"] for each in group["changes"]] == ["", "", "visit", "checkup"]


def test_pdf(folder: Path) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "-o", "table.pdf"]) == 0
    content = Path("table.pdf").read_bytes()
    assert_valid(content, folder)
    reader = pypdf.PdfReader(io.BytesIO(content))
    page = reader.pages[0]
    assert float(page.mediabox.width) > float(page.mediabox.height)
    text = "".join(each.extract_text() for each in reader.pages)
    assert "新旧対照表" in text
    assert "総合窓口の運営" in text
    spoken = [element["/Alt"] for element in _structure(reader) if "/Alt" in element]
    assert "下線：総合" in spoken
    assert "下線：5か所" in spoken
    assert "下線：健康推進課" in spoken
    assert run(["diff", "old.yaml", "new.yaml", "-o", "again.pdf"]) == 0
    assert Path("again.pdf").read_bytes() == content


def _structure(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    found = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, pypdf.generic.DictionaryObject):
            found.append(element)
            kids = element.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


def test_html_asks_for_nothing(folder: Path) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "-o", "table.html"]) == 0
    html = unescape(Path("table.html").read_text("utf-8"))
    assert "default-src 'none'" in html
    assert "<u>" in html
    assert "http://" not in html
    assert "https://" not in html


def test_xlsx(folder: Path) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "-o", "table.xlsx"]) == 0
    sheet = openpyxl.load_workbook("table.xlsx", rich_text=True).active
    assert sheet is not None
    assert sheet.page_setup.orientation == "landscape"
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[2] == ["新", "旧", "備考"]
    assert ["総合窓口の運営", "窓口の運営", "（変更）"] in rows
    underlined = [
        block.text
        for row in sheet.iter_rows()
        for cell in row
        for block in (cell.value if isinstance(cell.value, list) else [])
        if not isinstance(block, str) and block.font.u
    ]
    assert "総合" in underlined


def test_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "--format", "markdown"]) == 0
    text = capsys.readouterr().out
    assert "| <b><ins>総合</ins>窓口の運営</b> | <b>窓口の運営</b> | （変更） |" in text


def test_labels_order_and_reasons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("reasons.yaml").write_text("reasons:\n  desk: 窓口を増やすため\n", "utf-8")
    options = ["--new-label", "改正案", "--old-label", "現行", "--remark-label", "理由", "--old-first"]
    assert run(["diff", "old.yaml", "new.yaml", "-f", "markdown", "--reasons", "reasons.yaml", *options]) == 0
    text = capsys.readouterr().out
    assert "| 現行 | 改正案 | 理由 |" in text
    assert "| <b>窓口の運営</b> | <b><ins>総合</ins>窓口の運営</b> | （変更）<br>窓口を増やすため |" in text


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("dsk: 理由", 1, "もしかして「desk」、「desks」ですか。"),
        ("desk: [理由]", 1, "「desk」の理由が、文章ではありません。"),
        ("visits: 理由", 0, "「visits」には変更がないので"),
        ("- 理由", 1, "「id: 理由」の形の行がありません。"),
    ],
)
def test_faults_of_reasons(
    folder: Path, content: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("reasons.yaml").write_text(f"{content}\n", "utf-8")
    assert run(["diff", "old.yaml", "new.yaml", "--reasons", "reasons.yaml"]) == code
    told = capsys.readouterr().err
    assert said in told
    assert "reasons.yaml:1:" in told


def test_a_failed_command_leaves_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("table.pdf").write_bytes(b"old")
    (folder / "templates/css").mkdir(parents=True)
    Path("templates/css/house-style.css").write_text("a { line-break: strict }", "utf-8")
    assert run(["diff", "old.yaml", "new.yaml", "-o", "table.pdf"]) == 2
    assert Path("table.pdf").read_bytes() == b"old"
    assert "house-style.css" in capsys.readouterr().err
    assert run(["diff", "old.yaml", "new.yaml", "-o", "none/table.pdf"]) == 2
    assert not list(folder.glob(".planbook*"))


def test_what_is_no_text_needs_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "--format", "pdf"]) == 2
    assert "-o 新旧対照表.pdf" in capsys.readouterr().err


def test_markdown_is_as_short_as_it_has_to_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.yaml", "new.yaml", "-f", "markdown", "--limit", "1000"]) == 0
    text = capsys.readouterr().out
    assert len(text.encode()) <= 1001
    assert "行を省きました" in text


def test_the_action_writes_the_table_to_the_summary(repository: Path) -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "planbook diff")
    program = repository / "runner/planbook/bin/planbook"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).parent / "planbook")
    environment = {
        **os.environ,
        "PLAN": "data/plan.yaml data/none.yaml",
        "BASE": subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip(),
        "RUNNER_TEMP": str(repository / "runner"),
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
        "GITHUB_ACTIONS": "true",
    }
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], check=True, env=environment, capture_output=True)
    text = Path("summary.md").read_text("utf-8")
    assert text.startswith("## ためし計画　新旧対照表")
    assert "<ins>総合</ins>窓口の運営" in text
