"""The built wheel in an environment of its own, with the source tree out of reach."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plans import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[str, Path], str]


@pytest.fixture(scope="session")
def wheel(fresh_clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=fresh_clone, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def planbook(wheel: Path, fresh_clone: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed with pip from the wheel into an environment of its own.

    The locked dependencies are those of the clone's environment; what is linked there to its source is not followed.
    """
    folder, python = tmp_path_factory.mktemp("environment"), fresh_clone / ".venv/bin/python"
    run(f"{python} -m venv --without-pip {folder}", fresh_clone)
    pip = f"{python} -m pip --python {folder}/bin/python install --quiet --disable-pip-version-check"
    run(f"{pip} --no-deps --no-index {wheel}", folder)
    (packages,) = folder.glob("lib/python3*/site-packages")
    locked = fresh_clone / ".venv" / packages.relative_to(folder)
    (packages / "locked.pth").write_text(f"{locked}\n", encoding="utf-8")
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


def test_checks_and_builds_outside_the_repository(planbook: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    script = "import planbook; print(planbook.__file__)"
    (tmp_path / "where.py").write_text(script, encoding="utf-8")
    assert Path(run(f"{planbook.parent}/python where.py", tmp_path).strip()).is_relative_to(planbook.parents[1])
    run(f"{planbook} check plan.yaml", tmp_path)
    run(f"{planbook} build plan.yaml", tmp_path)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "plan.html", "plan.pdf", "sheets.html", "sheets.pdf", "system-table.html", "system-table.pdf",
    ]  # fmt: skip
