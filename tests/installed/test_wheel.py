"""The built wheel in an environment of its own, with the source tree out of reach."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "data/plan.yaml").read_bytes()


@pytest.fixture(scope="session")
def wheel(fresh_clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=fresh_clone, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def planbook(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed with pip from the wheel and the locked dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return folder / "bin/planbook"


def test_has_templates_fonts_and_their_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "planbook/templates/fonts/BIZUDPGothic-Regular.ttf" in names
    assert "planbook/templates/fonts/BIZUDPGothic-Bold.ttf" in names
    assert "planbook/templates/fonts/fonts.conf" in names
    assert any(name.endswith("licenses/templates/fonts/OFL.txt") for name in names)
    assert "planbook/project/starter_files/data/plan.schema.json" in names


def test_the_page_of_an_index_has_no_link_that_leads_nowhere(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    assert "planbook serve" in metadata
    targets = re.findall(r"\]\(([^)\s]+)\)", metadata)
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []


def test_checks_and_builds_outside_the_repository(planbook: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(PLAN)
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for command in (["check", "plan.yaml"], ["build", "plan.yaml"]):
        done = subprocess.run(
            [str(planbook), *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "plan.html", "plan.pdf", "sheets.html", "sheets.pdf", "system-table.html", "system-table.pdf",
    ]  # fmt: skip
