"""`planbook init`, as a planner runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from planbook.check.check import check
from planbook.cli.init import init
from planbook.errors import CommandFailure

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer()
app.command()(init)


def test_makes_a_plan_that_checks_clean_and_says_what_to_do_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "計画")])
    assert result.exit_code == 0
    assert check((tmp_path / "計画" / "data" / "plan.yaml").read_bytes(), "plan.yaml").diagnostics == ()
    for step in (f'cd "{tmp_path / "計画"}"', "data/plan.yaml", "planbook check", "planbook build"):
        assert step in result.stdout


def test_in_the_current_folder_there_is_nowhere_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["."])
    assert result.exit_code == 0
    assert "cd " not in result.stdout
    assert (tmp_path / "out" / ".gitignore").is_file()


def test_a_second_time_it_refuses(tmp_path: Path) -> None:
    CliRunner().invoke(app, [str(tmp_path)])
    (tmp_path / "data" / "plan.yaml").write_text("edited", encoding="utf-8")
    with pytest.raises(CommandFailure, match="上書きはしません"):
        CliRunner().invoke(app, [str(tmp_path)], catch_exceptions=False)
    assert (tmp_path / "data" / "plan.yaml").read_text(encoding="utf-8") == "edited"


def test_everything_it_names_is_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path)])
    named = [line.split("　")[0].strip() for line in result.stdout.splitlines() if line.startswith(f"  {tmp_path}")]
    assert named
    assert [name for name in named if not tmp_path.joinpath(name).exists()] == []
