"""The objects of a PDF file → its bytes (ISO 32000-1, 7.5). What has been compressed once is not compressed again."""

from __future__ import annotations

import hashlib
from itertools import accumulate, groupby
from struct import Struct
from typing import TYPE_CHECKING, Any

from planbook.pdf.encoding import content, stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.pdf.encoding import Content

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"

_TOGETHER = 4096
"""Objects of a stream of objects: enough of them that they compress well, few enough that an edit changes few."""

_FREE, _IN_USE, _PACKED = 0, 1, 2
_ENTRY = Struct(">BIH")
"""An entry of the cross-reference stream (7.5.8.3): its kind, then a place in the file, or the number of a stream of
objects and the index in it."""


class Packed:
    """The streams of objects of the last file, by a digest of what is in them."""

    def __init__(self) -> None:
        self._known: dict[bytes, Content] = {}
        self._used: dict[bytes, Content] = {}

    def content(self, data: bytes) -> Content:
        """Return data as the content of a stream."""
        name = hashlib.blake2b(data, digest_size=16).digest()
        self._used[name] = self._known.get(name) or content(data)
        return self._used[name]

    def forget_unused(self) -> None:
        """Forget what was not in the last file."""
        self._known, self._used = self._used, {}


class _File:
    """A file while it is written: what there is of it, and where each object is."""

    def __init__(self) -> None:
        self.parts = [_HEAD]
        self.end = len(_HEAD)
        self.entries: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 0xFFFF)}

    def add(self, number: int, data: bytes) -> None:
        """Add an object that stands by itself."""
        self.entries[number] = (_IN_USE, self.end, 0)
        written = b"%d 0 obj\n%b\nendobj\n" % (number, data)
        self.parts.append(written)
        self.end += len(written)

    def add_packed(self, number: int, objects: Sequence[Any], packed: Packed) -> None:
        """Add a stream of objects (7.5.7)."""
        data = [each.data for each in objects]
        places = accumulate((len(each) + 1 for each in data), initial=0)
        head = b" ".join(b"%d %d" % (each.number, place) for each, place in zip(objects, places, strict=False))
        content = packed.content(b"\n".join((head, *data)))
        entries = b"/Type/ObjStm/N %d/First %d" % (len(data), len(head) + 1)
        self.entries |= {each.number: (_PACKED, number, index) for index, each in enumerate(objects)}
        self.add(number, stream(content, entries))

    def finished(self, number: int, catalog: int, info: int) -> bytes:
        """Add the cross-reference stream as the last object, and return the file."""
        start = self.end
        self.entries[number] = (_IN_USE, start, 0)
        identifier = hashlib.md5(b"".join(self.parts), usedforsecurity=False).hexdigest().encode()
        entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[(%b)(%b)]" % (
            (number + 1, catalog, info, identifier, identifier)
        )
        places = content(b"".join(_ENTRY.pack(*self.entries[each]) for each in range(number + 1)))
        self.add(number, stream(places, entries))
        return b"".join((*self.parts, b"startxref\n%d\n%%%%EOF\n" % start))


def file_bytes(pdf: Any, packed: Packed) -> bytes:
    """Return the file with the objects of `pdf`, a pydyf.PDF; those that may be in streams of objects are there.

    pydyf itself puts them into one stream, and compresses it twice.
    """
    pdf.add_object(pdf.info)
    file = _File()
    packable = []
    for each in pdf.objects[1:]:
        if each.compressible:
            packable.append(each)
        else:
            file.add(each.number, each.data)
    number = len(pdf.objects)
    for _, some in groupby(packable, lambda each: each.number // _TOGETHER):
        file.add_packed(number, list(some), packed)
        number += 1
    packed.forget_unused()
    return file.finished(number, pdf.catalog.number, pdf.info.number)
