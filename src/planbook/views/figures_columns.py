"""How wide the columns of 数値目標一覧 are: numbers as wide as they need, texts in proportion to their lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.phrases import SHORT, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Lengths are em of the table's type; these are those of css/book.css, the types being parts of it.
_PADDING, _NARROW_PADDING, _DENSE_PADDING = 0.85, 0.95, 0.35
_HEADING, _DENSE_HEADING = 0.95, 0.95
_DENSE_VALUE = 0.95
_PAGE = 3.0
_MAX_OF_UNIT = 5.0
_FIGURE = 0.12
# Numbers take no more of the table than this, if they get what 12,345.6 needs.
_NUMBERS = 0.4
_ENOUGH = 4.9
# A column of texts is not made for its longest ones, nor for less than a word.
_MAX_OF_TEXT, _MIN_OF_TEXT = 24.0, 4.6
_TEXTS_CONSIDERED = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns in percent of the table.

    `room` is what a column of a year has for its numbers, in em; `kept` characters fit into any column of texts.
    """

    number: float
    section: float
    action: float
    name: float
    unit: float
    year: float
    page: float
    room: float
    kept: int


@dataclass(frozen=True, slots=True)
class Texts:
    """All that stands in the columns, the headings included where they may not break. One without texts is left out."""

    numbers: Sequence[str]
    sections: Sequence[str]
    actions: Sequence[str]
    names: Sequence[str]
    units: Sequence[str]
    years: Sequence[str]
    values: Sequence[str]


def columns(texts: Texts, table: float, *, page: bool, dense: bool) -> Columns:
    """Return the columns of a table that has these texts and is so many em wide."""
    padding, heading = (_DENSE_PADDING, _DENSE_HEADING) if dense else (_NARROW_PADDING, _HEADING)
    value = _DENSE_VALUE if dense else 1
    most = max(_ENOUGH, _NUMBERS * table / len(texts.years))
    room = max(longest(texts.years) * heading, min(longest(texts.values) * value, most))
    year = room + padding
    number = max(map(number_width, texts.numbers)) + _PADDING if texts.numbers else 0.0
    unit = min(longest(texts.units), _MAX_OF_UNIT) + _PADDING if texts.units else 0.0
    last = _PAGE + _PADDING if page else 0.0
    rest = table - number - unit - last - year * len(texts.years)
    written = (texts.sections, texts.actions, *((texts.names,) if texts.names else ()))
    needs = [needed(column, _TEXTS_CONSIDERED) + _PADDING for column in written]
    shares = shared(rest, needs, [needed(column, 1) + _PADDING for column in written])
    section, action, name = (*shares, 0.0)[:3]
    kept = int(min(SHORT, min(shares) - _PADDING))

    def percent(part: float) -> float:
        return round(100 * part / table, 2)

    return Columns(
        number=percent(number),
        section=percent(section),
        action=percent(action),
        name=percent(name),
        unit=percent(unit),
        year=percent(year),
        page=percent(last),
        room=room / value,
        kept=kept,
    )


def number_width(number: str) -> float:
    """Return how wide a number of a section is: its figures are wider than letters, and may not break (1-1-2, 003)."""
    figures = sum(map(str.isdecimal, number))
    return width(number) + (_FIGURE * figures if figures > 1 else 0.0)


def half(heading: str) -> str:
    """Return what a heading that may break in two needs in a line: （1～3年） of 短期（1～3年）."""
    if width(heading) <= _ENOUGH:
        return heading
    word, bracket, rest = heading.partition("（")
    return max(word, bracket + rest, key=width) if bracket else heading[: len(heading) // 2 + 1]


def longest(texts: Iterable[str]) -> float:
    return max(map(width, texts))


def needed(texts: Iterable[str], considered: float) -> float:
    """Return how wide a column has to be for that part of its texts, the shortest."""
    widths = sorted(width(text) for text in texts if text)
    typical = widths[min(int(len(widths) * considered), len(widths) - 1)] if widths else 0.0
    return min(max(typical, _MIN_OF_TEXT), _MAX_OF_TEXT)


def shared(room: float, needs: Sequence[float], wants: Sequence[float]) -> list[float]:
    """Share a width: where it is scarce those who need little get it, and the others in proportion to their needs.

    What is over goes to those who want more than they need; then to all but the last.
    """
    if (over := room - sum(needs)) >= 0:
        lacking = sum(wants) - sum(needs)
        given = min(1.0, over / lacking) if lacking else 0.0
        *others, last = (need + given * (want - need) for need, want in zip(needs, wants, strict=True))
        over -= given * lacking
        return [*(need + over / len(others) for need in others), last]
    modest = [need for need in needs if need <= room / len(needs)]
    scarce = (room - sum(modest)) / (sum(needs) - sum(modest))
    return [need if need in modest else need * scarce for need in needs]
