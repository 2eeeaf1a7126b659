"""A small plan with two departments, and its workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planbook.cli import run
from tests.plans import SMALL

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The file of a small plan."""
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def inquiry(plan: Path) -> Path:
    """The folder of its workbooks: 福祉課.xlsx, 総務課.xlsx."""
    folder = plan.parent / "inquiry"
    assert run(["export", str(plan), "-o", str(folder)]) == 0
    return folder
