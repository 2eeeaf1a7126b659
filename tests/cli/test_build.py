"""`planbook build`, as a planner runs it."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from planbook import errors as failures
from planbook.cli import build, run
from tests.plans import SMALL

if TYPE_CHECKING:
    from planbook.project.publication import Output

ALL = {"plan.pdf", "plan.html", "system-table.pdf", "system-table.html", "sheets.pdf", "sheets.html"}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small plan in a folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/plan.yaml"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_makes_six_files_beside_the_data_folder_and_lists_them(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert set(contents(plan.parents[1] / "out")) == ALL
    assert {Path(line.split("（")[0]).name for line in said[:-1]} == ALL
    assert "ページ、" in said[0]
    assert said[-1].startswith("6 ファイルを ")


def test_a_plan_elsewhere_has_its_outputs_beside_it(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other/ours.yaml"
    other.parent.mkdir()
    other.write_bytes(plan.read_bytes())
    assert run(["build", str(other), "--format", "html"]) == 0
    assert set(contents(other.parent / "out")) == {name for name in ALL if name.endswith(".html")}
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("plan")
def test_only_what_is_asked_for_goes_where_it_is_asked_for(tmp_path: Path) -> None:
    arguments = ["build", "-d", "system-table", "-d", "sheets", "-f", "pdf", "-o", str(tmp_path / "配布")]
    assert run(arguments) == 0
    assert set(contents(tmp_path / "配布")) == {"system-table.pdf", "sheets.pdf"}


def test_a_plan_with_errors_is_not_built(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "-f", "html"]) == 0
    before = contents(plan.parents[1] / "out")
    plan.write_text(SMALL.replace("[福祉課]", "[福祉か]"), encoding="utf-8")
    assert run(["build", "-f", "html"]) == 1
    said = capsys.readouterr().err
    assert "[unknown-department]" in said
    assert "前の出力はそのまま" in said
    assert contents(plan.parents[1] / "out") == before


def test_strict_stops_at_warnings_too(plan: Path) -> None:
    plan.write_text(SMALL.replace("stage: 案\n", "").replace("2024: ちらしの作成", "2024: 未定"), encoding="utf-8")
    plan.write_text("stage: 案\n" + plan.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["build", "-f", "html"]) == 0
    assert run(["build", "-f", "html", "--strict"]) == 1


def test_a_missing_pango_is_said_for_every_system(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> tuple[Output, ...]:
        raise failures.PangoMissing("libpango-1.0-0")

    monkeypatch.setattr("planbook.output.documents.build_outputs", missing)
    assert run(["build"]) == 2
    said = capsys.readouterr().err
    for system in ("Debian、Ubuntu", "Fedora", "macOS", "Windows"):
        assert system in said
    assert not (plan.parents[1] / "out").exists()


def test_html_needs_no_pango(plan: Path) -> None:
    """In a process of its own: here the renderer is imported already."""
    script = (
        "import sys; sys.modules['weasyprint'] = None; from planbook.cli import run; "
        "sys.exit(run(['build', '--format', 'html']))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=plan.parents[1], check=False).returncode == 0
    assert "plan.html" in contents(plan.parents[1] / "out")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ディスクの空きがありません"),
        (PermissionError(errno.EACCES, "Permission denied"), "ほかのプログラムで開いていれば閉じてください"),
    ],
)
def test_what_can_not_be_written_leaves_the_old_outputs(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, words: str
) -> None:
    assert run(["build", "-f", "html"]) == 0
    before = contents(plan.parents[1] / "out")

    def failing(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", failing)
    plan.write_text(SMALL.replace("ためし計画", "あたらしい計画"), encoding="utf-8")
    assert run(["build", "-f", "html"]) == 2
    assert words in capsys.readouterr().err
    assert contents(plan.parents[1] / "out") == before


def test_an_interrupted_build_leaves_the_old_outputs(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["build", "-f", "html"]) == 0
    before = contents(plan.parents[1] / "out")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "write_all", interrupted)
    assert run(["build", "-f", "html"]) == 2
    assert contents(plan.parents[1] / "out") == before


def test_a_warning_of_the_renderer_is_a_failure(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = plan.parents[1] / "templates/css/sheets.css"
    own.parent.mkdir(parents=True)
    own.write_text(".sheet { colour: red }", encoding="utf-8")
    assert run(["build", "-f", "pdf"]) == 2
    said = capsys.readouterr().err
    assert "colour" in said
    assert "前の出力はそのまま" in said


def test_a_template_of_the_plan_s_own_that_is_wrong_is_named(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = plan.parents[1] / "templates/pdf/cover.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.no_such_thing }}", encoding="utf-8")
    assert run(["build", "-f", "pdf"]) == 2
    assert "cover.html.j2" in capsys.readouterr().err


HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} & \"'> https://example.com/ ${x} \\n"


def test_text_is_printed_as_typed(plan: Path, tmp_path: Path) -> None:
    text = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    plan.write_text(SMALL.replace("窓口を知ってもらう。", f'"{text}"'), encoding="utf-8")
    assert run(["build", "-d", "sheets"]) == 0
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "out/sheets.pdf").pages)
    assert "".join(HOSTILE.split()) in "".join(printed.split())
    html = (tmp_path / "out/sheets.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "{{ 7*7 }} {% raw %}" in html


def test_a_terminal_sees_how_far_it_is(plan: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from planbook.cli import main; main()", "build", "-d", "sheets", "-f", "pdf"]
    done = subprocess.run(
        command,
        cwd=plan.parents[1],
        stderr=theirs,
        stdout=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm"},
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "ためし計画" in shown
    assert done.stdout.decode().startswith("out/sheets.pdf（1 ページ、")
