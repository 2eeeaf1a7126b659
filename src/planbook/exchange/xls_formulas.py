"""The bytes of an .xls → which cells have a formula, and whether it has a password; python-calamine tells neither.

[MS-CFB] says how the parts of such a file lie in it, [MS-XLS] what the records of its book are.
"""

from __future__ import annotations

import struct
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAMS = ("Workbook", "Book")
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are no sectors: an end, a free one."""

_HEAD_OF_SECTORS = 76
_IN_HEAD = 109
_ENTRY = 128

_FORMULA, _END, _FILE_PASS, _BOUND_SHEET = 0x0006, 0x000A, 0x002F, 0x0085
_BEGIN = frozenset({0x0009, 0x0209, 0x0409, 0x0809})

Cells = set[tuple[int, int]]
"""Rows and columns from 0."""


def formulas_of_old(data: bytes) -> list[Cells]:
    """Return the cells with formulas of each sheet, in the order of the sheets; [] of what is no such file."""
    try:
        stream = _Compound(data).stream()
        return [_formulas(stream, at) for at in _sheets(stream)]
    except (struct.error, IndexError, ValueError):
        return []


def has_password(data: bytes) -> bool:
    """Whether the book of an .xls is encrypted."""
    try:
        return any(kind == _FILE_PASS for kind, _ in _globals(_Compound(data).stream()))
    except (struct.error, IndexError, ValueError):
        return False


class _Compound:
    """A compound file: sectors in chains, and a folder of streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size: int = 1 << struct.unpack_from("<H", data, 30)[0]
        self._table = self._sector_table()

    def stream(self) -> bytes:
        """Return the stream of the book.

        Raises:
            ValueError: there is none.

        """
        entries = list(self._entries())
        for wanted in _STREAMS:
            for name, start, size in entries:
                if name == wanted:
                    small = size < struct.unpack_from("<I", self._data, 56)[0]
                    return (self._small(start, entries[0][1]) if small else b"".join(self._chain(start)))[:size]
        raise ValueError(_STREAMS)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _sector_table(self) -> list[int]:
        count, more = struct.unpack_from("<I", self._data, 44)[0], struct.unpack_from("<I", self._data, 68)[0]
        sectors = list(struct.unpack_from(f"<{_IN_HEAD}I", self._data, _HEAD_OF_SECTORS))
        per_sector = self._size // 4
        while more < _LAST_SECTOR and len(sectors) < count:
            *found, more = struct.unpack(f"<{per_sector}I", self._sector(more))
            sectors += found
        table: list[int] = []
        for number in sectors[:count]:
            table += struct.unpack(f"<{per_sector}I", self._sector(number))
        return table

    def _chain(self, number: int) -> Iterator[bytes]:
        seen = 0
        while number < _LAST_SECTOR and seen <= len(self._table):  # a chain may lead back into itself
            yield self._sector(number)
            number = self._table[number]
            seen += 1

    def _small(self, number: int, root: int) -> bytes:
        """Return a small stream: these lie together in the stream of the root, in a table of their own."""
        size = 1 << struct.unpack_from("<H", self._data, 32)[0]
        together = b"".join(self._chain(root))
        typed = b"".join(self._chain(struct.unpack_from("<I", self._data, 60)[0]))
        table = struct.unpack(f"<{len(typed) // 4}I", typed)
        found = b""
        while number < len(table) and len(found) <= len(together):
            found += together[number * size : (number + 1) * size]
            number = table[number]
        return found

    def _entries(self) -> Iterator[tuple[str, int, int]]:
        folder = b"".join(self._chain(struct.unpack_from("<I", self._data, 48)[0]))
        for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
            length: int = struct.unpack_from("<H", folder, at + 64)[0]
            name = folder[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", folder, at + 116)
            yield name, start, size


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place on: what they are, and what they hold."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> list[int]:
    """Return where the sheets begin."""
    return [struct.unpack_from("<I", content)[0] for kind, content in _globals(stream) if kind == _BOUND_SHEET]


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records that are about the whole book."""
    return takewhile(lambda record: record[0] != _END, _records(stream, 0))


def _formulas(stream: bytes, at: int) -> Cells:
    found: Cells = set()
    depth = 0  # charts in a sheet begin and end inside it
    for kind, content in _records(stream, at):
        if kind in _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _FORMULA and depth == 1:
            found.add(struct.unpack_from("<HH", content))
    return found
