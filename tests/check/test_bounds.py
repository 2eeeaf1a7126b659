"""A check looks for so many findings of a kind and no more, and says so: nothing is left out without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.hostile import KINDS
from planbook.check.check import Checked, check
from planbook.diagnostics.finding import Severity
from planbook.diagnostics.finding_limit import MAX_FINDINGS
from planbook.source.repair.multiline import MAX_LINES, MAX_SLIPS

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Diagnostic


def checked(kind: str, number: int) -> Checked:
    return check(KINDS[kind](number).encode(), "plan.yaml")


def of_rule(outcome: Checked, rule: str) -> list[Diagnostic]:
    return [each for each in outcome.diagnostics if each.rule == rule]


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        ("departments", "unused-department", Severity.WARNING),
        ("unknown departments", "unknown-department", Severity.ERROR),
        ("one key", "duplicate-key", Severity.ERROR),
        ("years that overlap", "target-years", Severity.ERROR),
    ],
)
def test_findings_of_a_kind_are_counted(kind: str, rule: str, severity: Severity) -> None:
    few, many = checked(kind, 50), checked(kind, MAX_FINDINGS + 50)
    assert of_rule(few, rule)
    assert not of_rule(few, "too-large")
    assert len(of_rule(many, rule)) == MAX_FINDINGS
    assert [each.severity for each in of_rule(many, "too-large")] == [severity]
    assert many.plan is None or severity is Severity.WARNING


def test_what_is_allowed_line_by_line_is_not_called_unused_where_the_rule_stopped() -> None:
    plan = "\n".join(
        f"{line} # planbook: allow unused-department 準備中" if "担当課" in line else line
        for line in KINDS["departments"](MAX_FINDINGS + 50).split("\n")
    )
    assert {each.rule for each in check(plan.encode(), "plan.yaml").diagnostics} == {"too-large"}


def test_lines_behind_too_many_slips_are_not_read_and_that_is_said() -> None:
    outcome = checked("wide keys", MAX_SLIPS + 50)
    last = outcome.diagnostics[-1]
    assert (last.rule, last.severity) == ("too-large", Severity.ERROR)
    assert f"{MAX_SLIPS} 行" in last.message
    assert {each.span.line for each in outcome.diagnostics if each is not last}.isdisjoint(
        range(last.span.line, last.span.line + 50)
    )


def test_lines_that_were_only_read_by_yaml_are_named() -> None:
    [first, *rest] = of_rule(checked("texts", MAX_LINES + 50), "too-large")
    assert not rest
    assert (first.severity, f"{MAX_LINES} 行" in first.message) == (Severity.WARNING, True)


def test_a_list_of_more_items_than_any_plan_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.source.compose.MAX_ITEMS", 60)
    for kind in ("departments", "relistings", "wrong years of targets"):
        outcome = checked(kind, 100)
        assert [(each.rule, "60 個" in each.message) for each in outcome.diagnostics] == [("too-large", True)]


def test_control_characters_are_counted() -> None:
    outcome = checked("controls", MAX_FINDINGS + 50)
    assert len(of_rule(outcome, "control-character")) == MAX_FINDINGS
    assert any("制御文字" in each.message for each in of_rule(outcome, "too-large"))
