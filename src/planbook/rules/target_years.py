"""The rule `target-years`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.registry import rule
from planbook.rules.too_many_years import MOST_YEARS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from planbook.plan.model import Action, Plan, YearRange


_YEARS = r"years(/\d+)?"


@rule("target-years", needs=_YEARS)
def target_years(plan: Plan) -> Iterator[Finding]:
    """Every action has exactly one target for every year of the plan, and none for others."""
    if any(year != before + 1 for before, year in pairwise(plan.years)):
        return  # told already
    everywhere = yield from _in_all_actions(plan)
    for _, action in plan.originals.values():
        covered: set[int] = set()
        for years in action.targets:
            covered.update(range(years.first, years.last + 1))
        missing = [year for year in plan.years if year not in covered | everywhere]
        covered.clear()
        for years in action.targets:
            yield from _misplaced(plan, action, years, covered, everywhere, missing)
            covered.update(range(years.first, years.last + 1))
        outside = covered.difference(plan.years, everywhere)
        if missing and not outside:
            message = f"{_listed(missing)} 年度の目標がありません。"
            hint = (
                "次の行を足してください。その年度に目標が無ければ「該当なし」、決まっていなければ「未定」と書きます。\n"
            )
            hint += "\n".join(f"{year}: …" for year in missing[:MOST_YEARS])
            yield Finding("", (*action.at, "targets"), message, hint, part="key")


def _in_all_actions(plan: Plan) -> Generator[Finding, None, set[int]]:
    """Tell once, at the years of the plan, what is wrong in all its actions; return these years."""
    targets = [
        {year for years in action.targets for year in range(years.first, min(years.last, years.first + 99) + 1)}
        for _, action in plan.originals.values()
        if action.targets  # none where a stand-in is
    ]
    if len(targets) < 2:  # noqa: PLR2004 - of a single action, nobody knows which of the two is wrong
        return set()
    missing = [year for year in plan.years if all(year not in each for each in targets)]
    if missing:
        message = f"{_listed(missing)} 年度の目標が、どの取組項目にもありません。"
        hint = "計画年度でなければここから消し、計画年度なら、すべての取組項目に目標を書き足してください。"
        yield Finding("", ("years", plan.years.index(missing[0])), message, hint)
    outside = sorted(set.intersection(*targets).difference(plan.years))
    if outside:
        message = f"どの取組項目にも {_listed(outside)} 年度の目標がありますが、計画年度にありません。"
        years = sorted({*plan.years, *outside})
        hint = f"計画年度なら、次のように足してください。\nyears: [{', '.join(map(str, years[: MOST_YEARS * 2]))}]"
        yield Finding("", ("years",), message, hint)
    return {*missing, *outside}


def _misplaced(  # noqa: PLR0913, PLR0917 - one target among the others of its action
    plan: Plan, action: Action, years: YearRange, covered: set[int], told: set[int], missing: list[int]
) -> Iterator[Finding]:
    key = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    at = (*action.at, "targets", key)
    span = range(years.first, years.last + 1)
    if doubled := [year for year in span if year in covered]:
        message = f"{_listed(doubled)} 年度の目標が二つあります。"
        yield Finding("", at, message, "年度が重ならないようにしてください。", part="key")
    elif outside := [year for year in span if year not in plan.years and year not in told]:
        message = f"{_listed(outside)} 年度は、計画年度にありません。"
        hint = f"計画年度（years）は {_listed(plan.years)} です。"
        if missing:
            hint += (
                f"{_listed(missing)} 年度の目標がないので、年度の書き間違いでしたら「{missing[0]}」と直してください。"
            )
        yield Finding("", at, message, hint, part="key")


def _listed(years: list[int] | tuple[int, ...]) -> str:
    shown = "、".join(map(str, years[:MOST_YEARS]))
    return f"{shown} ほか" if len(years) > MOST_YEARS else shown
