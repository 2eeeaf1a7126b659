"""What is looked at before a workbook is read: replies come from outside, and may be anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from planbook.project.file_access import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 20_000_000
"""Of a file as it is."""

MAX_UNPACKED = 100_000_000
"""Of all parts of a file together."""

MAX_RATIO = 200
"""How many times its size a part may have unpacked, beyond a megabyte; real workbooks have 10 to 40."""

MAX_PARTS = 2_000

MAX_ROWS, MAX_COLUMNS = 20_000, 500
"""Of the area of a sheet that has something in it."""

MAX_CELLS = 1_000_000

_UNPACKED_WITHOUT_RATIO = 1_000_000
_ROW_OF_TABLE = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELL_OF_TABLE = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_MANIFEST = "META-INF/manifest.xml"
"""It says of an OpenDocument file which parts are encrypted."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableWorkbook(Exception):
    """A file that is no workbook, or one that is not read; `str()` is Japanese and says what to do."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, if it is not too large.

    Raises:
        UnreadableWorkbook: it is.
        OSError: it can not be read.

    """
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise UnreadableWorkbook(f"ファイルが大きすぎます（{MAX_BYTES // 1_000_000} MB まで）。")
    return read_regular(path, MAX_BYTES)


def kind_of(data: bytes) -> str:
    """Return `zip` (xlsx, ods) or `ole` (xls), having looked at everything that can be known without reading it.

    Raises:
        UnreadableWorkbook: too large, encrypted, hostile, or something else.

    """
    if not data:
        raise UnreadableWorkbook("ファイルに中身がありません。もう一度送ってもらってください。")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableWorkbook(ENCRYPTED)
        return "ole"
    if not data.startswith(b"PK"):
        raise UnreadableWorkbook(_no_workbook(data))
    _look_into(data)
    return "zip"


ENCRYPTED = (
    "パスワードが付いています。Excel で開き、「名前を付けて保存」の「ツール」→「全般オプション」で"
    "パスワードを消して、保存し直してください（LibreOffice では「パスワード付きで保存する」のチェックを外します）。"
)


def _no_workbook(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "Excel のファイルではありません（PDF です）。Excel のまま返してもらってください。"
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "<html" in text[:2000].lower():
            return "Excel のファイルではありません（ウェブページです）。Excel で開き、.xlsx で保存し直してください。"
        if "," in text or "\t" in text:
            return (
                "Excel のファイルではありません（CSV などの文字のファイルの名前を変えたもののようです）。"
                "もとの .xlsx に記入して返してもらってください。"
            )
        break
    return "Excel のファイルとして読めません。壊れているか、別の種類のファイルです。"


def _look_into(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            if any(part.filename == "encrypted-package" for part in parts):
                raise UnreadableWorkbook(ENCRYPTED)
            if not any(part.filename in ("xl/workbook.xml", "content.xml", "xl/workbook.bin") for part in parts):
                raise UnreadableWorkbook(
                    "Excel のファイルではありません（Word などの別の文書か、ZIP ファイルです）。"
                    "もとの .xlsx に記入して返してもらってください。"
                )
            if any(part.filename == "xl/workbook.bin" for part in parts):
                raise UnreadableWorkbook(".xlsb の形式は読めません。Excel で開き、.xlsx で保存し直してください。")
            if any(part.filename == _MANIFEST and b"encryption-data" in archive.read(part) for part in parts):
                raise UnreadableWorkbook(ENCRYPTED)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _look_at_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        if "encrypted" in str(error) or "password" in str(error):
            raise UnreadableWorkbook(ENCRYPTED) from error
        raise UnreadableWorkbook("ファイルが壊れています。もう一度送ってもらってください。") from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise UnreadableWorkbook(
            f"中身が大きすぎます（広げると {unpacked / 1e6:.0f} MB。{MAX_UNPACKED // 1_000_000} MB まで）。"
            "安全のため、読みませんでした。"
        )
    for part in parts:
        if part.file_size > max(_UNPACKED_WITHOUT_RATIO, MAX_RATIO * part.compress_size):
            raise UnreadableWorkbook("中身が不自然に縮められています。安全のため、読みませんでした。")


def _look_at_part(name: str, content: bytes) -> None:
    # UTF-16 would hide what is looked for; no program writes it here.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        raise UnreadableWorkbook("中の XML の文字コードがふつうではありません。安全のため、読みませんでした。")
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise UnreadableWorkbook("中の XML に実体の宣言（DOCTYPE）があります。安全のため、読みませんでした。")
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
        _refuse_area(*_area_of_sheet(content))
    elif name == "content.xml":
        for rows, columns in _areas_of_tables(content):
            _refuse_area(rows, columns)


def _refuse_area(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise UnreadableWorkbook(
            f"表が大きすぎます（{rows:,} 行 {columns:,} 列。{MAX_ROWS:,} 行、{MAX_COLUMNS} 列まで）。"
            "使っていない行と列を削除して、保存し直してもらってください。"
        )


def _area_of_sheet(content: bytes) -> tuple[int, int]:
    """Return the last row and column in which something stands: a reader keeps all cells up to there."""
    rows = columns = 0
    row = 0
    column = 0
    for match in re.finditer(rb"<(?:\w+:)?(row|c)(\s[^>]*?)?(/)?>", content):
        kind, attributes, empty = match[1], match[2] or b"", match[3]
        reference = re.search(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""", attributes)
        if kind == b"row":
            row = int(reference[2][:9]) if reference else row + 1
            column = 0
            continue
        column = _column_number(reference[1][:6]) if reference and reference[1] else column + 1
        if not empty:
            rows = max(rows, int(reference[2][:9]) if reference else row)
            columns = max(columns, column)
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _areas_of_tables(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield rows and columns of each table of an OpenDocument sheet, as far as something stands in them."""
    for table in re.split(rb"<table:table[\s>]", content)[1:]:
        rows = columns = 0
        used_rows = 0
        for match in _ROW_OF_TABLE.finditer(table):
            rows += _repeated(match[1], b"rows")
            wide, used = 0, 0
            for cell in _CELL_OF_TABLE.finditer(match[2] or b""):
                wide += _repeated(cell[1], b"columns")
                if not cell[2] or b"office:value" in cell[1]:
                    used = wide
            if used:
                used_rows, columns = rows, max(columns, used)
        yield used_rows, columns


def _repeated(attributes: bytes, what: bytes) -> int:
    found = re.search(rb"table:number-" + what + rb"""-repeated\s*=\s*["']([0-9]{1,9})""", attributes)
    return int(found[1]) if found else 1


def formulas_in_xml(content: bytes) -> set[tuple[int, int]]:
    """Return the cells of a sheet of Excel that have a formula: rows and columns from 0."""
    found = set()
    for match in re.finditer(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s/>]", content):
        reference = re.search(rb"""\br\s*=\s*["']([A-Za-z]+)([0-9]+)["']""", match[1])
        if reference:
            found.add((int(reference[2][:9]) - 1, _column_number(reference[1][:6]) - 1))
    return found


def formulas_in_table(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """Return the cells with formulas of an OpenDocument workbook, by the name of the sheet."""
    formulas: dict[str, set[tuple[int, int]]] = {}
    if b"table:formula" not in content:
        return formulas
    for table in re.split(rb"<table:table(?=[\s>])", content)[1:]:
        name = re.search(rb"""table:name=["']([^"']*)["']""", table)
        places = formulas.setdefault(name[1].decode("utf-8", "replace") if name else "", set())
        row = 0
        for match in _ROW_OF_TABLE.finditer(table):
            column = 0
            for cell in _CELL_OF_TABLE.finditer(match[2] or b""):
                if b"table:formula" in cell[1]:
                    places.add((row, column))
                column += _repeated(cell[1], b"columns")
            row += _repeated(match[1], b"rows")
    return formulas
