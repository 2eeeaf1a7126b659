"""The values of the format that are more than text: numbers, dates, fiscal years, columns."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import BeforeValidator, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from planbook.diagnostics.suggestions import nearest
from planbook.plan.element import ReadBy, check_text
from planbook.plan.stand_ins import StandInText

if TYPE_CHECKING:
    from collections.abc import Iterable

UNDECIDED = "未定"
NOT_APPLICABLE = "該当なし"

BLANK = "○○"
"""Stands for a text that is still to be written."""

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
"""How a number is typed: half width, without commas."""

MAX_YEARS = 100
"""Years that a range may have: no plan runs longer, and a slip of typing (2026-9999) is to stay one."""

COLUMNS = "columns"
"""The key of the validation context under which the words stand that this plan has columns for."""


class YearMonth(NamedTuple):
    """策定年月."""

    year: int
    month: int


class YearRange(NamedTuple):
    """Fiscal years from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def key(self) -> str:
        """The years as they are typed: 2018, 2018-2020."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


ColumnKey = YearRange | str
"""What a value stands under: fiscal years, or the word of a column (現状)."""


def key_text(key: ColumnKey) -> str:
    """Return a column key as it is typed."""
    return key if isinstance(key, str) else key.key


class Column(NamedTuple):
    """欄: what the sheets have a column for. `years` is a year or a period, None where the column is a word."""

    key: str
    years: YearRange | None

    @property
    def word(self) -> str | None:
        """The word of a column that is no year and no period."""
        return self.key if self.years is None else None

    @classmethod
    def of(cls, years: YearRange) -> Column:
        """Return the column of a year or period."""
        return cls(years.key, years)


class NumberRange(NamedTuple):
    """A number from `low` to `high`, both included: 3-5 人."""

    low: Decimal
    high: Decimal


def _read_number(value: object) -> Decimal | NumberRange | None:
    if isinstance(value, Decimal | NumberRange):
        return value
    if isinstance(value, str):
        if re.fullmatch(NUMBER, value):
            return Decimal(value)
        if (match := re.fullmatch(f"({NUMBER})-({NUMBER})", value)) and Decimal(match[1]) < Decimal(match[2]):
            return NumberRange(Decimal(match[1]), Decimal(match[2]))
    return None


def _amount(value: object) -> Decimal | NumberRange:
    """Read a number or a range; the only places where the format has numbers are those that say so."""
    if (number := _read_number(value)) is None:
        check_text(value)
        raise PydanticCustomError("number", "number")
    return number


def _amount_or_state(value: object) -> Decimal | NumberRange | str:
    """Read a number or a range where it is one, else a state in words (未整備)."""
    number = _read_number(value)
    return check_text(value) if number is None else number


def _year(value: object) -> object:
    if not isinstance(value, int) and not re.fullmatch("[1-9][0-9]{3}", check_text(value)):
        raise PydanticCustomError("year", "year")
    return value


def _years(value: object) -> object:
    """Read a range of years, 2018-2020, as the list of them; anything else is as it was."""
    if isinstance(value, str) and (years := read_years(value)) and years.last - years.first < MAX_YEARS:
        return tuple(range(years.first, years.last + 1))
    return value


AS_RANGE = BeforeValidator(_years)


def _year_month(value: object) -> object:
    if isinstance(value, StandInText):
        return YearMonth(0, 0)  # which no file can hold
    if isinstance(value, str):
        if not (match := re.fullmatch(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])", value)):
            raise PydanticCustomError("year_month", "year_month")
        return YearMonth(int(match[1]), int(match[2]))
    return value


def read_years(text: str) -> YearRange | None:
    """Return the year or the period that a text is (2018, 2018-2020), or None."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", text)
    if not match or int(match[2] or match[1]) < int(match[1]):
        return None
    return YearRange(int(match[1]), int(match[2] or match[1]))


def _column_key(value: object, info: ValidationInfo) -> ColumnKey:
    """Read what a value stands under. Which words are columns, the context says: those of this plan."""
    if isinstance(value, YearRange):
        return value
    text = str(value)
    if years := read_years(text):
        return years
    words = (info.context or {}).get(COLUMNS, ())
    if text in words:
        return text
    if words and (not re.search(r"[0-9０-９]", text) or nearest(text, words)):
        raise PydanticCustomError("column", "column", {"columns": words})
    raise PydanticCustomError("year_range", "year_range")


def _distinct(value: object) -> object:
    """Refuse two keys for the same years: `2027` and `2027-2027`."""
    if isinstance(value, dict) and same_years(value):
        raise PydanticCustomError("same_years", "same_years")
    return value


def same_years(keys: Iterable[str]) -> tuple[str, str] | None:
    """Return two keys that say the same years, if there are such."""
    seen: dict[str, str] = {}
    for key in keys:
        if (other := seen.setdefault(re.sub(r"^([0-9]{4})-\1$", r"\1", key), key)) != key:
            return other, key
    return None


def _column(value: object) -> Column:
    if isinstance(value, Column):
        return value
    text = check_text(value)
    return Column(text, read_years(text))


Year = Annotated[int, BeforeValidator(_year)]
Month = Annotated[YearMonth, BeforeValidator(_year_month), BeforeValidator(check_text)]
Amount = Annotated[Decimal | NumberRange, ReadBy(_amount)]
AmountOrState = Annotated[Decimal | NumberRange | str, ReadBy(_amount_or_state)]
Key = Annotated[ColumnKey, PlainValidator(_column_key)]
DistinctKeys = BeforeValidator(_distinct)
ColumnText = Annotated[Column, ReadBy(_column)]
