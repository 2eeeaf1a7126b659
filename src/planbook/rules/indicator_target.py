"""The rule `indicator-target`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import YearRange
from planbook.rules.common.plan_parts import indicators
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("indicator-target", severity=Severity.WARNING, needs="years(/.*)?")
def indicator_target(plan: Plan) -> Iterator[Finding]:
    """An indicator says what is to be reached, unless a note says why not."""
    first = min(plan.years)
    for indicator in indicators(plan):
        if indicator.note or not all(isinstance(key, YearRange) and key.last < first for key in indicator.values):
            continue
        message = f"指標「{indicator.name[:30]}」には、計画の始まる {first} 年度より前の値だけがあり、"
        message += "目標値がありません。"
        hint = (
            f"values に目標の年度と値を足してください（例：{max(plan.years)}: 60）。"
            "数値がなければ「増加」のような言葉でも書けます。"
            "目標を置かない指標なら、その理由を note に書いてください。"
        )
        yield Finding("", (*indicator.at, "values"), message, hint)
