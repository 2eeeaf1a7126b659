"""Pictures of chapters: a file → data that stand in the page, or in Japanese why not."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from planbook.errors import system_reason
from planbook.project.file_access import read_regular
from planbook.typography.printable_characters import unprintable

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 20_000_000
"""A page of A4 in full colour at 350 dpi has as much, well packed."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_MARK = 0xFF
_CMYK = 4
_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/)", re.IGNORECASE)
_ACTIVE = {"script", "foreignObject", "animate", "set", "animateTransform", "animateMotion"}
_SAVE_AGAIN = "画像を開き、PNG か JPEG（RGB）で保存し直してください。"


class PictureError(Exception):
    """A picture can not be used: why, and what to do about it."""

    def __init__(self, why: str, hint: str = _SAVE_AGAIN) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


def read_picture(path: Path, folder: Path) -> str:
    """Return a picture below `folder` as a data URL.

    Raises:
        PictureError: there is none, it stands elsewhere, it is damaged, or of a kind that can not be printed.

    """
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        raise PictureError("は計画のフォルダーの外にあります。", "画像を計画のフォルダーの中にコピーしてください。")
    try:
        if real.is_file() and real.stat().st_size > MAX_BYTES:
            hint = f"{MAX_BYTES // 1_000_000} MB より小さくしてください。印刷には 350 dpi あれば足ります。"
            raise PictureError("は大きすぎます。", hint)
        data = read_regular(real, MAX_BYTES)
    except FileNotFoundError as error:
        raise PictureError("がありません。", "場所は、この Markdown ファイルから見て書きます。") from error
    except OSError as error:
        raise PictureError(f"を読めません（{system_reason(error)}）。", "ファイルの権限を確かめてください。") from error
    return f"data:{_kind(data)};base64,{base64.b64encode(data).decode()}"


def _kind(data: bytes) -> str:
    if data.startswith(_PNG):
        _check_png(data)
        return "image/png"
    if data.startswith(_JPEG):
        _check_jpeg(data)
        return "image/jpeg"
    if b"<svg" in data[:2000]:
        _check_svg(data)
        return "image/svg+xml"
    raise PictureError("は PNG、JPEG、SVG のどれでもありません。")


def _check_png(data: bytes) -> None:
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        if len(data) < at + 12:
            raise PictureError("は途中で切れています。", "元の画像から、もう一度コピーしてください。")
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 8 + length
        if data[end : end + 4] != struct.pack(">I", zlib.crc32(data[at + 4 : end])):
            raise PictureError("は壊れています。", "元の画像から、もう一度コピーしてください。")
        at = end + 4


def _check_jpeg(data: bytes) -> None:
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise PictureError("は途中で切れています。", "元の画像から、もう一度コピーしてください。")
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != _MARK or marker == _SCAN:
            break
        if marker in _FRAMES and data[at + 9 : at + 10] == bytes([_CMYK]):
            raise PictureError("は印刷用の4色（CMYK）です。長く保存する PDF には入れられません。")
        at += 2 if marker in _NO_LENGTH else 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _check_svg(data: bytes) -> None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        hint = "SVG の <!DOCTYPE …> の行を消してください。"
        raise PictureError("に、文書型の宣言（DOCTYPE）があります。", hint)
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a DOCTYPE there are no entities to blow up
    except ET.ParseError as error:
        raise PictureError(f"を SVG として読めません（{error.position[0]} 行目）。") from error
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        links = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
        styled = " ".join((*element.attrib.values(), element.text or "" if name == "style" else ""))
        if name in _ACTIVE or any(key.startswith("on") for key in element.attrib):
            raise PictureError(f"に、紙では使えない <{name}> があります。", "画像の動きや操作を消してください。")
        if any(not link.startswith(("#", "data:image/")) for link in links) or _OUTSIDE.search(styled):
            raise PictureError("が、外のファイルを読もうとしています。", "画像を SVG の中に埋め込んでください。")
        if name in {"text", "tspan"} and (lacking := unprintable("".join(element.itertext()))):
            hint = "文字を図形（アウトライン）にして保存するか、別の字に替えてください。"
            raise PictureError(f"の文字「{''.join(lacking)}」は、同梱のフォントになく、印刷できません。", hint)
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise PictureError("に、大きさ（viewBox、または width と height）がありません。")
