"""The rule `too-many-years`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

MOST_YEARS = 10
"""The pages have room for so many columns."""


_YEARS = r"years(/\d+)?"


@rule("too-many-years", needs=_YEARS)
def too_many_years(plan: Plan) -> Iterator[Finding]:
    """A plan has ten years at most."""
    if len(plan.years) > MOST_YEARS:
        message = f"計画年度が {len(plan.years)} 年あります（{MOST_YEARS} 年まで）。"
        yield Finding("", ("years", MOST_YEARS), message, f"{MOST_YEARS} 年以内にしてください。")
