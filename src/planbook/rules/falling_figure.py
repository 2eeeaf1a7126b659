"""The rule `falling-figure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import successive_figures
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("falling-figure", severity=Severity.WARNING)
def falling_figure(plan: Plan) -> Iterator[Finding]:
    """A figure that falls says why."""
    for _, action in plan.originals.values():
        for before, figure, path in successive_figures(action):
            if before.unit == figure.unit and figure.value < before.value and not figure.note:
                message = f"前の年度の {before.value}{before.unit[:30]} より少なくなっています。"
                hint = "値を確かめ、そのとおりなら理由を note に書いてください（例：note: 統合のため）。"
                yield Finding("", (*path, "value"), message, hint)
