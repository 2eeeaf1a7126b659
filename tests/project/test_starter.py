"""A new plan folder: all the starter files or none, and what they hold."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path
from typing import Any, Self

import pytest
import yaml

from planbook.check.check import check
from planbook.check.reports import Report, write
from planbook.cli import run
from planbook.plan import stand_ins
from planbook.plan.model import Action, Plan, Relisting
from planbook.project.starter import StartError, start, starter_files

FILES = {"README.md": b"read me", "data/plan.yaml": b"plan", "data/more/deep.txt": b"deep", "out/.gitignore": b"*"}


class FullDisk:
    """A file that could be made, but not filled."""

    def __init__(self, failure: BaseException) -> None:
        self.failure = failure

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, _: bytes) -> None:
        raise self.failure


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def starter_plan() -> Plan:
    checked = check(starter_files()["data/plan.yaml"], "data/plan.yaml")
    assert [diagnostic.message for diagnostic in checked.diagnostics] == []
    assert checked.plan is not None
    return checked.plan


@pytest.mark.parametrize("place", [".", "new", "new/deeper"])
def test_makes_all_files_and_the_folders_for_them(tmp_path: Path, place: str) -> None:
    start(tmp_path / place, FILES)
    assert contents(tmp_path / place) == FILES


def test_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notes.txt").write_bytes(b"mine")
    start(tmp_path, FILES)
    assert contents(tmp_path) == FILES | {"data/notes.txt": b"mine"}


@pytest.mark.parametrize("name", FILES)
def test_overwrites_nothing_and_says_what_is_in_the_way(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(StartError, match=name):
        start(tmp_path, FILES)
    assert contents(tmp_path) == {name: b"mine"}


@pytest.mark.parametrize("name", ["data", "data/more", "out"])
def test_a_file_where_a_folder_has_to_be_is_in_the_way_too(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(StartError, match=name):
        start(tmp_path, FILES)
    assert contents(tmp_path) == {name: b"mine"}


def test_the_folder_itself_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(b"mine")
    with pytest.raises(StartError, match="同じ名前のものがもうあります"):
        start(tmp_path / "plan", FILES)
    assert contents(tmp_path) == {"plan": b"mine"}


@pytest.mark.parametrize("moment", range(1, len(FILES) + 1))
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_leaves_nothing_behind_where_it_can_not_finish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, moment: int
) -> None:
    opened = 0
    open_file = Path.open

    def failing(self: Path, mode: str) -> object:
        nonlocal opened
        opened += 1
        file = open_file(self, mode)
        if opened < moment:
            return file
        file.close()
        return FullDisk(failure)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", failing)
        with pytest.raises((StartError, KeyboardInterrupt)):
            start(tmp_path / "new", FILES)
    assert list(tmp_path.iterdir()) == []


def test_the_starter_shows_every_part_of_the_format(starter_plan: Plan) -> None:
    entries = [entry for project in starter_plan.sections("project") for entry in project.actions]
    targets = [target for _, action in starter_plan.originals.values() for target in action.targets.values()]
    figures = [figure for target in targets for figure in target.figures]
    assert starter_plan.example
    assert starter_plan.example.notes
    assert {department.kind for department in starter_plan.departments} == {"section", "partner", "collective"}
    assert {type(entry) for entry in entries} == {Action, Relisting}
    assert {len(project.approaches) > 0 for project in starter_plan.sections("project")} == {True, False}
    assert {project.departments is None for project in starter_plan.sections("project")} == {True, False}
    assert any(target.not_applicable for target in targets)
    assert any("\n" in (target.text or "") for target in targets)
    for field in ("name", "prefix", "note"):
        assert any(getattr(figure, field) for figure in figures)


def test_the_starter_file_names_every_key_and_its_schema() -> None:
    text = starter_files()["data/plan.yaml"].decode()
    assert not stand_ins.mentions(text)
    assert text.splitlines()[0] == "# yaml-language-server: $schema=plan.schema.json"
    for key in Plan.model_fields:
        assert f"{key}:" in text


def test_the_workflow_checks_builds_and_keeps_the_outputs() -> None:
    workflow = yaml.safe_load(starter_files()[".github/workflows/plan.yml"])
    steps = workflow["jobs"]["build"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[-2:] == ["planbook check", "planbook build"]
    assert steps[-1]["with"]["path"].split() == ["out/*.pdf", "out/*.html"]


def settings(name: str) -> Any:
    """Return a file of VS Code's settings, which may have comments on lines of their own."""
    lines = starter_files()[f".vscode/{name}"].decode().splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def test_the_editor_s_task_finds_what_check_tells() -> None:
    pattern = settings("tasks.json")["tasks"][0]["problemMatcher"]["pattern"][0]
    text = (
        starter_files()["data/plan.yaml"]
        .decode()
        .replace("[福祉課", "[福祉 課", 1)
        .replace("2029: 該当なし", "2029: 未定")
    )
    checked = check(text.encode(), "data/plan.yaml")
    told = write(Report.of(["data/plan.yaml"], [checked]), "text", color=False)
    found = re.findall(pattern["regexp"], told, re.MULTILINE)
    assert [list(each) for each in found] == [
        ["data/plan.yaml", str(each.span.line), str(each.span.column), each.message, each.rule]
        for each in checked.diagnostics
    ]
    assert found


def test_the_editor_s_tasks_are_commands_and_it_recommends_the_extension_that_reads_the_schema() -> None:
    for task in settings("tasks.json")["tasks"]:
        assert run([*task["args"], "--help"]) == 0
    assert settings("extensions.json") == {"recommendations": ["redhat.vscode-yaml"]}
    assert settings("settings.json")["yaml.format.enable"] is False
