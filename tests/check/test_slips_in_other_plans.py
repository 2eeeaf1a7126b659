"""Slips in the real plan, the examples and two others: as many reports as right, in their places; hints that mend."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check
from tests.check.corrections import corrected
from tests.check.test_corrections import TO_FILL_IN

FOLDER = Path(__file__).parent / "slips"
EXAMPLES = Path(__file__).parents[2] / "examples"
OWN = ("care", "environment", "village", "village-in-blocks", "shapes", "shapes-in-blocks")
PLANS = {name: (FOLDER / f"{name}.yaml").read_text("utf-8") for name in OWN}
PLANS |= {
    each: (EXAMPLES / each / "plan.yaml").read_text("utf-8") for each in ("aomine", "mizuho", "seoto", "shionose")
}
PLANS["shiroi"] = (EXAMPLES.parent / "data" / "plan.yaml").read_text("utf-8")
SLIPS: list[dict[str, Any]] = [
    slip
    for name in ("other-slips", "unusual-slips", "hint-slips")
    for slip in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
]


@pytest.mark.parametrize("name", PLANS)
def test_plan_is_clean(name: str) -> None:
    assert not check(PLANS[name].encode(), "plan").diagnostics


def typed(slip: dict[str, Any]) -> tuple[str, list[int]]:
    """Return the plan with the slip, and the lines on which a report has to be."""
    before, found, after = PLANS[slip["plan"]].partition(slip["find"])
    assert found
    marked = before + slip["type"] + after
    lines = [number for number, line in enumerate(marked.split("\n"), start=1) for _ in range(line.count("§"))]
    return marked.replace("§", ""), lines or [before.count("\n") + 1]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip["slip"] for slip in SLIPS])
def test_slip_is_told_where_it_stands_and_its_hints_mend(slip: dict[str, Any]) -> None:
    plan, places = typed(slip)
    diagnostics = check(plan.replace("\n", "\r\n" if slip.get("crlf") else "\n").encode(), "plan").diagnostics
    told = [(each.span.line, each.rule, each.message, each.hint) for each in diagnostics]
    low, high = slip.get("reports", [len(set(places))] * 2)
    assert low <= len(told) <= high, told
    near = slip.get("near", 0)
    assert not told or any(abs(told[0][0] - place) <= near for place in places), told
    assert not low or all(any(abs(line - place) <= near for line, *_ in told) for place in places), told
    for diagnostic in diagnostics:
        mended = corrected(plan, diagnostic)
        assert mended is not None or not slip.get("literal"), diagnostic.hint
        if mended is not None:
            left = Counter(each.rule for each in check(mended.encode(), "plan").diagnostics if each.rule != TO_FILL_IN)
            assert left <= Counter(each.rule for each in diagnostics) - Counter([diagnostic.rule]), mended


def test_hint_on_a_long_line_has_the_words_alone() -> None:
    plan = PLANS["village"].replace("[総務課, 消防団]", f"[総務課・消防団]  # {'メモ' * 600}")
    (diagnostic,) = check(plan.encode(), "plan").diagnostics
    assert len(diagnostic.hint) < 100
    mended = corrected(plan, diagnostic)
    assert mended and not check(mended.encode(), "plan").diagnostics
