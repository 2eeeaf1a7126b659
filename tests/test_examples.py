"""The plans under examples/ are sound, and that of tests/stress is as big as it has to be to try everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.check.check import check
from planbook.plan.model import Labels, Plan, Relisting

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/plan.yaml"))
STRESS = Path(__file__).parent / "stress/plan.yaml"


def plan_of(path: Path) -> Plan:
    checked = check(path.read_bytes(), path.parent.name)
    assert [(diagnostic.span.line, diagnostic.message) for diagnostic in checked.diagnostics] == []
    assert checked.plan is not None
    return checked.plan


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_checks_without_errors_and_warnings(path: Path) -> None:
    assert list(plan_of(path).lowest_sections())


def test_the_stress_plan_has_all_that_another_municipality_may_bring() -> None:
    plan = plan_of(STRESS)
    projects = list(plan.sections("project"))
    actions = [action for _, action in plan.originals.values()]
    assert plan.years == (2024, 2025, 2026, 2027, 2028)
    assert plan.stage is None
    assert len(plan.vision) == 1
    assert plan.labels.table != Labels().table
    assert plan.labels.sheets != Labels().sheets
    assert len(plan.policies) == 10
    assert max(len(policy.measures) for policy in plan.policies) > 20
    assert max(len(project.actions) for project in projects) == 15
    assert any(
        not project.approaches and not any(isinstance(entry, Relisting) for entry in project.actions)
        for project in projects
    )
    assert max(len(department.name) for department in plan.departments) > 20
    # Neither the department cell of the table nor the target cell of the sheet can fit on one page.
    assert max(len(action.departments) for action in actions) > 30
    assert max(len(target.text or "") for action in actions for target in action.targets.values()) > 1500
    figures = [figure for action in actions for target in action.targets.values() for figure in target.figures]
    assert {"％", "ha", "千円"} <= {figure.unit for figure in figures}
    assert any(figure.value % 1 for figure in figures)
    assert any(target.not_applicable for action in actions for target in action.targets.values())


@pytest.mark.parametrize(
    ("name", "levels", "columns"),
    [
        ("shionose", ("policy", "measure", "project"), ()),
        ("mizuho", ("policy", "measure"), ()),
        ("aomine", ("pillar", "policy", "measure", "project"), ("現状", "2026", "2027", "2028", "令和11年度以降")),
        ("seoto", ("policy", "measure"), ("現状", "2024-2026", "2027-2029")),
    ],
)
def test_examples_are_plans_of_several_shapes(name: str, levels: tuple[str, ...], columns: tuple[str, ...]) -> None:
    plan = plan_of(next(path for path in EXAMPLES if path.parent.name == name))
    assert plan.levels == levels
    assert tuple(column.key for column in plan.columns or ()) == columns
    assert any(section.texts or section.goal for section in plan.sections())
    assert any(section.indicators for section in plan.sections())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_is_one_that_a_city_would_show(path: Path) -> None:
    plan = plan_of(path)
    actions = [action for _, action in plan.originals.values()]
    assert max(len(department.name) for department in plan.departments) <= 18
    assert max(len(action.departments or ()) for action in actions) <= 4
    assert all(len(target.text or "") <= 60 for action in actions for target in action.targets.values())
    assert max(len(section.actions) for section in plan.lowest_sections()) <= 8
