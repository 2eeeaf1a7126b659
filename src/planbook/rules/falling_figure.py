"""The rule `falling-figure`."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import NumberRange
from planbook.rules.common.plan_parts import WANTED_LESS, lowest, successive_figures
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from planbook.plan.model import Action, Figure, Plan, Section


_EXPECTED = re.compile("見込|推計|予測|将来人口")
"""Words of what is not wanted, but expected: how many children there will be."""


@rule("falling-figure", severity=Severity.WARNING)
def falling_figure(plan: Plan) -> Iterator[Finding]:
    """A figure that falls says why, unless less of it is what the plan wants."""
    for section, action in plan.originals.values():
        steps = [step for step in successive_figures(action) if step[0].unit == step[1].unit]
        names = groupby(sorted(steps, key=lambda step: step[1].name or ""), key=lambda step: step[1].name or "")
        for name, group in names:
            series = list(group)
            if _falls_on_purpose(
                section, action, name, [lowest(after.value) - lowest(before.value) for before, after, _ in series]
            ):
                continue
            for before, figure, path in series:
                if lowest(figure.value) < lowest(before.value) and not figure.note:
                    message = f"前の年度の {_printed(before)} より少なくなっています。"
                    hint = "値を確かめ、そのとおりなら理由を note に書いてください（例：note: 統合のため）。"
                    yield Finding("", (*path, "value"), message, hint)


def _falls_on_purpose(section: Section, action: Action, name: str, changes: list[Decimal]) -> bool:
    words = (
        section.title,
        section.goal or "",
        action.title,
        name,
        *(each.text or "" for each in action.targets.values()),
    )
    steadily = len(changes) > 1 and all(change < 0 for change in changes)
    return steadily or any(WANTED_LESS.search(each) or _EXPECTED.search(each) for each in words)


def _printed(figure: Figure) -> str:
    value = "-".join(map(str, figure.value)) if isinstance(figure.value, NumberRange) else str(figure.value)
    return f"{value}{(figure.unit or '')[:30]}"
