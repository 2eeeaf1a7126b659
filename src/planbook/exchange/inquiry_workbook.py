"""Tables → an Excel workbook as a city would send it: colours, lists, locks, heads that stay, A4 landscape."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from planbook.errors import CommandFailure
from planbook.exchange import cell_sizes
from planbook.exchange.inquiry import DIGESTS, KEY, REMARKS, Inquiry, InquiryTable, WorkbookRow, digests
from planbook.exchange.instructions import NO_LETTER, Letter, lines_of_instructions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.exchange.inquiry import InquiryField

FORMAT = "1"
"""The version of the layout; it stands on the hidden sheet."""

HIDDEN_SHEET = "照合用"
HIDDEN_HEADINGS = {KEY: "管理番号", DIGESTS: "照合"}
"""The headings of the hidden columns."""

_HEADER_ROW = 2
_ADDED_ROWS = 5
"""Empty rows for what departments want to add."""

_MAX_CELL_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

_FONT = "BIZ UDPGothic"
_FILL_IN, _LOCKED, _HEADING, _ADDED = "#FFF7D6", "#F2F2F2", "#D0D8E4", "#FFFFFF"
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""Workbooks say when they were made; the same input gives the same bytes, so this is the same for all."""


def workbook(inquiry: Inquiry, letter: Letter = NO_LETTER) -> bytes:
    """Return the bytes of a workbook. The same input gives the same bytes.

    Raises:
        CommandFailure: a text is longer than a cell can be.

    """
    _refuse_long_texts(inquiry)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": inquiry.title, "company": inquiry.municipality, "created": _CREATED})
    book.set_size(24000, 14000)
    writer = _Writer(book, inquiry)
    writer.instructions(letter)
    for table in inquiry.tables:
        writer.table(table)
    writer.hidden()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, inquiry: Inquiry) -> None:
        self._book = book
        self._inquiry = inquiry
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def instructions(self, letter: Letter) -> None:
        sheet = self._book.add_worksheet("記入のしかた")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 78)
        for number, line in enumerate(lines_of_instructions(self._inquiry, letter)):
            style: dict[str, object] = {
                "text_wrap": True,
                "valign": "vcenter",
                "font_size": line.size,
                "bold": line.bold,
            }
            if line.sample:
                style |= {"bg_color": {"fill-in": _FILL_IN, "locked": _LOCKED}[line.sample], "border": 1}
            if line.label:
                sheet.write_string(number, 1, line.label, self._format(style))
                sheet.write_string(number, 2, line.text, self._format({"text_wrap": True, "valign": "vcenter"}))
                wide = 78
            elif line.text:
                sheet.merge_range(number, 1, number, 2, "", self._format(style))
                sheet.write_string(number, 1, line.text, self._format(style))
                wide = 102
            else:
                continue
            sheet.set_row(number, cell_sizes.height([(line.text, wide)], size=line.size))
        sheet.set_portrait()
        self._printed(sheet, "")
        sheet.protect("", {"select_locked_cells": True})
        sheet.activate()

    def table(self, table: InquiryTable) -> None:
        """Write one table with its hidden columns, title row, heads and rows."""
        sheet = self._book.add_worksheet(table.name)
        widths = cell_sizes.widths(table)
        sheet.set_column(0, 1, None, self._format({}), {"hidden": True})
        for column, wide in enumerate(widths, 2):
            sheet.set_column(column, column, wide)
        who = f"　{self._inquiry.department}" if self._inquiry.department else ""
        sheet.write_string(
            0, 2, f"{self._inquiry.title}{who}　{table.name}", self._format({"bold": True, "font_size": 13})
        )
        sheet.set_row(0, 22)
        note = "色の付いた欄に記入してください。灰色の欄は変えられません。"
        sheet.write_string(1, 2, note, self._format({"font_size": 9}))
        self._heads(sheet, table, widths)
        for number, row in enumerate(table.rows, _HEADER_ROW + 1):
            self._row(sheet, table.fields, row, number, widths)
        last = _HEADER_ROW + len(table.rows)
        added = _ADDED_ROWS if table.kind == "actions" else 0
        for number in range(last + 1, last + 1 + added):
            self._empty_row(sheet, table, number)
        self._lists(sheet, table, last + added)
        titles = next((at for at, each in enumerate(table.fields, 2) if each.key in ("title", "name")), 2) + 1
        narrow = sum(widths[: titles - 2]) < cell_sizes.FROZEN
        sheet.freeze_panes(_HEADER_ROW + 1, titles if narrow else 0)
        sheet.autofilter(_HEADER_ROW, 0, last + added, len(table.fields) + 1)
        sheet.set_landscape()
        sheet.repeat_rows(_HEADER_ROW)
        sheet.print_area(0, 2, last + added, len(table.fields) + 1)
        self._printed(sheet, table.name)
        allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys(allowed, True))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(table.fields) + 1)}{last + added + 1}"})

    def hidden(self) -> None:
        """Write what each cell holds now, so that it can be known later who has changed it."""
        sheet = self._book.add_worksheet(HIDDEN_SHEET)
        inquiry = self._inquiry
        lines: list[Sequence[str]] = [
            ("planbook", FORMAT),
            ("title", inquiry.title),
            ("municipality", inquiry.municipality),
            ("department", inquiry.department or ""),
        ]
        for table in inquiry.tables:
            lines.append(("table", table.kind, table.name))
            lines.append(("keys", table.kind, *(each.key for each in table.fields)))
            lines.append(("headings", table.kind, *(each.heading for each in table.fields)))
            lines += (
                ("row", table.kind, row.key, *(row.cells.get(each.key, "") for each in table.fields))
                for row in table.rows
            )
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                if text:
                    sheet.write_string(number, column, text)
        sheet.protect("")
        sheet.very_hidden()

    def _heads(self, sheet: Any, table: InquiryTable, widths: Sequence[float]) -> None:
        style = {"bold": True, "bg_color": _HEADING, "border": 1, "text_wrap": True, "align": "center"}
        head = self._format(style | {"valign": "vcenter"})
        for column, key in enumerate((KEY, DIGESTS)):
            sheet.write_string(_HEADER_ROW, column, HIDDEN_HEADINGS[key], head)
        for column, each in enumerate(table.fields, 2):
            sheet.write_string(_HEADER_ROW, column, each.heading, head)
        heads = [(each.heading, wide - 3) for each, wide in zip(table.fields, widths, strict=True)]
        sheet.set_row(_HEADER_ROW, max(cell_sizes.height(heads), 30))

    def _row(
        self, sheet: Any, fields: Sequence[InquiryField], row: WorkbookRow, number: int, widths: Sequence[float]
    ) -> None:
        sheet.write_string(number, 0, row.key, self._format({}))
        sheet.write_string(number, 1, digests(fields, row.cells), self._format({}))
        for column, each in enumerate(fields, 2):
            self._cell(sheet, number, column, each, row)
        texts = [(row.cells.get(each.key, ""), wide) for each, wide in zip(fields, widths, strict=True)]
        sheet.set_row(number, cell_sizes.height(texts))

    def _cell(self, sheet: Any, number: int, column: int, each: InquiryField, row: WorkbookRow) -> None:
        text = row.cells.get(each.key, "")
        editable = each.editable and not row.locked
        style: dict[str, object] = {"border": 1, "text_wrap": True, "valign": "vcenter", "locked": not editable}
        style |= {"bg_color": _FILL_IN if editable else _LOCKED}
        if each.numeric:
            style |= {"align": "right"}
            if (value := cell_sizes.plain_number(text)) is not None:
                decimals = len(text.partition(".")[2])
                style |= {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
                sheet.write_number(number, column, value, self._format(style))
                return
        # As text, Excel makes neither dates nor formulas of what is typed.
        style |= {"num_format": "@"} if not each.numeric or text else {"num_format": "#,##0.###"}
        if text:
            sheet.write_string(number, column, text, self._format(style))
        else:
            sheet.write_blank(number, column, None, self._format(style))

    def _empty_row(self, sheet: Any, table: InquiryTable, number: int) -> None:
        style = {"border": 1, "text_wrap": True, "valign": "vcenter", "locked": False, "bg_color": _ADDED}
        for column, each in enumerate(table.fields, 2):
            kind = "#,##0.###" if each.numeric else "@"
            sheet.write_blank(number, column, None, self._format(style | {"num_format": kind}))
        sheet.set_row(number, 26)

    def _lists(self, sheet: Any, table: InquiryTable, last: int) -> None:
        for column, each in enumerate(table.fields, 2):
            # In a list of Excel a comma divides.
            fits = sum(len(choice) + 1 for choice in each.choices) <= cell_sizes.MAX_LIST_LENGTH
            if each.choices and fits and not any("," in choice for choice in each.choices):
                options: dict[str, object] = {"validate": "list", "source": list(each.choices)}
                if each.strict:
                    options |= {"error_title": each.heading, "error_message": "▼ から選んでください。"}
                else:
                    options |= {"show_error": False}
                sheet.data_validation(_HEADER_ROW + 1, column, last, column, options)
            if each.key == REMARKS:
                sheet.write_comment(_HEADER_ROW, column, "理由や相談したいことなど、何でもお書きください。")

    def _printed(self, sheet: Any, name: str) -> None:
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{_footer(self._inquiry)}　{name}&R&8&P / &N")

    def _format(self, style: Mapping[str, object]) -> Any:
        style = {"font_name": _FONT, "font_size": 10, **style}
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(style))
        return self._formats[key]


def _refuse_long_texts(inquiry: Inquiry) -> None:
    for table in inquiry.tables:
        for row in table.rows:
            if any(len(text) > _MAX_CELL_TEXT for text in row.cells.values()):
                title = row.cells.get("title") or row.cells.get("name", "")
                message = f"「{title}」の文章が長すぎて、Excel の欄に入りません（{_MAX_CELL_TEXT:,} 字まで）。"
                raise CommandFailure(message)


def _footer(inquiry: Inquiry) -> str:
    """Return title and department for the foot of pages, where & begins a code."""
    return "　".join(filter(None, (inquiry.title, inquiry.department))).replace("&", "&&")[:100]
