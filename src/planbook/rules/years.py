"""Rules about fiscal years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics import Finding
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.model import Action, Plan, YearRange


@rule("years-order")
def years_order(plan: Plan) -> Iterator[Finding]:
    """The plan's years ascend without doubles."""
    for index, (before, year) in enumerate(zip(plan.years, plan.years[1:], strict=False), start=1):
        if year <= before:
            message = f"{year} が {before} の後にあります。"
            yield Finding("", ("years", index), message, "計画年度は一度ずつ、古い順に書いてください。")


@rule("target-years", needs=("years", "years/*"))
def target_years(plan: Plan) -> Iterator[Finding]:
    """Every action has exactly one target for every year of the plan, and none for others."""
    for _, action in plan.originals.values():
        covered: dict[int, YearRange] = {}
        for years in action.targets:
            yield from _misplaced(plan, action, years, covered)
            covered |= dict.fromkeys(range(years.first, years.last + 1), years)
        if missing := [year for year in plan.years if year not in covered]:
            message = f"{'、'.join(map(str, missing))} 年度の目標がありません。"
            hint = "目標を書くか、無い年は「該当なし」、決まっていない年は「未定」と書いてください。"
            yield Finding("", (*action.at, "targets"), message, hint, part="key")


def _misplaced(plan: Plan, action: Action, years: YearRange, covered: dict[int, YearRange]) -> Iterator[Finding]:
    key = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    at = (*action.at, "targets", key)
    span = range(years.first, years.last + 1)
    if doubled := [year for year in span if year in covered]:
        message = f"{'、'.join(map(str, doubled))} 年度の目標が二つあります。"
        yield Finding("", at, message, "年度が重ならないようにしてください。", part="key")
    elif outside := [year for year in span if year not in plan.years]:
        message = f"{'、'.join(map(str, outside))} 年度は計画年度にありません。"
        yield Finding("", at, message, f"計画年度は {'、'.join(map(str, plan.years))} です。", part="key")
