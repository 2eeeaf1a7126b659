"""A whole plan in a workbook, as planbook or a city has laid it out → its rows, filled down, each with its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planbook.exchange.cell_text import compact, is_none_sign
from planbook.exchange.city_figures import Figures, figures_of
from planbook.exchange.city_headings import Known, Meaning, meanings
from planbook.exchange.city_indicators import CityIndicator, headings_at, indicator_columns, indicators_of, what_of
from planbook.exchange.inquiry_workbook import HIDDEN_HEADINGS, HIDDEN_SHEET
from planbook.exchange.limits import UnreadableWorkbook
from planbook.exchange.numbered_titles import Numbered, split_number
from planbook.exchange.replies import column_letters, headings_said
from planbook.plan.sections import LEVELS
from planbook.plan.value_types import BLANK, NOT_APPLICABLE, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planbook.exchange.worksheets import WorkbookCell, Worksheet

_HEAD_WITHIN = 60
_RELISTED = re.compile(r"\s*[（(【\[〔［]?\s*再掲\s*[）)】\]〕］]?\s*$")
_BETWEEN_MARKS = re.compile(r"[、，,／/;；・\s　\-－‐]+")
_TOTALS = frozenset({"計", "小計", "合計", "総計", "総合計"})
_OWN_SHEETS = ("記入のしかた", HIDDEN_SHEET)
_WITHOUT_MEANING = frozenset(map(compact, HIDDEN_HEADINGS.values()))
_SAME = frozenset({"〃", "″", "同上", "同左", "→", "⇒", "々", '"'})
_OF_DEPARTMENT = re.compile(
    r"(?:課|室|係|局|部|班|園|館|所|会|署|校|院|社|団|隊|センター|協議会|委員会|事務局|法人|組合|NPO|包括|機構)(?:等|など)?$"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is missing or not understood, by cell."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class CityRow:
    """An action of the table: its sections, and what its cells say. `relisted`: it is marked as （再掲）."""

    sections: dict[str, Numbered]
    title: str
    number: str
    relisted: bool
    departments: tuple[str, ...]
    targets: dict[str, str]
    place: str
    content: str = ""
    marks: tuple[str, ...] = ()
    goal: str = ""
    figure: tuple[str, str] = ("", "")
    """The name and the unit of what stands in the columns, where the table has columns for them."""


@dataclass
class CityTable:
    """What a workbook says of a plan. `columns` are the keys of the columns of targets, in order."""

    levels: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: list[CityRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    figures: Figures = field(default_factory=dict)
    indicators: list[CityIndicator] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    """What the table calls a level, the actions, the departments."""
    other_sheets: tuple[str, ...] = ()
    with_departments: bool = False


def read_table(sheets: Sequence[Worksheet]) -> CityTable:
    """Return the table of a plan: the sheet, and the place in it, whose headings say most.

    Raises:
        UnreadableWorkbook: no sheet has such a table.

    """
    known = headings_said(sheets)
    said = known.get("actions", {})
    best: tuple[tuple[bool, int], Worksheet, int, dict[int, Meaning]] | None = None
    for sheet in (each.filled() for each in sheets if each.name != HIDDEN_SHEET):
        for number in range(min(len(sheet.rows), _HEAD_WITHIN)):
            headings = headings_at(sheet, number)
            found = meanings(headings, said)
            kinds = {meaning.what for meaning in found.values()}
            # Where there is nothing else, the lowest sections of a table of indicators are what is done.
            rank = (not _is_of_others(headings, known), len(found))
            if "action" in kinds and (best is None or rank > best[0]):
                best = rank, sheet, number, found
    if best is None:
        raise UnreadableWorkbook(
            "取組の表が見つかりません。"
            "見出しの行（基本方針、施策、事業、取組項目、担当課、平成30年度 など）のある表にしてください。"
            "空の様式は planbook export --blank で作れます。"
        )
    others = [sheet for sheet in sheets if sheet is not best[1] and sheet.name not in (*_OWN_SHEETS, best[1].name)]
    figures, names = figures_of(others, known.get("figures", {}))
    rest = [sheet for sheet in others if sheet.name not in names]
    indicators, more = indicators_of(rest, known.get("indicators", {}))
    table = _read(best[1], best[2], best[3], figures, said)
    table.indicators = indicators
    table.other_sheets = tuple(each.name for each in rest if each.name not in more and any(each.rows))
    return table


def _is_of_others(headings: Sequence[str], known: Mapping[str, Known]) -> bool:
    """Whether a row is the heads of figures or indicators."""
    kinds = {meaning.what for meaning in indicator_columns(headings, known.get("indicators", {})).values()}
    return compact("数値の名称") in map(compact, headings) or ({"name", "value"} <= kinds and "action" not in kinds)


def split_departments(text: str) -> tuple[str, ...]:
    """Return the departments of a cell. A ・ within a name (子ども・子育て課) divides nothing."""
    names: list[str] = []
    for part in re.split(r"[ 　\n]+(?:ほか|外|他)[ 　]*(?=.)|[、，,／/;；\n]+|[ 　]{2,}", text):
        pieces = [piece.strip(" 　") for piece in part.split("・")]
        if len(pieces) > 1 and all(_OF_DEPARTMENT.search(piece) for piece in pieces):
            names += pieces
        elif part.strip(" 　"):
            names.append(part.strip(" 　"))
    return tuple(dict.fromkeys(names))


def _read(sheet: Worksheet, head: int, found: dict[int, Meaning], figures: Figures, said: Known) -> CityTable:
    columns = {meaning.what: position for position, meaning in found.items() if meaning.what != "column"}
    keys = {meaning.key: position for position, meaning in found.items() if meaning.what == "column"}
    table = CityTable(
        tuple(level for level in LEVELS if level in columns),
        tuple(keys),
        figures=figures,
        with_departments="departments" in columns,
    )
    headings = headings_at(sheet, head)
    for position, heading in enumerate(headings):
        what = what_of(compact(heading))
        if position not in found and keys and what in ("name", "unit") and what not in columns:
            columns[what] = position
    table.words = {
        what: re.sub(r"\s+|[（(].*?[）)]", "", headings[position])
        for what, position in columns.items()
        if what in (*LEVELS, "action", "departments")
    }
    left_out = [text for position, text in enumerate(headings) if text and position not in {*found, *columns.values()}]
    table.ignored = tuple(text for text in left_out if compact(text) not in _WITHOUT_MEANING)
    reader = _Reader(sheet, columns, keys, table, said)
    for number in range(head + 1, len(sheet.rows)):
        reader.row(number)
    return table


class _Reader:
    def __init__(
        self, sheet: Worksheet, columns: dict[str, int], keys: dict[str, int], table: CityTable, said: Known
    ) -> None:
        self._sheet = sheet
        self._said = said
        self._columns = columns
        self._keys = keys
        self._table = table
        self._sections: dict[str, Numbered] = {}
        self._before: dict[str, str] = {}

    def row(self, number: int) -> None:
        cells = self._sheet.rows[number]
        if not any(cell.text for column, cell in enumerate(cells) if column in self._columns.values()):
            return
        if self._is_heading(cells) or self._is_total(cells):
            return
        self._follow_sections(cells, number)
        raw = self._cell(cells, "action")
        if not raw:
            if any(self._text(cells, position) for position in self._keys.values()):
                self._report(number, self._columns["action"], "取組の名称がありません。この行は計画に入れていません。")
            return
        relisted = bool(_RELISTED.search(raw))
        numbered = split_number(_RELISTED.sub("", raw))
        title = re.sub(r"\s*\n\s*", "", numbered.title)
        departments = () if relisted else self._departments(cells, number)
        targets = {} if relisted else dict(self._targets(cells, number, compact(title)))
        self._table.rows.append(
            CityRow(
                dict(self._sections),
                title,
                numbered.number or self._cell(cells, "number"),
                relisted,
                departments,
                targets,
                self._place(number, self._columns["action"]),
                self._cell(cells, "content"),
                tuple(dict.fromkeys(filter(None, _BETWEEN_MARKS.split(self._cell(cells, "marks"))))),
                self._cell(cells, "goal"),
                (self._cell(cells, "name"), self._cell(cells, "unit")),
            )
        )

    def _is_heading(self, cells: Sequence[WorkbookCell]) -> bool:
        """Whether the heads are repeated, as on every page of a printed table."""
        texts = [cell.text for cell in cells]
        found = meanings(texts, self._said)
        return sum(found.get(position) is not None for position in self._columns.values()) > len(self._columns) / 2

    @staticmethod
    def _is_total(cells: Sequence[WorkbookCell]) -> bool:
        return compact(next((cell.text for cell in cells if cell.text), "")) in _TOTALS

    def _follow_sections(self, cells: Sequence[WorkbookCell], number: int) -> None:
        """Take the sections of a row: an empty cell goes on with what stands above, within the same higher section."""
        changed = False
        for level in self._table.levels:
            text = self._cell(cells, level)
            if text in _SAME:
                text = ""
            if not text and changed:
                self._sections[level] = Numbered("", BLANK)
                self._report(
                    number, self._columns[level], f"「{self._table.words[level]}」の名称がありません。○○ としました。"
                )
            elif text:
                numbered = split_number(text)
                changed = changed or numbered != self._sections.get(level)
                self._sections[level] = numbered
            elif level not in self._sections:
                self._sections[level] = Numbered("", BLANK)
                self._report(
                    number, self._columns[level], f"「{self._table.words[level]}」の名称がありません。○○ としました。"
                )

    def _departments(self, cells: Sequence[WorkbookCell], number: int) -> tuple[str, ...]:
        if "departments" not in self._columns:
            return ()
        text = self._cell(cells, "departments")
        if text in _SAME:
            text = self._before.get("departments", "")
        if is_none_sign(text):
            text = ""
        if not text:
            self._report(number, self._columns["departments"], "担当課がありません。")
        self._before["departments"] = text
        return split_departments(text)

    def _targets(self, cells: Sequence[WorkbookCell], number: int, title: str) -> Iterator[tuple[str, str]]:
        left = ""
        for key, position in self._keys.items():
            text = self._text(cells, position)
            problem = cells[position].problem if position < len(cells) else ""
            if problem:
                self._report(number, position, problem)
            if text in _SAME:
                text = self._before.get(key, "") if text in ("〃", "″", "同上", '"') else left
            if is_none_sign(text):
                text = NOT_APPLICABLE
            if not text and (title, key) not in self._table.figures:
                self._report(
                    number, position, "目標がありません。「未定」としました。なければ「該当なし」と書いてください。"
                )
                text = UNDECIDED
            left = self._before[key] = text
            yield key, text

    def _cell(self, cells: Sequence[WorkbookCell], what: str) -> str:
        return self._text(cells, self._columns[what]) if what in self._columns else ""

    @staticmethod
    def _text(cells: Sequence[WorkbookCell], position: int) -> str:
        return cells[position].text if position < len(cells) else ""

    def _report(self, number: int, column: int, text: str) -> None:
        self._table.problems.append(Problem(self._place(number, column), text))

    def _place(self, number: int, column: int) -> str:
        return f"「{self._sheet.name}」{column_letters(column)}{number + 1}"


def original_of(row: CityRow, rows: Sequence[CityRow]) -> CityRow | None:
    """Return the row that a relisting shows again: the first of the same title that is none."""
    wanted = compact(row.title)
    return next((each for each in rows if not each.relisted and compact(each.title) == wanted), None)
