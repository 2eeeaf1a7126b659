"""Comparison table → a workbook for Excel: the same rows, to be printed on A4 landscape, or to go on with."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

import xlsxwriter

from planbook.comparison.table import ComparisonHeading, ComparisonRow
from planbook.typography.phrases import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.comparison.table import ComparisonTable
    from planbook.comparison.underlining import Pieces

_FONT = "BIZ UDPゴシック"
_A4 = 9
_WIDTHS = (58, 58, 24)
_CELL = 700
"""Characters of a cell: a row of Excel is at most 409 points high, and what is longer would be cut when printed."""
_ABOUT_LINES = (32, 32, 12)
"""Characters of a line of each column, in em."""
_LINE, _PADDING = 14.0, 5.0
"""Points: the height of a line, and what stands around them."""
_SHEET_NAME = 31
_FORBIDDEN = "[]:*?/\\"
_HEADING_COLORS = ("#C9D8E6", "#E8EEF4", "#F4F7FA", "#FFFFFF")


def write(table: ComparisonTable) -> bytes:
    """Return the table as a workbook. Nothing in it is a formula or a link, whatever the texts look like."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    # The same table is the same file: no time is taken from the clock.
    workbook.set_properties({"title": table.title, "author": table.municipality, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
    _TableWriter(workbook, table).fill()
    workbook.close()
    return buffer.getvalue()


def _styles() -> Iterator[tuple[str, dict[str, Any]]]:
    font = {"font_name": _FONT, "font_size": 10}
    base = {**font, "text_wrap": True, "valign": "top"}
    shaded = {"bold": True, "align": "center", "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1}
    yield "title", {**font, "font_size": 14, "bold": True}
    yield "about", {**font, "font_size": 9, "font_color": "#595959"}
    yield "head", {**base, **shaded}
    yield "first", {**base, "border": 1, "bottom": 0}
    yield "more", {**base, "left": 1, "right": 1}
    yield "last", {**base, "top": 1}
    yield "plain", font
    yield "changed", {**font, "underline": 1}
    yield "bold", {**font, "bold": True}
    yield "bold-changed", {**font, "bold": True, "underline": 1}
    yield "label", {**font, "font_size": 8, "font_color": "#1F4E79"}
    for level, color in enumerate(_HEADING_COLORS, 1):
        look = {"bg_color": color, "border": 1, "indent": level - 1, "bold": color != _HEADING_COLORS[-1]}
        yield f"heading-{level}", {**base, **look}


class _TableWriter:
    def __init__(self, workbook: Any, table: ComparisonTable) -> None:
        self._table = table
        self._sheet = workbook.add_worksheet(_name(table.words.title))
        self._formats = {name: workbook.add_format(style) for name, style in _styles()}

    def fill(self) -> None:
        sheet, table = self._sheet, self._table
        for column, wide in enumerate(_WIDTHS):
            sheet.set_column(column, column, wide)
        sheet.write_string(0, 0, table.title, self._formats["title"])
        words = table.words
        about = f"{words.new}：{table.versions[1]}　{words.old}：{table.versions[0]}　{table.summary}"
        sheet.write_string(1, 0, about, self._formats["about"])
        line = 2
        for note in table.notes:
            sheet.write_string(line, 0, note, self._formats["about"])
            line += 1
        sides = (words.new, words.old) if words.new_first else (words.old, words.new)
        for column, word in enumerate((*sides, words.remark)):
            sheet.write_string(line, column, word, self._formats["head"])
        self._print_setup(line)
        for row in table.rows:
            line += 1
            if isinstance(row, ComparisonHeading):
                text = f"{row.word}　{row.text}" if row.word else row.text
                style = self._formats[f"heading-{min(row.level, len(_HEADING_COLORS))}"]
                sheet.merge_range(line, 0, line, len(_WIDTHS) - 1, "", style)
                sheet.write_string(line, 0, text, style)
                sheet.set_row(line, _height((text, "", "")) if width(text) > sum(_ABOUT_LINES) else _LINE + _PADDING)
            else:
                line = self._row(line, row)
        for column in range(len(_WIDTHS)):
            sheet.write_blank(line + 1, column, None, self._formats["last"])

    def _print_setup(self, head: int) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1, 0)
        sheet.set_footer("&C&P / &N")

    def _row(self, line: int, row: ComparisonRow) -> int:
        """Write a row, on several lines where a cell would not hold its text; return the last of them."""
        sides = (row.new, row.old) if self._table.words.new_first else (row.old, row.new)
        parts = [_portions(side) for side in sides]
        count = max(1, *map(len, parts))
        for nth in range(count):
            style = self._formats["first" if row.first and nth == 0 else "more"]
            texts = []
            for column, portions in enumerate(parts):
                pieces = portions[nth] if nth < len(portions) else ()
                texts.append(
                    f"{row.label}\n" * (row.label != "" and nth == 0) + "".join(piece.text for piece in pieces)
                )
                label = row.label if nth == 0 else ""
                nothing = "" if row.one_sided or nth else "－"
                self._cell(line + nth, column, label, pieces, style, title=not row.label, nothing=nothing)
            remark = row.remark if nth == 0 else ""
            self._sheet.write_string(line + nth, len(sides), remark, style)
            # Rows whose height is not given are as high as one line in programs other than Excel.
            self._sheet.set_row(line + nth, _height((*texts, remark)))
        return line + count - 1

    def _cell(  # noqa: PLR0913 - what a cell has
        self, line: int, column: int, label: str, pieces: Pieces, style: Any, *, title: bool, nothing: str
    ) -> None:
        if not pieces:
            self._sheet.write_string(line, column, nothing, style)
            return
        parts: list[Any] = [self._formats["label"], f"{label}\n"] if label else []
        for piece in pieces:
            name = ("bold-changed" if title else "changed") if piece.changed else "bold" if title else "plain"
            parts += [self._formats[name], piece.text]
        if len(parts) == len(("format", "text")):  # a rich text has two parts or more
            parts = (
                [parts[0], parts[1][:1], parts[0], parts[1][1:]] if len(parts[1]) > 1 else [*parts, parts[0], "\u200b"]
            )
        self._sheet.write_rich_string(line, column, *parts, style)


def _height(texts: Sequence[str]) -> float:
    """Return the height of a row, in points."""
    lines = (
        sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))
        for text, room in zip(texts, _ABOUT_LINES, strict=True)
    )
    return max(lines) * _LINE + _PADDING


def _portions(pieces: Pieces) -> list[Pieces]:
    """Part a text into what a cell holds."""
    portions: list[list[Any]] = [[]]
    room = _CELL
    for piece in pieces:
        text = piece.text
        while text:
            part, text = text[:room], text[room:]
            portions[-1].append(piece._replace(text=part))
            room -= len(part)
            if not room:
                portions.append([])
                room = _CELL
    return [tuple(portion) for portion in portions if portion]


def _name(title: str) -> str:
    return (
        "".join("・" if character in _FORBIDDEN else character for character in title)[:_SHEET_NAME].strip("'")
        or "新旧対照表"
    )
