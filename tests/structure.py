"""What a screen reader has of a PDF: its structure elements in order, with their attributes and texts."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

if TYPE_CHECKING:
    from collections.abc import Iterator


def structure(pdf: bytes) -> list[str]:
    """Return the lines that `pdfinfo -struct-text` prints of tables, links and texts, with their indentation.

    That reads all of a page again for each of its texts, which takes over a minute for a book of 26 pages.
    """
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    fonts: dict[int, dict[int, str]] = {}
    texts = {_number(page): _texts(page, reader, fonts) for page in reader.pages}
    (root,) = _list(reader.root_object["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return list(_lines(root, texts, None, ""))


def _lines(element: Any, texts: dict[int, dict[int, str]], page: int | None, indent: str) -> Iterator[str]:
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    if element.get("/Type") == "/OBJR":
        yield f"{indent}Object"
        return
    yield f"{indent}{element['/S'][1:]}"
    for owner in _list(element.get("/A", [])):
        yield from (f"{indent}   {name} {value}" for name, value in owner.items() if name != "/O")
    for child in _list(element.get("/K", [])):
        if isinstance(child, int):
            yield f'{indent}  "{texts[page][child]}"'  # type: ignore[index]
        else:
            yield from _lines(child, texts, page, f"{indent}  ")


def _list(found: Any) -> list[Any]:
    found = found.get_object() if hasattr(found, "get_object") else found
    each = found if isinstance(found, ArrayObject | list) else [found]
    return [one.get_object() if hasattr(one, "get_object") else one for one in each]


def _number(page: pypdf.PageObject) -> int:
    assert page.indirect_reference
    return page.indirect_reference.idnum


def _texts(page: Any, reader: pypdf.PdfReader, fonts: dict[int, dict[int, str]]) -> dict[int, str]:
    """Return the texts that are marked on a page, by their numbers."""
    found: dict[int, str] = defaultdict(str)
    marks: list[int | None] = []
    glyphs: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            marks.append(properties.get("/MCID") if isinstance(properties, DictionaryObject) else None)
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            font = page["/Resources"]["/Font"].raw_get(operands[0])
            if font.idnum not in fonts:
                fonts[font.idnum] = _glyphs(font.get_object())
            glyphs = fonts[font.idnum]
        elif operator in (b"Tj", b"TJ"):
            mark = next((each for each in reversed(marks) if each is not None), None)
            if mark is not None:
                shown = operands[0] if operator == b"TJ" else operands
                found[mark] += "".join(_shown(shown, glyphs))
    return found


def _shown(pieces: list[Any], glyphs: dict[int, str]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str | bytes):  # and not a distance
            codes = piece if isinstance(piece, bytes) else piece.original_bytes  # type: ignore[attr-defined]
            yield from (glyphs[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))


def _glyphs(font: Any) -> dict[int, str]:
    """Return the text of each glyph, as the font itself says it."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    assert "beginbfrange" not in table
    listed = "".join(re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL))
    pairs = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", listed)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
