"""The policies, measures and projects of a plan with their numbers. A part of the plan has the numbers of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbering import measure_number, policy_number
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Measure, Plan, Policy, Project
    from planbook.views.selection import Selection


@dataclass(frozen=True, slots=True)
class NumberedMeasure:
    """A measure, its number ① and those of its projects that are shown."""

    number: str
    measure: Measure
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class NumberedPolicy:
    """A policy, its number (1) and those of its measures that are shown."""

    number: str
    policy: Policy
    measures: tuple[NumberedMeasure, ...]


@dataclass(frozen=True, slots=True)
class NumberedProject:
    """A project, the number of its policy (1) and both numbers together (1)①."""

    project: Project
    policy: str
    number: str


def numbered_policies(plan: Plan, selection: Selection = WHOLE) -> tuple[NumberedPolicy, ...]:
    """Return the policies in document order, without those and their measures in which nothing is selected."""
    policies = (
        NumberedPolicy(policy_number(position), policy, tuple(_measures(plan, policy, selection)))
        for position, policy in enumerate(plan.policies, 1)
    )
    return tuple(policy for policy in policies if policy.measures)


def _measures(plan: Plan, policy: Policy, selection: Selection) -> Iterator[NumberedMeasure]:
    for position, measure in enumerate(policy.measures, 1):
        if projects := selection.projects(plan, measure):
            yield NumberedMeasure(measure_number(position), measure, projects)


def numbered_projects(plan: Plan, selection: Selection = WHOLE) -> Iterator[NumberedProject]:
    """Yield the selected projects in document order."""
    for policy in numbered_policies(plan, selection):
        for measure in policy.measures:
            for project in measure.projects:
                yield NumberedProject(project, policy.number, f"{policy.number}{measure.number}")
