"""`# planbook: allow RULE 理由`."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.rules.explanations import FOLDER

PLAN = (FOLDER / "undecided" / "wrong.yaml").read_text("utf-8")
TARGET = "                  2018: 未定"


def rules(plan: str) -> list[str]:
    return [diagnostic.rule for diagnostic in check(plan.encode(), "plan").diagnostics]


def test_warning_is_there_without() -> None:
    assert rules(PLAN) == ["undecided"]


@pytest.mark.parametrize(
    "allowed",
    [
        f"{TARGET}  # planbook: allow undecided 国の通知を待つため",
        f"# planbook: allow undecided 国の通知を待つため\n{TARGET}",
        f"# planbook: allow undecided 国の通知を待つため\n# 別のコメント\n\n{TARGET}",
        (
            "                  2018:\n                    # planbook: allow undecided 国の通知を待つため\n"
            "                    text: 未定"
        ),
    ],
)
def test_warning_is_silenced_on_and_above_its_line(allowed: str) -> None:
    assert rules(PLAN.replace(TARGET, allowed)) == []


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# planbook: allow undecided", ["invalid-allowance"]),
        ("# planbook: allow undecide 理由", ["invalid-allowance"]),
        ("# planbook: allow", ["undecided", "invalid-allowance"]),
        ("# planbook: allow count-in-text 理由", ["undecided", "unused-allowance"]),
    ],
)
def test_what_silences_nothing_is_told(comment: str, expected: list[str]) -> None:
    assert rules(PLAN.replace(TARGET, f"{TARGET} {comment}")) == expected


def test_errors_can_not_be_allowed() -> None:
    plan = PLAN.replace("departments: [社会福祉課]", "departments: [会計課] # planbook: allow unknown-department 理由")
    assert "unknown-department" in rules(plan)
    assert "invalid-allowance" in rules(plan)


def in_whole_file(rule: str, reason: str) -> str:
    return PLAN.replace("policies:", f"check:\n  allow:\n    - {{rule: {rule}, reason: {reason}}}\npolicies:", 1)


def test_rule_is_silenced_in_the_whole_file() -> None:
    assert rules(in_whole_file("undecided", "国の通知を待つため")) == []


@pytest.mark.parametrize(
    ("rule", "reason", "told"),
    [
        ("undecide", "理由", ["invalid-allowance"]),
        ("similar-titles", "理由", ["unused-allowance", "undecided"]),
        ("undecided", "", ["empty-value"]),
    ],
)
def test_fault_of_a_rule_silenced_in_the_whole_file(rule: str, reason: str, told: list[str]) -> None:
    assert rules(in_whole_file(rule, reason)) == told


def test_errors_can_not_be_silenced_in_the_whole_file() -> None:
    plan = in_whole_file("unknown-department", "理由").replace("departments: [社会福祉課]", "departments: [会計課]")
    assert {"unknown-department", "invalid-allowance"} <= set(rules(plan))
