"""The rule `figure-unit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import successive_figures
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("figure-unit", severity=Severity.WARNING)
def figure_unit(plan: Plan) -> Iterator[Finding]:
    """A figure keeps its unit through the years."""
    for _, action in plan.originals.values():
        for before, figure, path in successive_figures(action):
            if before.unit != figure.unit:
                message = f"単位が{_quoted(before.unit)}から{_quoted(figure.unit)}に変わっています。"
                hint = "同じものを数えているなら、同じ単位にしてください。別のものなら name で区別してください。"
                yield Finding("", (*path, "unit") if figure.unit else path, message, hint)


def _quoted(unit: str | None) -> str:
    return f"「{unit[:30]}」" if unit else "無し"
