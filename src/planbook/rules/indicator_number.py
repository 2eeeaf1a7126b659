"""The rule `indicator-number`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar
from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import key_text
from planbook.plan.number_hints import corrected_number
from planbook.rules.common.plan_parts import indicators
from planbook.rules.count_in_text import counts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document, Path
    from planbook.plan.model import Indicator, Plan


@typed_rule("indicator-number", severity=Severity.WARNING)
def indicator_number(plan: Plan, document: Document) -> Iterator[Finding]:
    """A value of an indicator that is a number is typed as one: its unit and bound have keys of their own."""
    for indicator in indicators(plan):
        for key, value in indicator.values.items():
            if isinstance(value, str) and (meant := _number_in(value, indicator)):
                number, added = meant
                message = f"「{value[:30]}」は、数値ではなく言葉として読まれます。"
                at = (*indicator.at, "values", key_text(key))
                hint = _with_keys(at, number, added, document) if added else f"値は {number} とだけ書いてください。"
                yield Finding("", at, message, hint, instead="" if added else number)


def _with_keys(at: Path, number: str, added: tuple[str, ...], document: Document) -> str:
    """Return the hint for a value that leaves keys for its indicator: the corrected line, where they stand on one."""
    span, values = document.span(at), document.span(at[:-1], "key")
    hint = f"値は {number} とだけ書き、指標に {'、'.join(added)} を足してください。"
    line = document.lines[span.line - 1]
    right = line[: span.column - 1] + number + line[span.end_column - 1 :]
    before = line[: values.column - 1]
    if values.line != span.line:
        return hint
    if not before.strip(" -"):
        margin = f"\n{'  ' if before.strip() else ''}"
        return f"{hint}次のように直してください。\n{right.strip()}{margin}{margin.join(added)}"
    end = right.rfind("}")
    return f"{hint}次のように直してください。\n{(right[:end] + ', ' + ', '.join(added) + right[end:]).strip()}"


def _number_in(value: str, indicator: Indicator) -> tuple[str, tuple[str, ...]] | None:
    """Return the number that a state is, and the keys that take the rest of it; None where it is words."""
    own = {"unit": indicator.unit, "bound": indicator.bound}
    around = Mapping({key: Scalar(text) for key, text in own.items() if text})
    if not (meant := corrected_number(value, around)):
        return None
    _, added = meant
    whole = any(match.group() == value for match in counts(value))
    return meant if whole or not [each for each in added if each.startswith(("unit", "prefix"))] else None
