"""The sheets of a reply → its rows: which part of the plan each stands for, and what it held when it was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from planbook.exchange.cell_text import clean, compact
from planbook.exchange.city_headings import Known, Meaning
from planbook.exchange.inquiry import DIGESTS, KEY, NAMES, REMARKS
from planbook.exchange.inquiry_workbook import HIDDEN_HEADINGS
from planbook.exchange.limits import UnreadableWorkbook
from planbook.exchange.worksheets import WorkbookCell, Worksheet, read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planbook.exchange.inquiry import InquiryTable, TableKind

_HEAD_WITHIN = 40
"""Rows in which the heads of a table are looked for: people write above."""

_ENOUGH = 0.6
"""The part of the headings that a row has to have to be the heads."""

Base = dict[str, dict[str, dict[str, str]]]
"""What cells held: by table, key of the row and field."""


@dataclass(frozen=True, slots=True)
class ReplyCell:
    """A cell of a reply: 「社会福祉課.xlsx の「取組」E12」."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return self.file + (f" の「{self.sheet}」{self.cell}" if self.sheet else "")


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of a table by field, in order."""

    kind: TableKind
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A row of a reply: its cells by field, and where it stands. `key` and `digests` come from the hidden columns."""

    kind: TableKind
    sheet: str
    number: int
    cells: Mapping[str, WorkbookCell]
    columns: Mapping[str, int]
    key: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the text of a field."""
        return self.cells.get(name, WorkbookCell()).text

    def place(self, name: str) -> str:
        """Return how a cell is called: E12."""
        return f"{column_letters(self.columns.get(name, 0))}{self.number + 1}"


@dataclass(frozen=True, slots=True)
class Reply:
    """A workbook that came back."""

    name: str
    title: str
    municipality: str
    department: str
    rows: tuple[ReplyRow, ...]
    base: Base
    absent: tuple[tuple[str, str], ...] = ()
    """Sheets and headings of columns that are gone."""


def read_reply(data: bytes, name: str, known: Sequence[InquiryTable]) -> Reply:
    """Read a workbook that was written by planbook and filled in. `known` are the tables of the plan as it is now.

    Raises:
        UnreadableWorkbook: nothing in it can be read, or it is no reply.

    """
    sheets = [sheet.filled() for sheet in read_sheets(data)]
    about: dict[str, str] = {}
    heads = [Heads(table.kind, {each.key: each.heading for each in table.fields}) for table in known]
    base: Base = {}
    for sheet in sheets:
        if _is_hidden_sheet(sheet):
            about, heads, base = _remembered(sheet)
    rows: list[ReplyRow] = []
    absent: list[tuple[str, str]] = []
    tables = 0
    for sheet in sheets:
        if not _is_hidden_sheet(sheet) and (found := _find_table(sheet, heads)):
            table, head_row, columns = found
            tables += 1
            gone = [heading for key, heading in table.headings.items() if key not in columns]
            absent += ((sheet.name, heading) for heading in gone)
            rows += _rows(sheet, table, head_row, columns)
    if not tables:
        raise UnreadableWorkbook(
            "照会のワークブックではないようです（「取組」などの表が見つかりません）。"
            "planbook export で書き出したファイルに記入して返してもらってください。"
        )
    department = about.get("department", "")
    return Reply(
        name, about.get("title", ""), about.get("municipality", ""), department, tuple(rows), base, tuple(absent)
    )


def headings_said(sheets: Sequence[Worksheet]) -> dict[str, Known]:
    """Return what the headings of a workbook of planbook mean, by table, as its hidden sheet says; {} of others."""
    heads = next((_remembered(sheet)[1] for sheet in sheets if _is_hidden_sheet(sheet)), [])
    return {
        each.kind: {compact(heading): meaning for key, heading in each.headings.items() if (meaning := _meaning(key))}
        for each in heads
    }


def _meaning(key: str) -> Meaning | None:
    what, _, rest = key.partition(":")
    if what in ("target", "value"):
        return Meaning("column", rest)
    if what == "level":
        return Meaning(rest)
    return None if key == REMARKS else Meaning("action" if key == "title" else key)


def column_letters(column: int) -> str:
    """Return what Excel calls a column, from 0: A, B … AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_hidden_sheet(sheet: Worksheet) -> bool:
    return bool(sheet.rows) and bool(sheet.rows[0]) and sheet.rows[0][0].text == "planbook"


def _remembered(sheet: Worksheet) -> tuple[dict[str, str], list[Heads], Base]:
    about: dict[str, str] = {}
    keys: dict[str, list[str]] = {}
    heads: list[Heads] = []
    base: Base = {}
    for line in ([cell.text for cell in row] for row in sheet.rows):
        word, rest = line[0], line[1:]
        if word in ("title", "municipality", "department"):
            about[word] = rest[0] if rest else ""
        elif word == "keys" and rest:
            keys[rest[0]] = [key for key in rest[1:] if key]
        elif word == "headings" and rest and rest[0] in NAMES:
            headings = dict(zip(keys.get(rest[0], ()), rest[1:], strict=False))
            heads.append(Heads(cast("TableKind", rest[0]), headings))
        elif word == "row" and len(rest) > 1:
            texts = [*rest[2:], *[""] * len(keys.get(rest[0], ()))]
            cells = {key: clean(text) for key, text in zip(keys.get(rest[0], ()), texts, strict=False)}
            base.setdefault(rest[0], {})[rest[1]] = cells
    return about, heads, base


def _find_table(sheet: Worksheet, heads: Sequence[Heads]) -> tuple[Heads, int, dict[str, int]] | None:
    """Return which table a sheet is, the row of its heads, and the column of each field: names of sheets may change."""
    best: tuple[float, Heads, int, dict[str, int]] | None = None
    for number, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        texts = [compact(cell.text) for cell in row]
        if sum(map(bool, texts)) < 2:  # noqa: PLR2004
            continue
        for each in heads:
            columns = {}
            wanted = {**each.headings, **HIDDEN_HEADINGS}
            for key, heading in wanted.items():
                if (word := compact(heading)) in texts:
                    columns[key] = texts.index(word)
            share = sum(key in columns for key in each.headings) / len(each.headings)
            if share >= _ENOUGH and (best is None or share > best[0]):
                best = share, each, number, columns
    return best[1:] if best else None


def _rows(sheet: Worksheet, table: Heads, head_row: int, columns: dict[str, int]) -> Iterator[ReplyRow]:
    for number, row in enumerate(sheet.rows[head_row + 1 :], head_row + 1):
        cells = {key: row[column] for key, column in columns.items() if column < len(row)}
        if not any(cell.text or cell.problem for key, cell in cells.items() if key not in HIDDEN_HEADINGS):
            continue
        key = cells.get(KEY, WorkbookCell()).text
        marks = dict(
            part.partition("=")[::2] for part in cells.get(DIGESTS, WorkbookCell()).text.split(";") if "=" in part
        )
        if [compact(cells[each].text) for each in table.headings if each in cells] == [
            compact(heading) for each, heading in table.headings.items() if each in cells
        ]:
            continue  # the heads once more, copied with the rows
        yield ReplyRow(table.kind, sheet.name, number, cells, columns, key, marks)


def identified(
    rows: Sequence[ReplyRow], base: Base, known: Mapping[str, InquiryTable]
) -> Iterator[tuple[ReplyRow, str]]:
    """Yield every row with the key of what it stands for, "" where it is new.

    The key in the hidden column counts where the title beside it is the one that belongs to it: it may have stayed
    behind when rows were sorted, or come along when a row was copied to be the pattern of a new one. Then, and without
    a key, the title says what it is, if there is only one of that title.
    """
    for kind in NAMES:
        titles = _titles(kind, base, known)
        by_title: dict[str, list[str]] = {}
        for key, title in titles.items():
            by_title.setdefault(title, []).append(key)
        mine = [row for row in rows if row.kind == kind]
        right = Counter(row.key for row in mine if titles.get(row.key) == _title(kind, row.text))
        for row in mine:
            title = _title(kind, row.text)
            candidates = by_title.get(title, [])
            if row.key in titles and (titles[row.key] == title or not candidates):
                # A key whose own row is there as well came along with a copy.
                copied = titles[row.key] != title and right[row.key]
                yield row, "" if copied else row.key
            elif len(candidates) == 1:
                yield replace(row, digests={}), candidates[0]
            else:
                yield row, ""


def _titles(kind: TableKind, base: Base, known: Mapping[str, InquiryTable]) -> dict[str, str]:
    """Return by key what tells a row from the others for a reader."""
    found: dict[str, str] = {}
    for key, cells in base.get(kind, {}).items():
        found[key] = _title(kind, lambda name, cells=cells: cells.get(name, ""))  # type: ignore[misc]
    table = known.get(kind)
    for row in table.rows if table else ():
        found.setdefault(row.key, _title(kind, lambda name, row=row: row.cells.get(name, "")))  # type: ignore[misc]
    return found


def _title(kind: TableKind, text: Callable[[str], str]) -> str:
    if kind == "actions":
        return compact(text("title"))
    if kind == "indicators":
        return compact(text("place")) + "/" + compact(text("name"))
    return compact(text("title"))
