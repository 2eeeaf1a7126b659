"""Copies of the project as others get it: the tracked files alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[str, Path], str]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command in a folder, with no more of the environment than it needs; return what it says."""

    def command(line: str, folder: Path) -> str:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(line.split(), cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return command


@pytest.fixture(scope="session")
def fresh_clone(once: Callable[[str, Callable[[Path], object]], Path], run: Run) -> Path:
    """A copy of what git knows of the project, changes that are not committed yet included, after its first build."""

    def fill(clone: Path) -> None:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).exists():
                target = clone / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        run("make build", clone)

    return once("clone", fill)
