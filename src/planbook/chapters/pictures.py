"""Pictures of chapters: a file → data that stand in the page, or in Japanese why not."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from planbook.chapters.bitmaps import JPEG, PNG, PictureError, check_jpeg, check_png
from planbook.chapters.svg_pictures import check_svg
from planbook.errors import system_reason
from planbook.project.file_access import read_regular

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 20_000_000
"""A page of A4 in full colour at 350 dpi has as much, well packed."""


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
    if data.startswith(PNG):
        check_png(data)
        return "image/png"
    if data.startswith(JPEG):
        check_jpeg(data)
        return "image/jpeg"
    if b"<svg" in data[:2000]:
        check_svg(data)
        return "image/svg+xml"
    raise PictureError("は PNG、JPEG、SVG のどれでもありません。")
