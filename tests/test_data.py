"""The plan of 白井市 as data: every row and target stands in a golden file that a person compared with the draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planbook.plan.model import Action
from tests.golden_files import golden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan, Target

GOLDEN = Path(__file__).parent / "golden/plan-of-shiroi.txt"


def outline(plan: Plan) -> Iterator[str]:
    """Every fact of the plan, one a line."""
    for p, policy in enumerate(plan.policies, 1):
        yield f"({p}) {policy.title}"
        for m, measure in enumerate(policy.measures, 1):
            yield f"  ({p})-{m} {measure.title}"
            for project in measure.projects:
                yield f"    {project.title}［{'、'.join(plan.departments_of(project))}］"
                yield f"      目標 {project.goal}"
                yield from (f"      取組 {approach}" for approach in project.approaches)
                for entry in project.actions:
                    action = plan.original(entry)
                    mark = "" if isinstance(entry, Action) else "（再掲）"
                    yield f"      - {action.title}{mark}［{'、'.join(action.departments)}］"
                    if isinstance(entry, Action):
                        yield from (f"        {year}: {in_short(action.target(year))}" for year in plan.years)


def in_short(target: Target) -> str:
    figures = [
        f"〈{figure.name or ''}|{figure.prefix or ''}|{figure.value}|{figure.unit}〉" for figure in target.figures
    ]
    return " ⏎ ".join((target.text or "").splitlines()) + "".join(figures)


def test_every_row_and_target_is_as_compared_with_the_draft(real_plan: Plan) -> None:
    found = list(outline(real_plan))
    assert found == golden(GOLDEN, "".join(f"{line}\n" for line in found)).splitlines()


def test_counts_of_the_draft(real_plan: Plan) -> None:
    entries = [entry for project in real_plan.sections("project") for entry in project.actions]
    actions = [entry for entry in entries if isinstance(entry, Action)]
    assert len(real_plan.policies) == 5
    assert len(list(real_plan.sections("measure"))) == 15
    assert len(list(real_plan.sections("project"))) == 26
    assert len(entries) == 55
    assert len(actions) == 45
