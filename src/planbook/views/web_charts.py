"""Column charts of the web page: with an axis, the values, and the years below."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# In pixels; type has a size of 12. A column is drawn from zero: its height tells the truth.
_PLOT = Decimal(48)
_ABOVE = Decimal(15)
_BELOW = Decimal(17)
_MIN_HEIGHT = Decimal(1)
_CHARACTER = Decimal(8)
_WIDE_CHARACTER = Decimal(12)
_GAP = Decimal(10)
_MIN_WIDTH = Decimal(32)
_BAR = Decimal(18)


@dataclass(frozen=True, slots=True)
class ChartValue:
    """What a chart shows of a column: its label, the value as it prints, the number; `strong` is drawn in colour."""

    label: str
    text: str
    value: Decimal
    strong: bool


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column: its rectangle, the middle, the value above it at `value_y`, and the label below the chart."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    value_y: float
    value: str
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart in units of its own: `zero` is the height of its axis; `text` tells the same in words."""

    width: float
    height: float
    zero: float
    labels_y: float
    columns: tuple[ChartColumn, ...]
    text: str


def chart(values: Sequence[ChartValue], text: str) -> Chart:
    """Return the chart of some values in their order. There must be one at least."""
    known = [each.value for each in values]
    top, bottom = max(*known, Decimal(0)), min(*known, Decimal(0))
    scale = _PLOT / (top - bottom) if top > bottom else Decimal(0)
    widths = [max(_MIN_WIDTH, _width(each.text) + _GAP, _width(each.label) + _GAP) for each in values]
    zero = _ABOVE + top * scale
    height = _ABOVE + _PLOT + _BELOW + (_ABOVE if bottom < 0 else 0)
    return Chart(
        width=_rounded(sum(widths, Decimal(0))),
        height=_rounded(height),
        zero=_rounded(zero),
        labels_y=_rounded(height - Decimal(4)),
        columns=tuple(_columns(values, widths, zero, scale)),
        text=text,
    )


def _columns(
    values: Sequence[ChartValue], widths: Sequence[Decimal], zero: Decimal, scale: Decimal
) -> Iterator[ChartColumn]:
    left = Decimal(0)
    for each, room in zip(values, widths, strict=True):
        height = max(abs(each.value) * scale, _MIN_HEIGHT)
        y = zero if each.value < 0 else zero - height
        middle = left + room / 2
        left += room
        yield ChartColumn(
            x=_rounded(middle - _BAR / 2),
            y=_rounded(y),
            width=_rounded(_BAR),
            height=_rounded(height),
            middle=_rounded(middle),
            value_y=_rounded(y + height + Decimal(12) if each.value < 0 else y - Decimal(3)),
            value=each.text,
            label=each.label,
            strong=each.strong,
        )


def _width(text: str) -> Decimal:
    """Return about how wide a text is in type of 12 units."""
    return sum((_CHARACTER if character.isascii() else _WIDE_CHARACTER for character in text), Decimal(0))


def _rounded(length: Decimal) -> float:
    return float(round(length, 1))
