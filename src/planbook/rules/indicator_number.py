"""The rule `indicator-number`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar
from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import key_text
from planbook.plan.number_hints import corrected_number
from planbook.rules.count_in_text import counts
from planbook.rules.plan_parts import indicators
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Indicator, Plan


@rule("indicator-number", severity=Severity.WARNING)
def indicator_number(plan: Plan) -> Iterator[Finding]:
    """A value of an indicator that is a number is typed as one: its unit and bound have keys of their own."""
    for indicator in indicators(plan):
        for key, value in indicator.values.items():
            if isinstance(value, str) and (meant := _number_in(value, indicator)):
                number, added = meant
                message = f"「{value[:30]}」は、数値ではなく言葉として読まれます。"
                hint = f"値は {number} とだけ書いてください。"
                hint += f"指標に {'、'.join(added)} を足します。" if added else ""
                instead = "" if added else number
                yield Finding("", (*indicator.at, "values", key_text(key)), message, hint, instead=instead)


def _number_in(value: str, indicator: Indicator) -> tuple[str, tuple[str, ...]] | None:
    """Return the number that a state is, and the keys that take the rest of it; None where it is words."""
    own = {"unit": indicator.unit, "bound": indicator.bound}
    around = Mapping({key: Scalar(text) for key, text in own.items() if text})
    if not (meant := corrected_number(value, around)):
        return None
    _, added = meant
    whole = any(match.group() == value for match in counts(value))
    return meant if whole or not [each for each in added if each.startswith(("unit", "prefix"))] else None
