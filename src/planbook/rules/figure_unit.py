"""The rule `figure-unit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.value_types import BLANK
from planbook.rules.common.plan_parts import successive_figures, target_path
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("figure-unit", severity=Severity.WARNING)
def figure_unit(plan: Plan) -> Iterator[Finding]:
    """A figure keeps its unit through the years."""
    for _, action in plan.originals.values():
        for key, target in action.targets.items():
            for index, figure in enumerate(target.figures):
                if figure.prefix and not figure.unit:
                    path = (*target_path(action, key), "figures", index)
                    message = f"「{figure.prefix[:10]}」の後の数値に、単位がありません。"
                    yield Finding("", path, message, added=(f"unit: {BLANK}",))
        reported = any(
            figure.prefix and not figure.unit for target in action.targets.values() for figure in target.figures
        )
        told: set[frozenset[str | None]] = set()
        for before, figure, path in successive_figures(action):
            units = frozenset((before.unit, figure.unit))
            if BLANK in units or units in told:
                continue  # still to be written, or back to what it was
            if before.unit != figure.unit and (before.unit or not reported):
                told.add(units)
                reported = not figure.unit
                if not before.unit:
                    message = f"単位がありません。次の年度は「{(figure.unit or '')[:30]}」です。"
                    yield Finding("", before.at, message, added=(f"unit: {figure.unit}",))
                    continue
                message = f"単位が{_quoted(before.unit)}から{_quoted(figure.unit)}に変わっています。"
                hint = "同じものを数えているなら、同じ単位にしてください。別のものなら name で区別してください。"
                if figure.unit:
                    yield Finding("", (*path, "unit"), message, hint)
                else:
                    yield Finding("", path, message, hint, added=(f"unit: {before.unit}",))


def _quoted(unit: str | None) -> str:
    return f"「{unit[:30]}」" if unit else "無し"
