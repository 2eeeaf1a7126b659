"""The projects of a plan beside the numbers of the policy and measure that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbering import measure_number, policy_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.model import Plan, Project


@dataclass(frozen=True, slots=True)
class NumberedProject:
    """A project, the number of its policy (1) and both numbers together (1)①."""

    project: Project
    policy: str
    number: str


def numbered_projects(plan: Plan) -> Iterator[NumberedProject]:
    """Yield all projects in document order."""
    for position, policy in enumerate(plan.policies, 1):
        first = policy_number(position)
        for place, measure in enumerate(policy.measures, 1):
            for project in measure.projects:
                yield NumberedProject(project, first, f"{first}{measure_number(place)}")
