"""What people do to the workbooks that they are sent: by openpyxl and LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from planbook.project.bundled_files import bundled_fonts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = 3
"""The row of the heads."""


def column(sheet: Worksheet, heading: str) -> int:
    """Return the column whose heading begins so."""
    for cell in sheet[HEAD]:
        if str(cell.value or "").startswith(heading):
            return int(cell.column)
    raise KeyError(heading)


def row(sheet: Worksheet, text: str) -> int:
    """Return the first row that has a cell with this text."""
    for cells in sheet.iter_rows(min_row=HEAD + 1):
        if any(str(cell.value or "") == text for cell in cells):
            return int(cells[0].row)
    raise KeyError(text)


def fill_in(path: Path, title: str, heading: str, value: Any, sheet: str = "取組") -> str:
    """Put a value in the cell of a row and a heading; return its address."""
    book = openpyxl.load_workbook(path)
    cell = book[sheet].cell(row(book[sheet], title), column(book[sheet], heading))
    cell.value = value
    book.save(path)
    return str(cell.coordinate)


def saved_by_libreoffice(path: Path, ending: str) -> Path:
    """Open a workbook with LibreOffice and save it in a format; return the new file, in a folder of its own."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail("No LibreOffice: workbooks are tested with it (Debian: apt install libreoffice-calc).")
    folder = path.parent / f"saved-as-{ending}"
    with tempfile.TemporaryDirectory() as profile:
        command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", ending]
        environment = os.environ | {"FONTCONFIG_FILE": str(bundled_fonts() / "fonts.conf")}
        done = subprocess.run([*command, "--outdir", folder, path], capture_output=True, check=True, env=environment)
    made = folder / f"{path.stem}.{ending}"
    assert made.exists(), done.stderr
    return made
