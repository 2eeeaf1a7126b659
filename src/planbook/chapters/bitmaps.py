"""PNG and JPEG pictures of chapters: what can not be printed in them, told from their bytes."""

from __future__ import annotations

import struct
import zlib

MAX_PIXELS = 60_000_000
"""A double page of A3 at 350 dpi has 47 million. All are in memory at once, and a small file may have a thousand times
as many."""

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_MARK = 0xFF
_CMYK = 4
_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_SAVE_AGAIN = "画像を開き、PNG か JPEG（RGB）で保存し直してください。"


class PictureError(Exception):
    """A picture can not be used: why, and what to do about it."""

    def __init__(self, why: str, hint: str = _SAVE_AGAIN) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


def check_png(data: bytes) -> None:
    """Make sure that a picture can be printed.

    Raises:
        PictureError: it can not.

    """
    if len(data) >= 24:  # noqa: PLR2004 - width and height stand in the first part of every PNG, which has one length
        _refuse_many_pixels(*struct.unpack(">II", data[16:24]))
    at = len(PNG)
    kind = b""
    while kind != b"IEND":
        if len(data) < at + 12:
            raise PictureError("は途中で切れています。", "元の画像から、もう一度コピーしてください。")
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 8 + length
        if data[end : end + 4] != struct.pack(">I", zlib.crc32(data[at + 4 : end])):
            raise PictureError("は壊れています。", "元の画像から、もう一度コピーしてください。")
        at = end + 4


def check_jpeg(data: bytes) -> None:
    """Make sure that a picture can be printed.

    Raises:
        PictureError: it can not.

    """
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise PictureError("は途中で切れています。", "元の画像から、もう一度コピーしてください。")
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != _MARK or marker == _SCAN:
            break
        if marker in _FRAMES and at + 10 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            _refuse_many_pixels(width, height)
        if marker in _FRAMES and data[at + 9 : at + 10] == bytes([_CMYK]):
            raise PictureError("は印刷用の4色（CMYK）です。長く保存する PDF には入れられません。")
        at += 2 if marker in _NO_LENGTH else 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _refuse_many_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        hint = "画像を縮小して保存し直してください。印刷には 350 dpi（A4 一面で 2894 × 4093 画素）あれば足ります。"
        raise PictureError(f"は画素が多すぎます（{width} × {height}）。", hint)
