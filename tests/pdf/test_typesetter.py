from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from planbook.pdf import LayoutError
from tests.golden_files import golden
from tests.validation import assert_valid

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.pdf import Typesetter


@pytest.fixture
def written(book: Any, typesetter: Typesetter) -> bytes:
    return book.write_book(typesetter)


@pytest.fixture
def reader(written: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(written))


def test_book_is_archival_and_accessible(written: bytes, tmp_path: Path) -> None:
    assert_valid(written, tmp_path)


def test_file_says_what_it_is(reader: pypdf.PdfReader) -> None:
    info, xmp, root = reader.metadata, reader.xmp_metadata, reader.root_object
    assert info
    assert xmp
    assert (info.title, info.author, info.subject) == ("地域福祉計画", "白井市", "冊子の計画")
    assert info["/CreationDate"] == info["/ModDate"] == "D:20180301000000+09'00"
    made = info.creation_date.astimezone(dt.UTC).replace(tzinfo=None)
    assert xmp.xmp_create_date == xmp.xmp_modify_date == made
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("ja", True)
    assert "/Filter" not in root["/Metadata"].get_object()


def test_pages_are_labelled(reader: pypdf.PdfReader) -> None:
    assert reader.page_labels == ["i", "1", "2"]


def test_outline_has_a_level_for_every_heading(reader: pypdf.PdfReader) -> None:
    def titles(entries: list[Any]) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry.title for entry in entries]

    assert titles(reader.outline) == ["地域福祉計画", ["事業の体系", "相談", ["冊子", ["年度目標"]]]]


def test_links_lead_into_other_sections(reader: pypdf.PdfReader) -> None:
    found = [
        (number, link["/Contents"], link.get("/Dest") or link["/A"]["/URI"])
        for number, page in enumerate(reader.pages)
        for link in (annotation.get_object() for annotation in page["/Annots"])
    ]
    assert found == [
        (0, "一 事業の体系", "table"),
        (0, "冊子の発行", "guidebook"),
        (1, "冊子", "guidebook"),
        (2, "はじめへ", "title"),
        (2, "市のページ", "https://www.example.jp/"),
    ]
    places = {name: reader.get_destination_page_number(to) for name, to in reader.named_destinations.items()}
    assert places == {"title": 0, "table": 1, "guidebook": 2}


def test_structure_reads_like_the_book(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(written)
    structure = subprocess.run(
        ["pdfinfo", "-struct-text", path], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert structure == golden(Path(__file__).parent / "golden/structure.txt", structure)


def test_stamps_are_seen_and_not_read(written: bytes, reader: pypdf.PdfReader, tmp_path: Path) -> None:
    texts = [page.extract_text().splitlines()[-1] for page in reader.pages]
    assert texts == ["i", "1 / 2", "2 / 2"]
    path = tmp_path / "book.pdf"
    path.write_bytes(written)
    structure = subprocess.run(
        ["pdfinfo", "-struct-text", path], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert "/ 2" not in structure


def test_stamps_have_to_fit(book: Any, typesetter: Typesetter) -> None:
    pages = typesetter.lay_out(book.CONTENTS)
    with pytest.raises(LayoutError, match="ページが 1 あるのに、柱とフッターは 3 ページ分です"):
        typesetter.stamp(pages, book.STAMPS)
    with pytest.raises(LayoutError, match="柱とフッターの用紙の大きさが、本文のページと違います"):
        typesetter.stamp(pages, book.section("1", "wide"))


def test_vertical_text_has_its_actual_text(reader: pypdf.PdfReader) -> None:
    def walk(element: Any) -> Any:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if hasattr(kid.get_object(), "get"):
                yield from walk(kid.get_object())

    spoken = [element for element in walk(reader.root_object["/StructTreeRoot"]) if "/ActualText" in element]
    assert [(element["/S"], element["/ActualText"]) for element in spoken] == [("/Span", "ふれあい、助けあい")]


def test_sections_are_kept(book: Any, typesetter: Typesetter, new_typesetter: Callable[[], Typesetter]) -> None:
    first = book.write_book(typesetter)
    kept = typesetter.lay_out(book.TABLE)
    changed = book.SHEET.replace("市民が読む", "誰もが読む")
    pages = [*typesetter.lay_out(book.CONTENTS), *kept, *typesetter.lay_out(changed)]
    again = book.write(typesetter, typesetter.stamp(pages, book.STAMPS))
    fresh = new_typesetter()
    pages = [page for html in (book.CONTENTS, book.TABLE, changed) for page in fresh.lay_out(html)]
    assert again == book.write(fresh, fresh.stamp(pages, book.STAMPS)) != first
    assert typesetter.lay_out(book.TABLE)[0] is kept[0]


def test_sections_out_of_use_are_forgotten(book: Any, typesetter: Typesetter) -> None:
    (table,), (sheet,) = typesetter.lay_out(book.TABLE), typesetter.lay_out(book.SHEET)
    typesetter.forget_unused()
    assert typesetter.lay_out(book.TABLE) == [table]
    typesetter.forget_unused()
    assert typesetter.lay_out(book.TABLE) == [table]
    assert typesetter.lay_out(book.SHEET) != [sheet]


def test_same_bytes_everywhere(written: bytes, tmp_path: Path) -> None:
    script = Path(__file__).with_name("book.py")
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        folder = tmp_path / f"somewhere {seed}"
        folder.mkdir()
        shutil.copy(script, folder)
        command = [sys.executable, "book.py", "out.pdf"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run(command, check=True, cwd=folder, env=environment)
        assert (folder / "out.pdf").read_bytes() == written


def test_fonts_without_harfbuzz_subset_know_no_time(
    book: Any, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    monkeypatch.setattr(time, "time", lambda: 1e9)
    first = book.write_book(typesetter)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert book.write_book(typesetter) == first
    assert_valid(first, tmp_path)


def test_big_table_is_valid(book: Any, typesetter: Typesetter, tmp_path: Path) -> None:
    row = '<tr><th scope="row">取組{0}</th><td>社会福祉課</td>' + "<td>相談窓口の周知{0}</td>" * 3 + "</tr>"
    head = "".join(f'<th scope="col">{word}</th>' for word in ("取組", "担当課", "1年目", "2年目", "3年目"))
    rows = "".join(row.format(number) for number in range(300))
    table = f"<table><caption>大きな表</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    pages = typesetter.lay_out(book.section(f"<h1>計画</h1>{table}"))
    pdf = book.write(typesetter, pages)
    assert len(pages) > 5
    assert_valid(pdf, tmp_path)
