"""The rule `indicator-twice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import key_text
from planbook.rules.common.plan_parts import indicators
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import ColumnKey, Indicator, Plan


@rule("indicator-twice", severity=Severity.WARNING)
def indicator_twice(plan: Plan) -> Iterator[Finding]:
    """An indicator that stands at several sections says the same everywhere: one unit, and for a year one value."""
    first: dict[str, Indicator] = {}
    for indicator in indicators(plan):
        before = first.setdefault("".join(indicator.name.split()), indicator)
        if before is indicator or before.note != indicator.note:
            continue
        name = f"指標「{indicator.name[:30]}」"
        if before.unit != indicator.unit:
            message = f"{name}の単位が、先に書いた{_quoted(before.unit)}と違って{_quoted(indicator.unit)}です。"
            hint = "同じ指標なら、同じ単位にしてください。別のものなら、name を変えて区別してください。"
            yield Finding("", (*indicator.at, "unit") if indicator.unit else indicator.at, message, hint)
        elif (key := _differing(before, indicator)) is not None:
            old, new = before.values[key], indicator.values[key]
            message = f"{name}の {key_text(key)} の値が、先に書いた {old} と違って {new} です。"
            hint = "同じ指標なら、同じ値にしてください。別のものなら、name を変えて区別してください。"
            yield Finding("", (*indicator.at, "values", key_text(key)), message, hint)


def _differing(before: Indicator, indicator: Indicator) -> ColumnKey | None:
    """Return the key whose value is another, where another key has the same value: else they only share a name."""
    shared = [key for key in indicator.values if key in before.values]
    differing = [key for key in shared if before.values[key] != indicator.values[key]]
    return differing[0] if differing and len(differing) < len(shared) else None


def _quoted(unit: str | None) -> str:
    return f"「{unit[:30]}」" if unit else "無し"
