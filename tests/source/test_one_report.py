"""One fault of the content is told once, where it was made, however many parts of the plan feel it."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.rules.explanations import FOLDER

_SMALL = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")
_ACTIONS = _SMALL.split("            actions:\n")[1]
_OTHERS = (
    _ACTIONS.replace("desks", "chairs")
    .replace("guidebook", "leaflet")
    .replace("ガイドブックの発行", "広場の整備")
    .replace("窓口の設置", "椅子の修理")
)
PLAN = _SMALL + _OTHERS
"""One project with four actions; each of the two departments answers for two."""

WITH_DEPARTMENTS = "            departments: [社会福祉 課, 社会福祉協議会]\n            goal"

FAULTS = [
    ("target-years", 6, "[2018, 2019, 2020]", "[2018, 2019]"),
    ("target-years", 6, "[2018, 2019, 2020]", "[2018, 2019, 2020, 2021]"),
    ("years-order", 6, "[2018, 2019, 2020]", "[2018, 2020]"),
    ("unknown-department", 9, "  - 社会福祉課", "  - 社會福祉課"),
    ("unknown-department", 26, "  - 社会福祉課\n", ""),
    ("unknown-department", 27, "[社会福祉課]", "[ｼｬｶｲﾌｸｼｶ]"),
    (
        "unknown-department",
        20,
        "            goal",
        WITH_DEPARTMENTS,
    ),
    ("empty-value", 10, "kind: partner", "kind: "),
    ("invalid-number", 31, "value: 2300, unit: 部", "value: 2300部"),
]


def test_plan_is_clean() -> None:
    assert not check(PLAN.encode(), "plan").diagnostics


@pytest.mark.parametrize(("rule", "line", "right", "wrong"), FAULTS)
def test_fault_is_told_once(rule: str, line: int, right: str, wrong: str) -> None:
    diagnostics = check(PLAN.replace(right, wrong, 1).encode(), "plan").diagnostics
    assert [(diagnostic.rule, diagnostic.span.line) for diagnostic in diagnostics] == [(rule, line)]
