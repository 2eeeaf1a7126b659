"""Chapters and their pictures are read in time in proportion to their size, and what has no end is refused."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from bench.hostile_chapters import KINDS
from planbook.chapters import chapter_bounds
from planbook.chapters.bitmaps import PictureError
from planbook.chapters.chapter_files import read_files
from planbook.chapters.pictures import read_picture
from planbook.plan.model import Book
from tests.source.test_steps import MOST, steps

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'


def told_of(chapter: str, folder: Path) -> list[tuple[str, int, str]]:
    (folder / "a.md").write_text(chapter, encoding="utf-8")
    book = Book.model_validate({"parts": ["cover", {"chapter": "a.md"}]})
    return [(each.rule, each.span.line, each.message) for each in read_files(book, folder / "plan.yaml").diagnostics]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_size_takes_twice_the_steps(kind: str, tmp_path: Path) -> None:
    told_of("# 題\n", tmp_path)  # what is loaded only once does not count
    counted = [steps(lambda number=number: told_of(KINDS[kind](number), tmp_path)) for number in (40, 80, 160)]
    assert counted[2] - counted[1] <= MOST * (counted[1] - counted[0] + 500)


@pytest.mark.parametrize(
    ("limit", "chapter", "line"),
    [
        ("MAX_BYTES", "# 題\n\n" + "文章です。\n" * 100, 8),
        ("MAX_LINES", "# 題\n\n" + "文章です。\n" * 100, 101),
        ("MAX_SIGNS", "# 題\n\n" + "- あ\n" * 120, 102),
        ("MAX_BRACKETS", "# 題\n\n" + "[あ](#題)\n" * 120, 103),
        ("MAX_CELLS", f"# 題\n\n{'|あ' * 20}|\n{'|-' * 20}|\n|い|\n|う|\n\n" * 3, 12),
        ("MAX_NOTES_IN_LINES", "# 題\n\n" + "あ^[い]\n" * 120, 103),
    ],
)
def test_too_much_of_something_is_told(
    limit: str, chapter: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chapter_bounds, limit, 100)
    ((rule, at, message),) = told_of(chapter, tmp_path)
    assert (rule, at) == ("too-large", line)
    assert "100" in message


def test_what_is_wrong_is_told_on_its_own_line_of_a_paragraph(tmp_path: Path) -> None:
    assert [at for _, at, _ in told_of("# 題\n\nあ\n[い](#無)\nう  \n[い](#無)\n", tmp_path)] == [4, 6]


def test_of_one_kind_so_many_are_told(tmp_path: Path) -> None:
    told = told_of("# 題\n\n" + "".join(f"[い](#無{at})\n" for at in range(1_200)), tmp_path)
    assert len(told) == 1_001
    assert told[-1][0] == "too-large"


def picture(data: bytes, folder: Path) -> str:
    (folder / "picture").write_bytes(data)
    return read_picture(folder / "picture", folder)


def png(width: int, height: int) -> bytes:
    """Return a PNG of one colour: it packs a thousandfold."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_small_files_of_huge_pictures_are_refused(tmp_path: Path) -> None:
    assert picture(png(3_000, 4_000), tmp_path)
    jpeg = b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", 65_500, 65_500) + b"\x03" + b"\0" * 9 + b"\xff\xd9"
    for data in (png(30_000, 30_000), jpeg):
        with pytest.raises(PictureError, match="画素が多すぎます"):
            picture(data, tmp_path)


def repeated(times: int, refer: str) -> str:
    """Return groups that each refer twice to the next one."""
    groups = (f'<g id="a{at}">{refer.format(at + 1) * 2}</g>' for at in range(times))
    return "".join(groups) + f'<g id="a{times}"><path d="M0 0"/></g>'


@pytest.mark.parametrize(
    "drawing",
    [
        repeated(30, '<use href="#a{}"/>'),
        repeated(30, '<path d="M0 0h1" fill="url(#a{})"/>'),
        repeated(30, '<path d="M0 0h1" style="marker-end: url(#a{})"/>'),
        "<style>"
        + "".join(f".c{at}{{mask:url(#a{at})}}" for at in range(31))
        + "</style>"
        + repeated(30, '<g class="c{}"/>'),
        '<g id="a"><use href="#a"/></g>',
        '<pattern id="a"><path fill="url(#b)"/></pattern><pattern id="b"><path fill="url(#a)"/></pattern>',
        "<g>" * 200 + "</g>" * 200,
        "<path d='M0 0'/>" * 200_001,
    ],
)
def test_drawings_without_end_are_refused(drawing: str, tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="図形が多すぎる"):
        picture(SVG.format(drawing).encode(), tmp_path)


@pytest.mark.parametrize(
    "drawing",
    [
        repeated(5, '<use href="#a{}"/>'),
        "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop/></linearGradient>" + "<path class='a'/>" * 5_000,
        '<a href="#top"><g id="top"/></a><use href="#none"/>',
    ],
)
def test_usual_drawings_are_read(drawing: str, tmp_path: Path) -> None:
    assert picture(SVG.format(drawing).encode(), tmp_path)
