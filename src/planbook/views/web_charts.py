"""Column charts of the web page: with an axis, the values, and the years below."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Units of the SVG's viewBox, in which type has a size of 10. A column is drawn from zero: its height tells the truth.
_PLOT = Decimal(48)
_ABOVE = Decimal(12)
_BELOW = Decimal(14)
_LEAST = Decimal(1)
_CHARACTER = Decimal(6)
_GAP = Decimal(8)
_NARROWEST = Decimal(26)


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
    pitch = max(
        _NARROWEST, *(_width(each.text) + _GAP for each in values), *(_width(each.label) + _GAP for each in values)
    )
    zero = _ABOVE + top * scale
    height = _ABOVE + _PLOT + _BELOW + (_ABOVE if bottom < 0 else 0)
    return Chart(
        width=_rounded(pitch * len(values)),
        height=_rounded(height),
        zero=_rounded(zero),
        labels_y=_rounded(height - Decimal(3)),
        columns=tuple(_columns(values, pitch, zero, scale)),
        text=text,
    )


def _columns(values: Sequence[ChartValue], pitch: Decimal, zero: Decimal, scale: Decimal) -> Iterator[ChartColumn]:
    width = pitch * Decimal("0.5")
    for at, each in enumerate(values):
        height = max(abs(each.value) * scale, _LEAST)
        y = zero if each.value < 0 else zero - height
        middle = pitch * at + pitch / 2
        yield ChartColumn(
            x=_rounded(middle - width / 2),
            y=_rounded(y),
            width=_rounded(width),
            height=_rounded(height),
            middle=_rounded(middle),
            value_y=_rounded(y + height + Decimal(9) if each.value < 0 else y - Decimal(3)),
            value=each.text,
            label=each.label,
            strong=each.strong,
        )


def _width(text: str) -> Decimal:
    """Return about how wide a text is in type of 10 units."""
    return sum((_CHARACTER if character.isascii() else Decimal(10) for character in text), Decimal(0))


def _rounded(length: Decimal) -> float:
    return float(round(length, 1))
