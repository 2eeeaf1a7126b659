"""Every slip is told by its rules, and a hint that is followed to the letter mends its report and adds none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check
from tests.check.corrections import corrected

FOLDER = Path(__file__).parent / "slips"
PLAN = (FOLDER / "plan.yaml").read_text("utf-8")
SLIPS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "slips.yaml").read_text("utf-8"))
slips = pytest.mark.parametrize("slip", SLIPS, ids=[slip["slip"] for slip in SLIPS])

TO_FILL_IN = "placeholder"
"""What an example leaves to be written is refused until it is: the only report that a correction may add."""


def typed(slip: dict[str, Any]) -> str:
    assert slip["find"] in PLAN
    return PLAN.replace(slip["find"], slip["type"], 1)


def test_plan_is_clean() -> None:
    assert not check(PLAN.encode(), "plan").diagnostics


@slips
def test_slip_is_told_by_its_rules(slip: dict[str, Any]) -> None:
    found = check(typed(slip).encode(), "plan").diagnostics
    assert sorted(each.rule for each in found) == sorted(slip["rules"])


@slips
def test_hint_followed_to_the_letter_mends_its_report_and_adds_none(slip: dict[str, Any]) -> None:
    plan = typed(slip)
    before = check(plan.encode(), "plan").diagnostics
    for diagnostic in before:
        mended = corrected(plan, diagnostic)
        assert (mended is not None) == slip.get("literal", True), diagnostic.hint
        if mended is None:
            continue
        after = Counter(each.rule for each in check(mended.encode(), "plan").diagnostics if each.rule != TO_FILL_IN)
        expected = Counter(each.rule for each in before)
        expected[diagnostic.rule] -= 1
        assert after == +expected, mended
