"""Slips in the keys that few plans have: one report, on the line that was typed, and a hint that mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check
from tests.check.corrections import corrected
from tests.check.test_corrections import TO_FILL_IN

FOLDER = Path(__file__).parent / "slips"
PLAN = (FOLDER / "shapes.yaml").read_text("utf-8")
SLIPS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "shapes-slips.yaml").read_text("utf-8"))


def test_plan_is_clean() -> None:
    assert not check(PLAN.encode(), "plan").diagnostics


@pytest.mark.parametrize("slip", SLIPS, ids=[slip["slip"] for slip in SLIPS])
def test_slip_is_told_where_it_stands_and_its_hint_mends_it(slip: dict[str, Any]) -> None:
    before, found, after = PLAN.partition(slip["find"])
    assert found
    plan = f"{before}{slip['type']}{after}"
    diagnostics = check(plan.encode(), "plan").diagnostics
    told = [(each.span.line, each.rule, each.message, each.hint) for each in diagnostics]
    assert len(told) == slip.get("reports", 1), told
    assert told[0][0] == before.count("\n") + 1 + slip.get("below", 0), told
    for diagnostic in diagnostics if slip.get("literal", True) else ():
        mended = corrected(plan, diagnostic)
        assert mended is not None, diagnostic.hint
        left = [each for each in check(mended.encode(), "plan").diagnostics if each.rule != TO_FILL_IN]
        assert len(left) == len(told) - 1, (diagnostic.hint, left)
