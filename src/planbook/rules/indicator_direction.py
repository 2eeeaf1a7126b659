"""The rule `indicator-direction`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import YearRange
from planbook.rules.common.plan_parts import WANTED_LESS, indicators, lowest
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Indicator, Plan

_LIMITS = ("以下", "未満")
_MUCH = Decimal("1.25")
"""A limit may lie above the baseline, where things get worse by themselves: not so far as this."""


@rule("indicator-direction", severity=Severity.WARNING, needs="years(/.*)?")
def indicator_direction(plan: Plan) -> Iterator[Finding]:
    """What an indicator is to reach is better than its baseline, unless a limit or a note says what is meant.

    What it is to reach on the way is no better than what it is to reach in the end.
    """
    for indicator in indicators(plan):
        if indicator.note:
            continue
        numbers = _numbers(indicator)
        baselines = [number for years, number in numbers if years.last < min(plan.years)]
        targets = [(years, number) for years, number in numbers if years.last >= min(plan.years)]
        if not baselines or not targets:
            continue
        baseline, (years, target) = baselines[-1], targets[-1]
        beyond = [(key, value) for key, value in targets if value > target > baseline or value < target < baseline]
        if _worse(indicator, baseline, target):
            yield _worse_finding(indicator, years, target, baseline)
        elif beyond:
            years, value = beyond[0]
            message = f"指標「{indicator.name[:30]}」の途中の目標値 {value} が、最後の目標値 {target} を越えています。"
            hint = "値を確かめてください。そのとおりなら、理由を note に書いてください。"
            yield Finding("", (*indicator.at, "values", years.key), message, hint)


def _worse(indicator: Indicator, baseline: Decimal, target: Decimal) -> bool:
    if indicator.better == "lower":
        return target > baseline * (_MUCH if indicator.bound in _LIMITS else 1)
    return target < baseline and indicator.bound not in _LIMITS and not WANTED_LESS.search(indicator.name)


def _worse_finding(indicator: Indicator, years: YearRange, target: Decimal, baseline: Decimal) -> Finding:
    message = f"指標「{indicator.name[:30]}」の目標値 {target} が、現状値 {baseline} より悪くなっています。"
    hint = "値を確かめてください。"
    if indicator.better == "higher":
        hint += "少ないほどよい指標なら、better: lower を足してください。"
    hint += "そのとおりなら、理由を note に書いてください。"
    return Finding("", (*indicator.at, "values", years.key), message, hint)


def _numbers(indicator: Indicator) -> list[tuple[YearRange, Decimal]]:
    """Return the numbers of an indicator in the order of their years."""
    found = (
        (key, lowest(value))
        for key, value in indicator.values.items()
        if isinstance(key, YearRange) and not isinstance(value, str)
    )
    return sorted(found, key=lambda each: each[0])
