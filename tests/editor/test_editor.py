"""The schema in the editor's own server: yaml-language-server, as VS Code and others run it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.cli import run
from planbook.plan import json_schema as schema
from planbook.rules.explanations import FOLDER, rule_slugs

from .server import Server, installed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "data" / "plan.yaml"
MODELINE = "# yaml-language-server: $schema=plan.schema.json\n"

AGREED = {
    "empty-value",
    "invalid-choice",
    "invalid-date",
    "invalid-id",
    "invalid-number",
    "invalid-year",
    "missing-key",
    "unknown-department",
    "unknown-example",
    "unknown-key",
    "unknown-relisting",
    "wrong-type",
}
"""Rules that the schema can say too; the others are about YAML itself or about the plan as a whole."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if not installed():
        if os.environ.get("CI"):
            pytest.fail("Node.js is missing: the schema is untested in the editor")
        pytest.skip("needs Node.js")
    with Server() as running:
        yield running


def typed(folder: Path, text: str) -> Path:
    """Write a plan and, beside it, its schema."""
    folder.joinpath("plan.schema.json").write_text(schema.write(check(text.encode(), "plan").incomplete_plan), "utf-8")
    path = folder / "plan.yaml"
    path.write_text(text if "yaml-language-server:" in text else MODELINE + text, "utf-8")
    return path


def test_real_plan_is_clean(server: Server, tmp_path: Path) -> None:
    assert server.open(typed(tmp_path, PLAN.read_text("utf-8"))) == []


def test_departments_are_offered(server: Server, tmp_path: Path) -> None:
    path = typed(tmp_path, (FOLDER / "duplicate-department" / "right.yaml").read_text("utf-8"))
    server.open(path)
    assert offered(server, path, "                departments: [") == ["社会福祉課", "社会福祉協議会"]


def test_relistings_are_offered(server: Server, tmp_path: Path) -> None:
    path = typed(tmp_path, (FOLDER / "unknown-relisting" / "right.yaml").read_text("utf-8"))
    server.open(path)
    assert offered(server, path, "              - relist: ") == ["guidebook", "desks"]


def offered(server: Server, path: Path, before: str) -> list[str]:
    lines = path.read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(before))
    return server.completions(path, number, len(before))


def test_hover_is_japanese(server: Server, tmp_path: Path) -> None:
    path = typed(tmp_path, (FOLDER / "undecided" / "right.yaml").read_text("utf-8"))
    server.open(path)
    lines = path.read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if line.strip().startswith("goal:"))
    assert "目標を一段落で書きます。" in server.hover(path, number, lines[number].index("goal") + 1)


def test_wrong_key_is_marked_on_its_line(server: Server, tmp_path: Path) -> None:
    path = typed(tmp_path, (FOLDER / "unknown-key" / "wrong.yaml").read_text("utf-8"))
    lines = path.read_text("utf-8").split("\n")
    marked = [lines[each["range"]["start"]["line"]].strip() for each in server.open(path)]
    assert "gaol: 相談窓口を広く知ってもらう。" in marked


@pytest.mark.parametrize("slug", sorted(AGREED))
def test_editor_marks_what_check_reports(server: Server, tmp_path: Path, slug: str) -> None:
    assert server.open(typed(tmp_path, (FOLDER / slug / "wrong.yaml").read_text("utf-8")))


@pytest.mark.parametrize("slug", [slug for slug in rule_slugs() if (FOLDER / slug / "right.yaml").exists()])
def test_editor_accepts_what_check_accepts(server: Server, tmp_path: Path, slug: str) -> None:
    assert server.open(typed(tmp_path, (FOLDER / slug / "right.yaml").read_text("utf-8"))) == []


@pytest.mark.parametrize("text", ["no", "1.10", "08", "12:30", "1e3", "2018-03-01", "0x10"])
def test_plain_text_is_accepted_as_typed(server: Server, tmp_path: Path, text: str) -> None:
    plan = (FOLDER / "undecided" / "right.yaml").read_text("utf-8").replace("title: 窓口の設置", f"title: {text}")
    checked = check(plan.encode(), "plan")
    assert checked.plan is not None
    assert server.open(typed(tmp_path, plan)) == []


def test_right_after_init_the_editor_is_quiet_offers_names_and_tells_a_first_mistake(
    server: Server, tmp_path: Path
) -> None:
    assert run(["init", str(tmp_path / "計画")]) == 0
    path = tmp_path / "計画/data/plan.yaml"
    text = path.read_text("utf-8")
    assert server.open(path) == []
    before = next(line for line in text.split("\n") if "departments: [" in line).partition("[")[0] + "["
    names = [department.name for department in check(text.encode(), "plan").plan.departments]  # type: ignore[union-attr]
    assert offered(server, path, before) == names
    wrong = path.with_name("wrong.yaml")
    wrong.write_text(text.replace(before, f"{before}ない課, ", 1), "utf-8")
    assert server.open(wrong) != []
