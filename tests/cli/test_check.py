"""`planbook check` as a planner, an editor and a service run it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planbook.cli import run
from planbook.rules.explanations import FOLDER

RIGHT = FOLDER / "undecided" / "right.yaml"
WRONG = FOLDER / "unknown-department" / "wrong.yaml"
DOUBTFUL = FOLDER / "undecided" / "wrong.yaml"


@pytest.fixture(autouse=True)
def outside_of_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


def _from_root(path: Path) -> str:
    """Return a path as it is in the repository."""
    return path.relative_to(Path(__file__).parents[2]).as_posix()


def test_clean_file_prints_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(RIGHT)]) == 0
    assert capsys.readouterr().out == f"{RIGHT}: 問題はありません。\n"


def test_errors_fail_and_warnings_fail_when_strict() -> None:
    assert run(["check", str(WRONG)]) == 1
    assert run(["check", str(DOUBTFUL)]) == 0
    assert run(["check", "--strict", str(DOUBTFUL)]) == 1


def test_last_line_counts(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(WRONG), str(DOUBTFUL)])
    assert capsys.readouterr().out.splitlines()[-1] == "エラー 1 件、警告 1 件"


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.read_bytes())))
    assert run(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("標準入力:")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--format", "json", str(WRONG)])
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    assert report["files"] == [str(WRONG)]
    assert report["summary"] == {"errors": 1, "warnings": 0}
    assert report["diagnostics"] == [
        {
            "file": str(WRONG),
            "line": 27,
            "column": 31,
            "end_line": 27,
            "end_column": 37,
            "rule": "unknown-department",
            "severity": "error",
            "message": "担当課「社会福祉 課」は、先頭の departments にありません。",
            "hint": "もしかして「社会福祉課」ですか。使えるのは 社会福祉課、社会福祉協議会 です。",
        }
    ]


def test_annotations_are_chosen_in_github_actions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run(["check", str(WRONG)])
    lines = capsys.readouterr().out.splitlines()
    place = f"file={_from_root(WRONG)},line=27,col=31,endLine=27,endColumn=36,title=planbook%3A unknown-department"
    assert lines[0].startswith(f"::error {place}::{_from_root(WRONG)}:27:31: 担当課")
    assert f"{WRONG}:27:31: エラー: " in "\n".join(lines[1:])
    assert lines[-2] == "エラー 1 件、警告 0 件"
    run(["check", "--format", "text", str(RIGHT)])
    assert capsys.readouterr().out.endswith("問題はありません。\n")


def test_log_of_github_actions_takes_no_commands_from_a_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("::error::x\n", "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run(["check", str(plan)])
    lines = capsys.readouterr().out.splitlines()
    stop = next(index for index, line in enumerate(lines) if line.startswith("::stop-commands::"))
    token = lines[stop].removeprefix("::stop-commands::")
    assert len(token) >= 32
    assert lines[-1] == f"::{token}::"
    assert [line for line in lines[:stop] if not line.startswith("::error file=")] == []


def test_paths_in_github_actions_are_those_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans" / "data").mkdir(parents=True)
    (tmp_path / "plans" / "data" / "plan.yaml").write_bytes(WRONG.read_bytes())
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "plans")
    run(["check", "data/plan.yaml"])
    assert "::error file=plans/data/plan.yaml,line=27" in capsys.readouterr().out


def test_summary_of_github_actions_has_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("前のステップ\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(["check", "--format", "github", str(WRONG)])
    lines = summary.read_text("utf-8").splitlines()
    assert lines[0] == "前のステップ"
    assert lines[-1].startswith(f"| {_from_root(WRONG).replace('_', chr(92) + '_')}:27:31 | エラー | 担当課")
    assert lines[-1].endswith("| `unknown-department` |")


def test_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--format", "sarif", str(WRONG), str(RIGHT)])
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    region = {"startLine": 27, "startColumn": 31, "endLine": 27, "endColumn": 37}
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == region
    assert place["artifactLocation"] == {"uri": _from_root(WRONG), "uriBaseId": "%SRCROOT%"}
    rule = log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["shortDescription"]["text"] == "登録のない担当課"
    assert "間違いの例" in rule["help"]["text"]
    assert "```yaml" in rule["help"]["markdown"]


@pytest.mark.parametrize("rule", ["long-sheet", "encoding"])
def test_explanation_fits_on_a_screen(capsys: pytest.CaptureFixture[str], rule: str) -> None:
    run(["explain", rule])
    assert len(capsys.readouterr().out.splitlines()) <= 24


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "なし.yaml"], "ファイル「なし.yaml」がありません。"),
        (["check", "."], "フォルダーです"),
        (["check", "--formt", "json"], "オプション --formt はありません。もしかして「--format」ですか。"),
        (["check", "--format", "xml"], "使えるのは text、json、github、sarif です。"),
        (["chek"], "コマンド「chek」はありません。もしかして「check」ですか。"),
        (["explain", "tabs"], "もしかして「tab」"),
        (["check", "a\0b"], "読めません"),
    ],
)
def test_wrong_command_says_what_to_do(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


def test_bug_is_reported_without_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.check.check.load_faultless", lambda *_: 1 / 0)
    assert run(["check", str(RIGHT)]) == 3
    said = capsys.readouterr().err
    assert "planbook の不具合" in said
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["explain", "--help"], ["schema", "--help"]])
def test_help_is_japanese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 0
    page = capsys.readouterr().out
    assert "使い方:" in page
    assert not any(word in page for word in ("Usage", "Options", "Arguments", "Show this", "default"))


def test_check_writes_nothing_and_imports_no_renderer(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(WRONG.read_bytes())
    plan.chmod(0o444)
    program = (
        "import sys; from planbook.cli import run; code = run(['check', 'plan.yaml']);"
        "assert not {'weasyprint', 'jinja2', 'fontTools', 'rich'} & set(sys.modules); sys.exit(code)"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]
    assert plan.read_bytes() == WRONG.read_bytes()


def test_a_check_of_files_starts_nothing_that_only_other_commands_need() -> None:
    program = (
        f"import sys; from planbook.cli import run; assert run(['check', {str(RIGHT)!r}]) == 0;"
        "loaded = {'typer', 'planbook.source.repair.repairer', 'planbook.plan.validation_messages', 'markdown_it'};"
        "assert not loaded & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("names", [[str(RIGHT)], [str(WRONG), str(DOUBTFUL)], ["なし.yaml"], ["."]])
def test_names_alone_and_with_an_option_mean_the_same(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    alone = run(["check", *names]), capsys.readouterr()
    assert (run(["check", "--format", "text", *names]), capsys.readouterr()) == alone


def test_explain_shows_both_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "fullwidth-colon"]) == 0
    page = capsys.readouterr().out
    assert "title：見本市地域福祉計画" in page
    assert "title: 見本市地域福祉計画" in page


def test_schema_is_written_for_a_plan(tmp_path: Path) -> None:
    target = tmp_path / "plan.schema.json"
    assert run(["schema", str(WRONG), "-o", str(target)]) == 0
    assert '"社会福祉協議会"' in target.read_text("utf-8")
