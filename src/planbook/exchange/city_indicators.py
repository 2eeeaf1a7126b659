"""The sheets of indicators of a workbook, as planbook or a city has laid them out → each with its values by column."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planbook.exchange.cell_text import compact, is_none_sign, number
from planbook.exchange.city_headings import Known, Meaning, meanings, year_key
from planbook.exchange.replies import column_letters
from planbook.plan.sections import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planbook.exchange.worksheets import WorkbookCell, Worksheet

_HEAD_WITHIN = 40
_WORDS: Mapping[str, str] = {
    "name": r"(?:成果|評価|活動|数値|達成|目標|重要業績評価|進捗)?指標(?:名|名称|項目|の名称|\(?KPI\)?)?|KPI|数値目標",
    "unit": "単位",
    "bound": "以上・以下など",
    "source": "出典|データ元|データの出典|出所|資料|根拠",
    "note": "注記|備考|算出方法|考え方|説明",
    "place": "位置づけ|位置付け|分野|体系",
}
_VALUE = re.compile(r"現状|現況|実績|基準|当初|目標|中間|最終|計画値")
_AMOUNT = re.compile(
    r"(?P<about>約)?\s*(?P<number>-?[0-9][0-9,.]*)\s*(?P<unit>[^0-9]*?)\s*(?P<bound>以上|以下|未満|超|程度)?"
)
_MAX_UNIT_LENGTH = 6


class Value(NamedTuple):
    """What an indicator is in a column: a number, or a state in words. `heading` is where the year may stand."""

    heading: str
    text: str
    is_number: bool
    place: str


@dataclass(frozen=True, slots=True)
class CityIndicator:
    """An indicator. `sections` are what stands in the columns of sections, from above; `place` is its cell."""

    sections: tuple[str, ...]
    name: str
    values: tuple[Value, ...]
    place: str
    unit: str = ""
    bound: str = ""
    source: str = ""
    note: str = ""


def indicators_of(sheets: Sequence[Worksheet], known: Known) -> tuple[list[CityIndicator], list[str]]:
    """Return the indicators of a workbook, and the names of the sheets that they stand on.

    `known` are the headings that the workbook says itself.
    """
    found: list[CityIndicator] = []
    names: list[str] = []
    for sheet in (each.filled() for each in sheets):
        heads = range(min(len(sheet.rows), _HEAD_WITHIN))
        rated = [
            (rank, -head, columns) for head in heads if (rank := _rank(columns := _columns_at(sheet, head, known)))
        ]
        if rated:
            _, head, columns = max(rated, key=lambda each: each[:2])
            names.append(sheet.name)
            found += _rows(sheet, -head, columns)
    return found, names


def _rank(columns: Mapping[int, Meaning]) -> int:
    """Return how much a row says as the heads of indicators, 0 where it is none; a row with years says more."""
    kinds = {meaning.what for meaning in columns.values()}
    if not {"name", "value"} <= kinds or "action" in kinds:
        return 0
    return 1 + len({year_of(meaning.key) for meaning in columns.values() if meaning.what == "value"} - {""})


def _columns_at(sheet: Worksheet, head: int, known: Known) -> dict[int, Meaning]:
    """Return what the columns are; a year that stands in the row above the heads counts as well."""
    above = [cell.text for cell in sheet.rows[head - 1]] if head else []
    columns = indicator_columns(headings_at(sheet, head), known)
    for position, (what, heading) in columns.items():
        upper = above[position] if position < len(above) else ""
        if what == "value" and not year_of(heading) and year_of(upper):
            columns[position] = Meaning(what, f"{upper} {heading}")
    return columns


def headings_at(sheet: Worksheet, number: int) -> list[str]:
    """Return the headings that end in a row: where its cell is empty or says nothing, the one above counts."""
    row = sheet.rows[number]
    above = sheet.rows[number - 1] if number else []
    texts = []
    for column, cell in enumerate(row):
        text = cell.text
        if not text and column < len(above) and any(each.text for each in row):
            text = above[column].text
        texts.append(text)
    return texts


def indicator_columns(headings: Sequence[str], known: Known) -> dict[int, Meaning]:
    """Return what the columns of a table of indicators are; `value` has the heading as its key."""
    general = {
        position: each for position, each in meanings(headings, known).items() if each.what in (*LEVELS, "action")
    }
    found: dict[int, Meaning] = {}
    for position, heading in enumerate(headings):
        text = compact(heading)
        if text in known and known[text].what != "column":
            found[position] = known[text]
        elif text in known:
            found[position] = Meaning("value", known[text].key)
        elif (what := what_of(text)) and all(each.what != what for each in found.values()):
            found[position] = Meaning(what)
        elif position in general and what is None and not any(each.what == "name" for each in found.values()):
            found[position] = general[position]
        elif text and (year_of(heading) or _VALUE.search(text)):
            found[position] = Meaning("value", heading)
    return found


def year_of(heading: str) -> str:
    """Return the year that a heading names, in brackets too: 現状値（R5年度） is 2023; "" without one."""
    plain = unicodedata.normalize("NFKC", heading)
    for text in (heading, *re.findall(r"\((.*?)\)", plain), re.sub(r"[()]", " ", plain)):
        if key := year_key(text):
            return key
    return ""


def what_of(text: str) -> str | None:
    """Return what a heading is in a table of indicators: `name`, `unit`, `source` …; `text` is compact."""
    return next((what for what, form in _WORDS.items() if re.fullmatch(form, text)), None)


def _rows(sheet: Worksheet, head: int, columns: Mapping[int, Meaning]) -> Iterator[CityIndicator]:
    at = {meaning.what: position for position, meaning in columns.items() if meaning.what != "value"}
    sections: dict[str, str] = {}
    for offset, row in enumerate(sheet.rows[head + 1 :]):
        number = head + 2 + offset
        cells = dict(enumerate(row))
        texts = {what: cells[position].text for what, position in at.items() if position in cells}
        for level in (*LEVELS, "place"):
            if texts.get(level):
                for below in LEVELS[LEVELS.index(level) + 1 :] if level in LEVELS else ():
                    sections.pop(below, None)
                sections[level] = texts[level]
        name = re.sub(r"\s*\n\s*", "", texts.get("name", ""))
        if not name or compact(name) == compact(sheet.rows[head][at["name"]].text):
            continue
        yield _indicator(sheet, number, name, texts, tuple(sections.values()), _values(sheet, number, cells, columns))


def _values(
    sheet: Worksheet, number: int, cells: Mapping[int, WorkbookCell], columns: Mapping[int, Meaning]
) -> Iterator[tuple[str, str, str]]:
    for position, meaning in columns.items():
        text = cells[position].text.strip() if meaning.what == "value" and position in cells else ""
        if text and not is_none_sign(text):
            yield meaning.key, text, f"「{sheet.name}」{column_letters(position)}{number}"


def _indicator(  # noqa: PLR0913, PLR0917 - what a row says
    sheet: Worksheet,
    row: int,
    name: str,
    texts: Mapping[str, str],
    sections: tuple[str, ...],
    typed: Iterator[tuple[str, str, str]],
) -> CityIndicator:
    unit, bound = texts.get("unit", ""), texts.get("bound", "")
    if is_none_sign(unit):
        unit = ""
    cells = [(heading, text, place, *amount_with_words(text)) for heading, text, place in typed]
    units = {each[4] for each in cells if each[4]}
    if not unit and len(units) == 1 and all(each[3] is not None for each in cells):
        unit = units.pop()
    values = []
    for heading, text, place, amount, unit_typed, bound_typed in cells:
        # 「3か所を認定」 beside 「準備中」 is a state in words, not 3 of a unit.
        is_number = amount is not None and (not unit_typed or compact(unit_typed) == compact(unit))
        bound = bound or (bound_typed if is_number else "")
        values.append(Value(heading, amount if is_number and amount else text, is_number, place))
    where = f"「{sheet.name}」{row} 行目"
    return CityIndicator(
        sections, name, tuple(values), where, unit, bound, texts.get("source", ""), texts.get("note", "")
    )


def amount_with_words(text: str) -> tuple[str | None, str, str]:
    """Return the number of a cell with the unit and the bound that were typed with it: 60％以上, 約1,200人."""
    if (plain := number(text)) is not None:
        return plain, "", ""
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or len(match["unit"]) > _MAX_UNIT_LENGTH or (value := number(match["number"])) is None:
        return None, "", ""
    unit = match["unit"].replace("%", "％")
    return value, unit, match["bound"] or ("約" if match["about"] else "")
