"""The schemas beside the plans of the repository, for editors of people who open it: `make docs` writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.check.check import check
from planbook.plan import json_schema
from planbook.plan.schema_file import schema_file

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "src/planbook/project/starter_files/data/plan.yaml"
PLANS = [ROOT / "data/plan.yaml", STARTER, *sorted(ROOT.glob("examples/*/plan.yaml"))]


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.parent.name)
def test_is_there_current_and_named_in_the_first_line(plan: Path) -> None:
    expected = json_schema.write(check(plan.read_bytes(), plan.name).incomplete_plan)
    assert schema_file(plan).read_text("utf-8") == expected, "run: make docs"
    assert plan.read_text("utf-8").split("\n")[0] == "# yaml-language-server: $schema=plan.schema.json"
