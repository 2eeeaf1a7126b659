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

from planbook.project.paths import bundled_fonts

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


_MACRO = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Protect" script:language="StarBasic">
Sub Save(from As String, target As String, filter As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim book : book = StarDesktop.loadComponentFromURL(from, "_blank", 0, hidden())
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  how(1).Name = "Password" : how(1).Value = "himitsu"
  book.storeToURL(target, how())
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
_LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Protect"/></library:library>
"""
_FILTERS = {"xls": "MS Excel 97", "ods": "calc8"}


def with_password(path: Path, ending: str) -> Path:
    """Save a workbook with a password, as LibreOffice does; return the new file."""
    made = path.with_name(f"{path.stem}-password.{ending}")
    with tempfile.TemporaryDirectory() as profile:
        _libreoffice(profile, "--terminate_after_init")  # it puts its own library into a new profile
        library = Path(profile, "user/basic/Standard")
        library.mkdir(parents=True, exist_ok=True)
        (library / "Protect.xba").write_text(_MACRO, "utf-8")
        (library / "script.xlb").write_text(_LIBRARY, "utf-8")
        call = f'macro:///Standard.Protect.Save("{path.as_uri()}","{made.as_uri()}","{_FILTERS[ending]}")'
        _libreoffice(profile, call)
    assert made.exists()
    return made


def _libreoffice(profile: str, *arguments: str | Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail("No LibreOffice: workbooks are tested with it (Debian: apt install libreoffice-calc).")
    command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", *arguments]
    environment = os.environ | {"FONTCONFIG_FILE": str(bundled_fonts() / "fonts.conf")}
    subprocess.run(command, capture_output=True, check=True, env=environment, timeout=300)


def saved_by_libreoffice(path: Path, ending: str) -> Path:
    """Open a workbook with LibreOffice and save it in a format; return the new file, in a folder of its own."""
    folder = path.parent / f"saved-as-{ending}"
    with tempfile.TemporaryDirectory() as profile:
        _libreoffice(profile, "--convert-to", ending, "--outdir", folder, path)
    made = folder / f"{path.stem}.{ending}"
    assert made.exists()
    return made
