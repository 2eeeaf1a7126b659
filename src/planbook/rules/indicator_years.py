"""The rule `indicator-years`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import YearRange
from planbook.rules.common.plan_parts import indicators
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LONG_BEFORE = 10
_BASE_YEARS = {1990, 2005, 2013}
"""The base years of Japan's targets for greenhouse gases: plans for the climate compare with them, however old."""
_LOOKED_TO = {2030, 2035, 2040, 2050, 2060}
"""The years of national targets (climate, SDGs, population) that plans of cities name beside their own."""


@rule("indicator-years", severity=Severity.WARNING, needs="years(/.*)?")
def indicator_years(plan: Plan) -> Iterator[Finding]:
    """Values of indicators are of years of the plan, shortly before, or such as plans look to (2030, 2050)."""
    first, last = min(plan.years), max(plan.years)
    for indicator in indicators(plan):
        for key in indicator.values:
            if not isinstance(key, YearRange) or key.last in _BASE_YEARS | _LOOKED_TO:
                continue
            if key.last > last + 1:
                message = f"{key.last} 年度は、計画年度（{first}-{last}）より後です。"
            elif key.last < first - _LONG_BEFORE:
                message = f"{key.last} 年度は、計画の始まる {first} 年度より {first - key.last} 年も前です。"
            else:
                continue
            hint = "年度の書き間違いでなければ、行末に「# planbook: allow indicator-years 理由」と書くと、"
            hint += "警告が止まります。"
            yield Finding("", (*indicator.at, "values", key.key), message, hint, part="key")
