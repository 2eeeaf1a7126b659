"""Objects of a PDF file that are ready to be written: pydyf asks for their data more than once."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVEL = 5
"""Of compression. One more, as zlib has it by itself, makes the book 1 % smaller and writing it a fifth slower."""

_CARRIAGE_RETURN = 0x0D


class Ready(pydyf.Object):  # type: ignore[misc]  # pydyf ships no types
    """An object whose data are known. `compressible`: it may stand in a stream of objects, as streams may not."""

    compressible = True
    data = b""
    generation = 0
    free = "n"

    def __init__(
        self, data: bytes, *, compressible: bool = True
    ) -> None:  # a file has many of them: no more than needed
        self.data = data
        self.compressible = compressible


class Content(NamedTuple):
    """The data of a stream, deflated or as they are."""

    data: bytes
    deflated: bool


def content(data: bytes) -> Content:
    """Deflate the data of a stream.

    Left as they are where the last byte would be a carriage return: before `endstream` there is an end of line, and CR
    LF is one; validators then count a byte less than `Length` says (ISO 19005-2, 6.1.7.1). The last byte of deflated
    data is the last of its Adler-32 checksum (RFC 1950, 2.2).
    """
    if zlib.adler32(data) % 256 == _CARRIAGE_RETURN:
        return Content(data, deflated=False)
    return Content(zlib.compress(data, _LEVEL), deflated=True)


# Of a file, not of its pages: fonts and colours are most often those of the last time.
_content_as_before = lru_cache(maxsize=16)(content)


def stream(content: Content, entries: bytes = b"") -> bytes:
    """Return a stream object. `entries` are those of its dictionary beside filter and length."""
    filtered = b"/Filter/FlateDecode" if content.deflated else b""
    return b"<<%b%b/Length %d>>\nstream\n%b\nendstream" % (entries, filtered, len(content.data), content.data)


def joined(parts: Iterable[Any]) -> bytes:
    """Return the data of what pydyf keeps in parts."""
    return b"\n".join(map(pydyf._to_bytes, parts))  # noqa: SLF001 - as it does itself


def make_ready(pdf: Any) -> None:
    """Encode all streams of a file, once."""
    for number, each in enumerate(pdf.objects):
        if isinstance(each, pydyf.Stream):
            data = joined(each.stream)
            ready = Ready(
                stream(
                    _content_as_before(data) if each.compress else Content(data, deflated=False), entries(each.extra)
                ),
                compressible=False,
            )
            ready.number = number
            pdf.objects[number] = ready


def entries(dictionary: Any) -> bytes:
    """Return the entries of a dictionary without its brackets."""
    return bytes(pydyf.Dictionary(dictionary).data[2:-2])
