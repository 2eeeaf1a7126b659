"""How targets and their figures print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.plan.model import NumberRange
from planbook.views.long_texts import Line, lines

if TYPE_CHECKING:
    from decimal import Decimal

    from planbook.plan.model import Figure, Target

DASH = "－"
_ABOUT = "約"


def amount(figure: Figure) -> str:
    """Return a figure without its name: 2,300部, 各11回, 年12回, 約20人以上, 3～5か所. Decimals stand as typed."""
    prefix, value, behind = figure.prefix or "", printed(figure.value), figure.bound or ""
    return f"{prefix}{with_bound(value, figure.unit, behind)}"


def printed(value: Decimal | NumberRange) -> str:
    """Return a number with commas by thousands, or a range: 2,300, 3～5. Decimals stand as typed."""
    if isinstance(value, NumberRange):
        return f"{value.low:,f}～{value.high:,f}"
    return f"{value:,f}"


def with_bound(value: str, unit: str | None, bound: str) -> str:
    """Return a number with its unit and bound: 約 stands before it, the others behind the unit."""
    return f"{_ABOUT}{value}{unit or ''}" if bound == _ABOUT else f"{value}{unit or ''}{bound}"


def number(figure: Figure) -> str:
    """Return a figure without name and unit, as a column of numbers has it: 年12, 約20, 60以上."""
    return f"{figure.prefix or ''}{with_bound(printed(figure.value), None, figure.bound or '')}"


def least(value: Decimal | NumberRange) -> Decimal:
    """Return the number that a figure is compared by: that of a range is its lower end."""
    return value.low if isinstance(value, NumberRange) else value


def target_lines(target: Target) -> tuple[Line, ...]:
    """Return a target as its cell has it.

    A figure with a name has a line of its own: ・発行部数：2,300部. Those without stand in brackets behind the last
    line of the text, （9小学校区、20人）, or alone where there is no text. 該当なし is printed －.
    """
    text = DASH if target.not_applicable else (target.text or "").rstrip()
    unnamed = "、".join(_noted(figure, "〔〕" if text else "（）") for figure in target.figures if figure.name is None)
    named = tuple(
        Line(f"・{figure.name}：{_noted(figure, '（）')}", item=True)
        for figure in target.figures
        if figure.name is not None
    )
    if not text:
        return (Line(unnamed), *named) if unnamed else named
    *before, last = lines(text)
    return (*before, replace(last, tail=f"（{unnamed}）" if unnamed else ""), *named)


def target_text(target: Target) -> str:
    """Return a target as one text, line for line as its cell has it."""
    return "\n".join(line.text + line.tail for line in target_lines(target))


def _noted(figure: Figure, brackets: str) -> str:
    note = f"{brackets[0]}{figure.note}{brackets[1]}" if figure.note else ""
    return f"{amount(figure)}{note}"
