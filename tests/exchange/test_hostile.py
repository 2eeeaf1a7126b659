"""Files that are no workbooks, and workbooks that mean harm: refused in words, nothing is written."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from planbook.exchange.limits import UnreadableWorkbook
from planbook.exchange.worksheets import read_sheets
from tests.exchange.test_collect import collect
from tests.plans import SMALL

if TYPE_CHECKING:
    from pathlib import Path


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_sheets(data)
    return str(caught.value)


def with_part(path: Path, name: str, content: bytes) -> bytes:
    """Return a workbook in which a part has another content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def test_files_of_other_kinds(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content, told in (
        ("取組,目標\nあ,い\n".encode("cp932"), "CSV"),
        (b"%PDF-1.7", "PDF"),
        (b"", "中身がありません"),
        (bytes(range(256)) * 4, "読めません"),
        (b"PK\x03\x04 broken", "壊れています"),
    ):
        (tmp_path / "reply.xlsx").write_bytes(content)
        assert collect(plan, tmp_path / "reply.xlsx") == 2
        message = capsys.readouterr().err
        assert told in message and "reply.xlsx" in message
    assert plan.read_text(encoding="utf-8") == SMALL


def test_a_document_of_word_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "Word" in refused(stream.getvalue())


def test_a_password() -> None:
    # An encrypted workbook is a compound file with a stream of this name.
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    assert "パスワード" in refused(data)


def test_one_bad_file_stops_all(plan: Path, inquiry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inquiry / "壊れた.xlsx").write_bytes(b"PK")
    assert collect(plan, inquiry) == 2
    assert "壊れた.xlsx" in capsys.readouterr().err


def test_a_zip_bomb(inquiry: Path) -> None:
    path = inquiry / "福祉課.xlsx"
    assert "縮められて" in refused(with_part(path, "xl/media/x.bin", b"\0" * 30_000_000))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(2500):
            archive.writestr(f"{number}.bin", b"")
    assert "大きすぎます" in refused(stream.getvalue())


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "ZZZ1", "A99999999999"])
def test_a_cell_far_away_takes_no_memory(inquiry: Path, reference: str) -> None:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'
    sheet = f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData></worksheet>'
    assert "表が大きすぎます" in refused(with_part(inquiry / "福祉課.xlsx", "xl/worksheets/sheet2.xml", sheet.encode()))


def test_repeated_cells_of_an_opendocument_sheet() -> None:
    table = (
        '<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", table)
    assert "表が大きすぎます" in refused(stream.getvalue())


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(inquiry: Path, part: str) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert "DOCTYPE" in refused(with_part(inquiry / "福祉課.xlsx", part, bomb))
    assert "文字コード" in refused(with_part(inquiry / "福祉課.xlsx", part, bomb.decode().encode("utf-16")))


def test_an_old_workbook_that_is_none() -> None:
    assert "読めません" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20)
