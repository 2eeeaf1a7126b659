"""What several tests share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from planbook.checking import check

if TYPE_CHECKING:
    from planbook.model import Plan

# The same examples in every run: a red run can be repeated.
settings.register_profile("planbook", derandomize=True)
settings.load_profile("planbook")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_plan() -> Plan:
    """The plan of data/plan.yaml."""
    path = ROOT / "data/plan.yaml"
    plan = check(path.read_bytes(), str(path)).plan
    assert plan is not None
    return plan
