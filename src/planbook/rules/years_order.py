"""The rule `years-order`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.value_types import YearRange
from planbook.rules.registry import rule
from planbook.rules.too_many_years import MAX_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


_YEARS = r"years(/\d+)?"


@rule("years-order", needs=_YEARS)
def years_order(plan: Plan) -> Iterator[Finding]:
    """The plan's years ascend one by one."""
    for index, (before, year) in enumerate(zip(plan.years, plan.years[1:], strict=False), start=1):
        if year != before + 1:
            message = f"{before} 年度の次が {year} 年度になっています。"
            years = sorted(set(plan.years))
            hint = "計画年度は、抜けや重なりなく、古い順に書いてください。"
            series = list(range(plan.years[0], plan.years[0] + len(plan.years)))
            different = [n for n, (one, other) in enumerate(zip(series, plan.years, strict=True)) if one != other]
            if len(different) == 1 and different[0] < len(series) - 1:
                years = series  # one year between others is mistyped
            elif years == list(plan.years):
                years = _years_of_targets(plan) or years  # one is missing, or the last one is mistyped
            elif _years_of_targets(plan) == series:
                years = series  # the last one is that before it
            is_other = len(years) < len(plan.years) or years != list(plan.years)
            instead = f"[{', '.join(map(str, years[: MAX_YEARS * 2]))}]" if is_other else ""
            yield Finding("", ("years", index), message, hint, instead=instead, instead_of=("years",))
            return


def _years_of_targets(plan: Plan) -> list[int]:
    """Return the years that have targets, where they follow each other from the first year of the plan on."""
    keys = (key for _, action in plan.originals.values() for key in action.targets if isinstance(key, YearRange))
    years = sorted({year for key in keys for year in range(key.first, min(key.last, key.first + MAX_YEARS * 2) + 1)})
    return years if years == list(range(plan.years[0], plan.years[0] + len(years))) else []
