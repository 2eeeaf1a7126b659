"""Every slip is told by its rules, and a hint that is followed to the letter mends its report and adds none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check
from planbook.rules.explanations import FOLDER as EXPLAINED
from planbook.rules.explanations import rule_slugs
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


DECIDED_BY_HAND = """
    alias complex-key conflict-marker empty-file encoding merge-key several-documents nesting yaml
    book-parts column-order duplicate-key mixed-levels relisting-before-original too-many-years
    collective-only missing-department unknown-mark unused-department useless-synonym
    count-in-text falling-figure figure-unit uncountable-number
    indicator-direction indicator-percent indicator-target indicator-twice indicator-years
    empty-value invalid-allowance placeholder undecided undecided-final unprintable
    long-sheet long-title missing-goal repeated-approach repeated-goal similar-titles
"""
"""Rules of whose examples nobody but the planner knows what is right."""

RULES = [slug for slug in rule_slugs() if (EXPLAINED / slug / "wrong.yaml").exists()]


@pytest.mark.parametrize("slug", RULES)
def test_hint_of_every_rule_mends_its_example_or_leaves_it_to_the_planner(slug: str) -> None:
    data = (EXPLAINED / slug / "wrong.yaml").read_bytes()
    found = check(data, "plan").diagnostics
    mended = {each: corrected(data.decode("utf-8", "replace"), each) for each in found if each.rule == slug}
    assert all((text is None) == (slug in DECIDED_BY_HAND.split()) for text in mended.values()), found
    for text in filter(None, mended.values()):
        left = Counter(each.rule for each in check(text.encode(), "plan").diagnostics if each.rule != TO_FILL_IN)
        assert left == Counter(each.rule for each in found) - Counter([slug]), text
