"""Open data: actions, targets, figures and indicators as tables, for CSV files and for the web page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.plan.own_words import words_of
from planbook.views import open_data_rows as rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planbook.plan.model import Plan
    from planbook.views.open_data_rows import DataRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these would be a formula for a program that opens the file."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a table: its name in the file, its title and description in Japanese, and its type in a schema."""

    name: str
    title: str
    description: str
    type: str = "string"
    required: bool = False

    def cell(self, row: Mapping[str, str]) -> str:
        """Return what stands in the column, as a text that no program takes for a formula."""
        text = row.get(self.name, "")
        return f"'{text}" if self.type == "string" and text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that has rows: `columns` are those with anything in them; `cells` are as they stand in a file.

    `primary_key` and `foreign_key` (to the id of an action) name columns.
    """

    name: str
    title: str
    columns: tuple[DataColumn, ...]
    cells: tuple[tuple[str, ...], ...]
    primary_key: tuple[str, ...]
    foreign_key: str


@dataclass(frozen=True, slots=True)
class _TableSource:
    """One table: its columns, the key of its rows and where they come from."""

    name: str
    title: str
    columns: tuple[DataColumn, ...]
    rows: Callable[[Plan], Iterator[DataRow]]
    primary_key: tuple[str, ...] = ()
    foreign_key: str = ""

    def table(self, plan: Plan) -> DataTable | None:
        made = list(self.rows(plan))
        columns = tuple(each for each in self.columns if each.required or any(row.get(each.name) for row in made))
        cells = tuple(tuple(column.cell(row) for column in columns) for row in made)
        said = _own_words(plan)
        worded = tuple(replace(each, title=said(each.title), description=said(each.description)) for each in columns)
        return (
            DataTable(self.name, said(self.title), worded, cells, self.primary_key, self.foreign_key) if made else None
        )


def open_data(plan: Plan) -> tuple[DataTable, ...]:
    """Return the tables that have rows: actions, targets, figures, indicators."""
    return tuple(table for source in _TABLES if (table := source.table(plan)))


def _own_words(plan: Plan) -> Callable[[str], str]:
    """Return what says titles and descriptions of columns in the words of the plan."""
    labels = plan.labels
    whole = {
        "内容": labels.sheets.content,
        "成果指標": labels.sheets.indicators,
        "数値目標": labels.book.figure,
        "指標": labels.book.indicator,
        "単位": labels.book.unit,
        "出典": labels.book.source,
    }
    said = words_of(labels)
    return lambda text: whole.get(text) or said(text)


def _of(
    names: Mapping[str, tuple[str, str]], *, required: tuple[str, ...] = (), **types: str
) -> tuple[DataColumn, ...]:
    return tuple(
        DataColumn(name, title, text, types.get(name, "string"), name in required)
        for name, (title, text) in names.items()
    )


_YEARS = {
    "column": ("欄", "目標の欄：年度（2018）、期間（2024-2026）、または言葉（現状）。"),
    "year_from": ("最初の年度", "欄が年度か期間のとき、その最初の会計年度（西暦）。"),
    "year_to": ("最後の年度", "欄が年度か期間のとき、その最後の会計年度（西暦）。"),
}
_VALUES = {
    "value_from": ("値", "数値。幅のあるときは小さい方。"),
    "value_to": ("値（上）", "数値。幅のあるときは大きい方、ないときは value_from と同じ。"),
}
_NUMBERS = {
    "value_from": "number",
    "value_to": "number",
    "year_from": "integer",
    "year_to": "integer",
    "position": "integer",
}

_TABLES = (
    _TableSource(
        "actions",
        "取組項目",
        _of(
            {
                "id": ("取組項目の id", "計画の中で重ならない id。再掲の行では空。"),
                "relists": ("再掲の元の id", "再掲の行で、元の取組項目の id。"),
                "pillar_id": ("基本の柱の id", ""),
                "pillar": ("基本の柱", ""),
                "policy_id": ("基本方針の id", ""),
                "policy": ("基本方針", ""),
                "measure_id": ("施策の id", ""),
                "measure": ("施策", ""),
                "project_id": ("事業の id", ""),
                "project": ("事業", ""),
                "number": ("番号", "段の番号（計画書に印刷されるもの）。"),
                "title": ("取組項目", "名称。"),
                "marks": ("印", "新規、重点など。いくつもあるときは「、」で区切る。"),
                "content": ("内容", ""),
                "departments": ("担当課", "いくつもあるときは「、」で区切る。"),
            },
            required=("title",),
        ),
        rows.actions,
    ),
    _TableSource(
        "targets",
        "年度目標",
        _of(
            {
                "action_id": ("取組項目の id", ""),
                "section": ("段", "取組項目のある、いちばん下の段の名称。"),
                "action": ("取組項目", ""),
                **_YEARS,
                "text": ("目標", "目標の文章。"),
                "status": ("状態", "set（決まっている）、undecided（未定）、not-applicable（該当なし）。"),
            },
            required=("action_id", "column", "status"),
            **_NUMBERS,
        ),
        rows.targets,
        ("action_id", "column"),
        "action_id",
    ),
    _TableSource(
        "figures",
        "数値目標",
        _of(
            {
                "action_id": ("取組項目の id", ""),
                "action": ("取組項目", ""),
                **_YEARS,
                "position": ("順番", "その欄の何番目の数値か。"),
                "name": ("数値の名称", ""),
                "prefix": ("前に付く言葉", "「年12回」の「年」など。"),
                **_VALUES,
                "unit": ("単位", ""),
                "bound": ("以上・以下など", ""),
                "note": ("注記", ""),
            },
            required=("action_id", "column", "position", "value_from", "value_to"),
            **_NUMBERS,
        ),
        rows.figures,
        ("action_id", "column", "position"),
        "action_id",
    ),
    _TableSource(
        "indicators",
        "成果指標",
        _of(
            {
                "section_id": ("段の id", "計画全体の指標では空。"),
                "section": ("段", ""),
                "position": ("順番", "その段の何番目の指標か。"),
                "name": ("指標", ""),
                **_YEARS,
                "kind": ("種類", "baseline（現状値）か objective（目標値）。"),
                **_VALUES,
                "state": ("状態", "数でない値（未整備など）。"),
                "unit": ("単位", ""),
                "bound": ("以上・以下など", "目標値に付くもの。"),
                "better": ("望ましい方向", "higher（多いほどよい）か lower（少ないほどよい）。"),
                "source": ("出典", ""),
                "note": ("注記", ""),
            },
            required=("position", "name", "column", "kind"),
            **_NUMBERS,
        ),
        rows.indicators,
    ),
)
