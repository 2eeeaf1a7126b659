"""The rule `indicator-percent`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import YearRange
from planbook.rules.common.plan_parts import indicators, lowest
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_PERCENT = ("％", "%")
_WHOLE = 100


@rule("indicator-percent", severity=Severity.WARNING, needs="years(/.*)?")
def indicator_percent(plan: Plan) -> Iterator[Finding]:
    """A part of a whole does not become more than the whole, unless a note says what is meant."""
    for indicator in indicators(plan):
        if indicator.note or indicator.unit not in _PERCENT:
            continue
        numbers = {key: lowest(value) for key, value in indicator.values.items() if not isinstance(value, str)}
        before = [value for key, value in numbers.items() if isinstance(key, YearRange) and key.last < min(plan.years)]
        if not before or max(before) >= _WHOLE:
            continue
        for key, value in numbers.items():
            if value > _WHOLE and isinstance(key, YearRange):
                message = f"指標「{indicator.name[:30]}」の値 {value} が、100{indicator.unit}を超えています。"
                hint = "値を確かめてください。そのとおりなら、理由を note に書いてください。"
                yield Finding("", (*indicator.at, "values", key.key), message, hint)
