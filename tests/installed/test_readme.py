"""Every command of the README, run on a fresh clone in the order in which it stands there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
TEST_COMMAND = "make test"


def run(command: str, folder: Path) -> str:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(command.split(), cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_every_command_works_on_a_fresh_clone(fresh_clone: Path) -> None:
    assert COMMANDS[0] == "make build"
    for command in COMMANDS:
        if command != TEST_COMMAND:
            run(command, fresh_clone)
    outputs = {path.name for path in (fresh_clone / "out").iterdir()} - {".gitignore"}
    named = set(re.findall(r"`out/([\w.-]+)`", README))
    assert outputs == named


def test_a_second_build_does_no_set_up(fresh_clone: Path) -> None:
    stamp = fresh_clone / ".venv/.ready"
    made = stamp.stat().st_mtime_ns
    said = run("make build", fresh_clone)
    assert "tools/setup" not in said
    assert stamp.stat().st_mtime_ns == made


def test_ci_runs_the_test_command() -> None:
    assert TEST_COMMAND in COMMANDS
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[-1] == TEST_COMMAND
