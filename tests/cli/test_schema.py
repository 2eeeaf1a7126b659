"""`planbook schema`: the file beside the plan that editors use, and who tells that it is old."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from planbook.cli import run
from planbook.plan import json_schema
from planbook.preview.previewing import Previewer
from planbook.project.paths import Workspace
from tests.plans import SMALL

if TYPE_CHECKING:
    from pathlib import Path

OLD = "data/plan.schema.json は、計画の departments や id より古くなっています"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/plan.yaml"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_is_written_beside_the_plan(plan: Path) -> None:
    assert run(["schema"]) == 0
    written = plan.with_name("plan.schema.json").read_text("utf-8")
    assert json.loads(written)["$schema"]
    assert "福祉課" in written
    assert sorted(path.name for path in plan.parent.iterdir()) == ["plan.schema.json", "plan.yaml"]


def test_another_plan_has_its_own(plan: Path) -> None:
    other = plan.with_name("other.yaml")
    other.write_bytes(plan.read_bytes())
    assert run(["schema", str(other)]) == 0
    assert other.with_name("other.schema.json").exists()


def test_on_demand_it_is_printed(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "-o", "-"]) == 0
    assert "福祉課" in capsys.readouterr().out
    assert not plan.with_name("plan.schema.json").exists()


@pytest.mark.parametrize("command", [["check"], ["check", "--strict"], ["build", "-f", "html", "-d", "sheets"]])
def test_an_old_one_is_told_until_it_is_new(plan: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(command)
    run(["schema"])
    run(command)
    assert OLD not in capsys.readouterr().err
    plan.write_text(SMALL.replace("福祉課", "福祉部"), encoding="utf-8")
    run(command)
    assert OLD in capsys.readouterr().err
    run(["schema"])
    run(command)
    assert OLD not in capsys.readouterr().err


def test_one_that_planbook_did_not_make_is_nobody_s_business(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.with_name("plan.schema.json").write_text("{}")
    run(["check"])
    assert OLD not in capsys.readouterr().err


def test_the_preview_keeps_it_new(plan: Path) -> None:
    import threading  # noqa: PLC0415

    run(["schema"])
    plan.write_text(SMALL.replace("福祉課", "福祉部"), encoding="utf-8")
    next(Previewer(Workspace(plan), lambda *_: None).renew(threading.Event()))
    assert "福祉部" in plan.with_name("plan.schema.json").read_text("utf-8")


def test_every_pattern_says_in_japanese_what_is_wanted() -> None:
    def patterns(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if isinstance(value.get("pattern"), str) else []
            return own + [found for each in value.values() for found in patterns(each)]
        return [found for each in value for found in patterns(each)] if isinstance(value, list) else []

    found = patterns(json_schema.build())
    assert len(found) > 20
    assert [each for each in found if not re.search("[ぁ-ん]", str(each.get("patternErrorMessage", "")))] == []
