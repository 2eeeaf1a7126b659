"""The draft of the real plan was kept by hand in two places, which drifted apart: the comparison finds where.

`drifted/` has both halves as they stand in the draft, each typed as a plan of its own: the system table with the sample
sheet behind it, and the sheets. The numbers are those of docs/source-decisions.md. One of the 23 is the same in both
halves, so that no comparison can tell it: the check tells it of each.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planbook.check.check import check
from planbook.comparison import json_report
from planbook.comparison.compare import compare
from planbook.comparison.versions import read_version

FOLDER = Path(__file__).parent / "drifted"

# Of each change its kind, its id and its field; of a relisting also the section that it stands in.
FOUND: dict[int, list[tuple[str, ...]]] = {
    1: [("renamed", "service-information", "title")],
    2: [("renamed", "district-staff", "title")],
    3: [("renamed", "citizens-college", "title")],
    4: [("renamed", "training-college", "title")],
    5: [("renamed", "network-meeting-entry", "title")],
    6: [("renamed", "senior-watch", "title")],
    7: [("renamed", "council-operating-subsidy", "title")],
    8: [("renamed", "participation", "title")],
    9: [("changed", "civic-support-centre", "departments")],
    10: [("removed", "district-staff", "welfare-coordinators"), ("added", "coordinators-district-staff", "")],
    12: [("changed", "local-network", "departments")],
    13: [("changed", "model-district", "departments")],
    14: [("changed", "existing-network-meetings", "departments")],
    15: [("changed", "stockpiles", "departments")],
    16: [("changed", "medical-info-kits", "departments")],
    17: [("renamed", "registry-publicity", "title")],
    18: [("removed", "emergency-volunteer-courses", ""), ("added", "volunteer-courses", "emergency-helpers")],
    19: [("renamed", "office-cooperation-system", "title")],
    20: [("renamed", "self-reliance", "title")],
    21: [("changed", "education-counselling", "departments")],
    22: [("removed", "community-diners", ""), ("added", "learning-support", "places-for-children")],
    23: [("changed", "existing-desks", "approaches")],
}
THE_SAME_IN_BOTH = 11
"""Both halves print 各種ボランティア養成講座の開催 twice, and neither marks the second as a relisting."""


def _flat(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [inner for change in changes for inner in (_flat(change["changes"]) if "changes" in change else [change])]


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """What `planbook diff --format json` tells of the two halves."""
    old, new = (read_version((FOLDER / f"{name}.yaml").read_bytes(), name) for name in ("system-table", "sheets"))
    assert old.plan and new.plan
    comparison = compare(old.plan, new.plan, old.damaged, new.damaged)
    return _flat(json.loads(json_report.write(comparison, old, new))["changes"])


def test_every_contradiction_is_accounted_for() -> None:
    assert sorted({*FOUND, THE_SAME_IN_BOTH}) == list(range(1, 24))


@pytest.mark.parametrize("number", FOUND)
def test_found(number: int, told: list[dict[str, Any]]) -> None:
    found = {(each["kind"], each["id"], each["field"] or _section(each)) for each in told}
    assert set(FOUND[number]) <= found


@pytest.mark.parametrize("half", ["system-table", "sheets"])
def test_what_is_the_same_in_both_is_told_by_the_check(half: str) -> None:
    found = check((FOLDER / f"{half}.yaml").read_bytes(), half).diagnostics
    told = [
        each for each in found if each.rule == "similar-titles" and "各種ボランティア養成講座の開催" in each.message
    ]
    assert len(told) == 1
    assert "relist で再掲" in told[0].hint


def test_nothing_else_is_named_or_marked_otherwise(told: list[dict[str, Any]]) -> None:
    known = {each for expected in FOUND.values() for each in expected}
    names = {(each["kind"], each["id"], each["field"] or _section(each)) for each in told if _tells_names(each)}
    assert names == {each for each in known if each[2] not in {"departments", "approaches"}}


def _section(change: dict[str, Any]) -> str:
    return change["parent"] if change["part"] == "relisting" else ""


def _tells_names(change: dict[str, Any]) -> bool:
    return change["kind"] in {"renamed", "added", "removed", "moved"} and change["part"] != "plan"
