"""The sheets as the web page has them: the measures of a policy below its heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbered import numbered_policies
from planbook.views.selection import WHOLE
from planbook.views.sheets import MeasureSheets, sheets

if TYPE_CHECKING:
    from planbook.plan.model import Plan
    from planbook.views.selection import Selection
    from planbook.views.sheets import Heading, Label


@dataclass(frozen=True, slots=True)
class PolicySheets:
    """The sheets of one policy: `word` is what the plan calls a policy."""

    word: Label
    heading: Heading
    measures: tuple[MeasureSheets, ...]


def policy_sheets(plan: Plan, selection: Selection = WHOLE) -> tuple[PolicySheets, ...]:
    """Return the sheets of every policy in document order."""
    measures = iter(sheets(plan, selection))
    groups = [tuple(next(measures) for _ in policy.measures) for policy in numbered_policies(plan, selection)]
    return tuple(PolicySheets(group[0].words.policy, group[0].policy, group) for group in groups)
