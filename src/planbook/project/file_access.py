"""How single files are read and replaced.

Nothing is read that only looks like a file: a pipe may never end, and a device neither. A file is replaced in one step:
whoever reads it, and whatever happens, it is the old one or the new one.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from typing import TYPE_CHECKING

from planbook.errors import Unreadable, system_reason

if TYPE_CHECKING:
    from pathlib import Path

MAX_PLAN_BYTES = 64 * 1024 * 1024
"""Bytes: a plan of several thousand pages has some ten million."""

MAX_TEMPLATE_BYTES = 8 * 1024 * 1024
"""Bytes: pictures in a stylesheet may be large."""

_NO_FILE = "ファイルではなく、パイプや装置です"


def read_regular(path: Path, largest: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        Unreadable: it is a pipe, a device or a socket, or has more than `largest` bytes.
        OSError: it can not be read; IsADirectoryError if it is a folder.

    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to would never end.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_dir():  # Windows opens no folders
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(_NO_FILE)
        content = file.read(largest + 1)
    if len(content) > largest:
        raise too_large(largest)
    return content


def unreadable(path: Path) -> str:
    """Return the reason, in Japanese, why something can not be read as a file; nothing if it can, or is not there."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return "フォルダーです"
        if not stat.S_ISREG(mode):
            return _NO_FILE
        with path.open("rb"):
            return ""
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        return system_reason(error)


def too_large(largest: int) -> Unreadable:
    """Return the error for something of more than `largest` bytes."""
    return Unreadable(f"大きすぎます。{largest // 1024 // 1024} MB までです")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, also one behind a link; who may read it stays as it is.

    Raises:
        OSError: it can not be written; what was there is there.

    """
    path = path.resolve()
    # A name that nobody else has: another command may write the same file, or have been killed while it did.
    draft = path.with_name(f".planbook-{os.urandom(4).hex()}-{path.name}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:  # an interrupt too
        draft.unlink(missing_ok=True)
        raise
