"""The bytes of a workbook → its sheets as texts, by python-calamine. No formula is evaluated, no link is opened."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import python_calamine as calamine

from planbook.exchange.cell_text import clean, of_float
from planbook.exchange.limits import (
    ENCRYPTED,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    UnreadableWorkbook,
    formulas_in_table,
    formulas_in_xml,
    kind_of,
)
from planbook.exchange.xls_formulas import formulas_of_old, has_password

if TYPE_CHECKING:
    from collections.abc import Iterator

_BROKEN = "Excel のファイルとして読めません。壊れているようです。もう一度送ってもらってください。"
_SECONDS = 30
"""How long an old workbook (.xls) may take."""


@dataclass(frozen=True, slots=True)
class WorkbookCell:
    """The text of a cell. `problem` says why it is not what was typed: a date that Excel made of it, a formula."""

    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The cells of a sheet from A1 on. `merged` has the first and last cell of merged ones, both counted from 0."""

    name: str
    rows: list[list[WorkbookCell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden: bool = False

    def filled(self) -> Worksheet:
        """Return the sheet with the text of merged cells in each of them."""
        rows = [list(row) for row in self.rows]
        for (top, left), (bottom, right) in self.merged:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            for row in rows[top : bottom + 1]:
                for column in range(left, min(right + 1, len(row))):
                    row[column] = rows[top][left]
        return Worksheet(self.name, rows, self.merged, self.hidden)


def read_sheets(data: bytes) -> list[Worksheet]:
    """Return the sheets of a workbook (.xlsx, .ods, .xls).

    Raises:
        UnreadableWorkbook: it is none, it has a password, or it is too large or hostile.

    """
    if kind_of(data) == "ole":
        return _read_old(data)
    formulas = _formulas(data)
    return [
        Worksheet(name, _cells(rows, formulas.get(name, set())), merged, hidden)
        for _, name, rows, merged, hidden in _raw(data)
    ]


def _raw(data: bytes) -> Iterator[tuple[int, str, list[list[Any]], list[Any], bool]]:
    """Yield the sheets with cells: position among all, name, values, merged cells, whether it is hidden."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for position, about in enumerate(book.sheets_metadata):
                if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                rows = sheet.to_python(skip_empty_area=False)
                hidden = about.visible is not calamine.SheetVisibleEnum.Visible
                yield position, about.name, rows, list(sheet.merged_cell_ranges or ()), hidden
    except calamine.PasswordError as error:
        raise UnreadableWorkbook(ENCRYPTED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableWorkbook(_BROKEN) from error


def _cells(rows: list[list[Any]], formulas: set[tuple[int, int]]) -> list[list[WorkbookCell]]:
    return [
        [_cell(value, is_formula=(number, column) in formulas) for column, value in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def _cell(value: Any, *, is_formula: bool) -> WorkbookCell:
    if is_formula:
        return WorkbookCell(
            _plain(value), "式（= で始まる計算）が入っています。計算した結果の値を、文字か数字で書いてください。"
        )
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return WorkbookCell(_plain(value), _date_problem(value))
    return WorkbookCell(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return of_float(float(value))
    return clean(str(value))


def _date_problem(value: Any) -> str:
    typed = "日付や時刻"
    if isinstance(value, dt.datetime | dt.date):
        typed = f"日付（{value.month}月{value.day}日）"
        hint = f"「{value.month}-{value.day}」と書いたのなら、"
    else:
        hint = ""
    return f"Excel が{typed}に変えています。{hint}欄の書式を「文字列」にして、書き直してください。"


def _formulas(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Return the places of formulas by sheet; calamine gives only what they had as a result."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return formulas_in_table(archive.read("content.xml"))
        try:
            book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError as error:
            raise UnreadableWorkbook(_BROKEN) from error
        targets = {}
        for relation in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations):
            found = dict(re.findall(r"""(\w+)\s*=\s*["']([^"']*)["']""", relation))
            targets[found.get("Id", "")] = "xl/" + found.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
        formulas = {}
        for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
            found = dict(re.findall(r"""([\w:]+)\s*=\s*["']([^"']*)["']""", sheet))
            target = targets.get(found.get("r:id", ""), "")
            if target in names:
                formulas[_unescaped(found.get("name", ""))] = formulas_in_xml(archive.read(target))
    return formulas


def _unescaped(text: str) -> str:
    for code, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(code, character)
    return text


# ---- .xls ----
# Its parts can not be looked at beforehand: so it is read by a process of its own, which may not take much memory.


def _read_old(data: bytes) -> list[Worksheet]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "planbook.exchange.xls_process"],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook("読むのに時間がかかりすぎます。.xlsx で保存し直してもらってください。") from error
    if done.returncode:
        raise UnreadableWorkbook(_BROKEN)
    answer = json.loads(done.stdout)
    if isinstance(answer, str):
        raise UnreadableWorkbook(answer)
    return [
        Worksheet(
            name,
            [[WorkbookCell(*cell) for cell in row] for row in rows],
            [((a, b), (c, d)) for (a, b), (c, d) in merged],
            hidden,
        )
        for name, rows, merged, hidden in answer
    ]


def old_sheets(data: bytes) -> list[tuple[str, list[list[tuple[str, str]]], list[Any], bool]] | str:
    """Return the sheets of an .xls as plain data, or what is wrong with it."""
    found = []
    if has_password(data):
        return ENCRYPTED
    try:
        formulas = formulas_of_old(data)
        for position, name, rows, merged, hidden in _raw(data):
            wide = max(map(len, rows), default=0)
            if len(rows) > MAX_ROWS or wide > MAX_COLUMNS or len(rows) * wide > MAX_CELLS:
                return "表が大きすぎます。使っていない行と列を削除して、保存し直してもらってください。"
            own = formulas[position] if position < len(formulas) else set()
            cells = [[(cell.text, cell.problem) for cell in row] for row in _cells(rows, own)]
            found.append((name, cells, merged, hidden))
    except UnreadableWorkbook as error:
        return str(error)
    return found
