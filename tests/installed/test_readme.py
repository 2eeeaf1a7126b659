"""Every command of the README, run on a fresh clone in the order in which it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[str, Path], str]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
TEST_COMMAND = "make test-all"


def test_every_command_works_on_a_fresh_clone(fresh_clone: Path, run: Run) -> None:
    first, *others = COMMANDS
    assert first == "make build"  # has been run
    for command in others:
        if command != TEST_COMMAND:
            run(command, fresh_clone)
    outputs = {path.name for path in (fresh_clone / "out").iterdir()} - {".gitignore"}
    named = set(re.findall(r"`out/([\w.-]+)`", README))
    assert outputs == named


def test_a_second_build_does_no_set_up(fresh_clone: Path, run: Run) -> None:
    said = run("make --dry-run build", fresh_clone)
    assert said.splitlines() == [".venv/bin/planbook check", ".venv/bin/planbook build"]


def test_ci_runs_the_test_command() -> None:
    assert TEST_COMMAND in COMMANDS
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[-1] == TEST_COMMAND
