"""Writes one file in one step: whoever reads it, and whatever happens, it is the old one or the new one."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
