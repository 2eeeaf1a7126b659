"""How wide the columns of 指標一覧 are, and whether they need the long side of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.phrases import width
from planbook.views.figures_columns import longest, needed, number_width, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.views.page_widths import PageWidths

# Lengths are em of the table's type; these are those of css/book.css, the types being parts of it.
_PADDING = 0.9
# Letters of units are wider than others: kWh.
_CAPITALS = 0.6
_HEADING, _YEAR = 0.95, 0.95
_PAGE = 3.0
_MAX_OF_NUMBER, _MAX_OF_UNIT, _MAX_OF_VALUE, _MAX_OF_WORD = 6.5, 5.0, 8.0, 6.0
# What a column of texts gets at least where the table stands upright, and on the long side.
_COMFORTABLE, _MIN_TEXT = 10.0, 7.0
_TEXTS_CONSIDERED = 0.8


@dataclass(frozen=True, slots=True)
class ValueTexts:
    """What stands in a column of values: its heading (a `word` may break, a year not), and each value with its year."""

    heading: str
    word: bool
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class IndicatorTexts:
    """All that stands in the columns. Where a column is left out it is empty."""

    numbers: Sequence[str]
    sections: Sequence[str]
    names: Sequence[str]
    units: Sequence[str]
    values: Sequence[ValueTexts]
    sources: Sequence[str]
    page: bool


@dataclass(frozen=True, slots=True)
class IndicatorWidths:
    """The widths of the columns in percent, in order; `landscape` asks for the long side of the page."""

    columns: tuple[float, ...]
    landscape: bool


def indicator_widths(texts: IndicatorTexts, room: PageWidths) -> IndicatorWidths | None:
    """Return the widths of the columns of a table that has these texts; None where no page has room for so many."""
    for table, least, landscape in ((room.list_tables, _COMFORTABLE, False), (room.list_tables_wide, _MIN_TEXT, True)):
        if widths := _widths(texts, table, least):
            return IndicatorWidths(tuple(round(100 * each / table, 2) for each in widths), landscape)
    return None


def widths_within(texts: IndicatorTexts, measure: float) -> tuple[float, ...] | None:
    """Return the widths of the columns of a table that is so wide, in percent; None where so many have no room."""
    widths = _widths(texts, measure, _MIN_TEXT)
    return tuple(round(100 * each / measure, 2) for each in widths) if widths else None


def _widths(texts: IndicatorTexts, table: float, least: float) -> list[float] | None:
    number = [min(max(map(number_width, texts.numbers)), _MAX_OF_NUMBER) + _PADDING] if texts.numbers else []
    unit = [min(longest(texts.units) + _CAPITALS, _MAX_OF_UNIT) + _PADDING] if texts.units else []
    values = [_of_values(column) + _PADDING for column in texts.values]
    page = [_PAGE + _PADDING] if texts.page else []
    written = [column for column in (texts.sections, texts.names, texts.sources) if column]
    room = table - sum((*number, *unit, *values, *page))
    needs = [needed(column, _TEXTS_CONSIDERED) + _PADDING for column in written]
    if room < sum(min(need, least) for need in needs):
        return None
    # The last of what is shared has nothing to gain: the page number, or the source, stands at the edge.
    section, name, source = texts.sections, texts.names, texts.sources
    shares = iter(shared(room, [*needs, 0.0], [*(needed(column, 1) + _PADDING for column in written), 0.0]))
    share = {id(column): next(shares) for column in written}
    texts_before = [share[id(column)] for column in (section, name) if column]
    return [*number, *texts_before, *unit, *values, *([share[id(source)]] if source else []), *page]


def _of_values(column: ValueTexts) -> float:
    heading = width(column.heading) * _HEADING
    values = [
        min(width(text), _MAX_OF_VALUE) + (width(f"（{year}）") * _YEAR if year else 0.0)
        for text, year in column.values
    ]
    return max(min(heading, _MAX_OF_WORD) if column.word else heading, *values, 0.0)
