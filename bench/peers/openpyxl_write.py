"""Writes the cells of workbooks again, with their formats, by openpyxl: `python openpyxl_write.py FOLDER`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import python_calamine
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

LINE = Side(style="thin")
LOOK = {
    "font": Font(name="BIZ UDPGothic", size=10),
    "fill": PatternFill("solid", fgColor="FFF7D6"),
    "border": Border(LINE, LINE, LINE, LINE),
    "alignment": Alignment(wrap_text=True, vertical="center"),
    "protection": Protection(locked=False),
}


def main(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        book = Workbook()
        old = python_calamine.CalamineWorkbook.from_path(path)
        for name in old.sheet_names:
            sheet = book.create_sheet(name)
            for number, row in enumerate(old.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
                for column, value in enumerate(row, 1):
                    cell = sheet.cell(number, column, value)
                    for what, look in LOOK.items():
                        setattr(cell, what, look)
        book.save(io.BytesIO())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
