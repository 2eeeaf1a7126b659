"""The rule `indicator-direction`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import YearRange
from planbook.rules.plan_parts import WANTED_LESS, indicators, lowest
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from planbook.plan.model import Indicator, Plan

_LIMITS = ("以下", "未満")


@rule("indicator-direction", severity=Severity.WARNING, needs="years(/.*)?")
def indicator_direction(plan: Plan) -> Iterator[Finding]:
    """What an indicator is to reach is better than its baseline, unless a limit or a note says what is meant."""
    for indicator in indicators(plan):
        if indicator.note or indicator.bound in _LIMITS:
            continue
        numbers = _numbers(indicator)
        baselines = [number for years, number in numbers if years.last < min(plan.years)]
        targets = [(years, number) for years, number in numbers if years.last >= min(plan.years)]
        if not baselines or not targets:
            continue
        years, target = targets[-1]
        worse = target > baselines[-1] if indicator.better == "lower" else target < baselines[-1]
        if not worse or (indicator.better == "higher" and WANTED_LESS.search(indicator.name)):
            continue
        message = f"指標「{indicator.name[:30]}」の目標値 {target} が、現状値 {baselines[-1]} より悪くなっています。"
        hint = "値を確かめてください。"
        if indicator.better == "higher":
            hint += "少ないほどよい指標なら、better: lower を足してください。"
        hint += "そのとおりなら、理由を note に書いてください。"
        yield Finding("", (*indicator.at, "values", years.key), message, hint)


def _numbers(indicator: Indicator) -> list[tuple[YearRange, Decimal]]:
    """Return the numbers of an indicator in the order of their years."""
    found = (
        (key, lowest(value))
        for key, value in indicator.values.items()
        if isinstance(key, YearRange) and not isinstance(value, str)
    )
    return sorted(found, key=lambda each: each[0])
