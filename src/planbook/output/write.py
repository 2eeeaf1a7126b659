"""How the files of a build are written: all of them or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.project.publication import Output

_STAGING = ".planbook-"

_FORBIDDEN = '<>:"/\\|?*'
_FULL_WIDTH = 0xFEE0
_LONGEST_NAME = 80
"""Characters: 255 bytes are the limit of most file systems."""


def folder_name(word: str) -> str:
    """Return a word as the name of a folder on any system: full-width signs stand for those that it may not have."""
    name = "".join(chr(ord(sign) + _FULL_WIDTH) if sign in _FORBIDDEN else sign for sign in word if sign.isprintable())
    return name[:_LONGEST_NAME].strip(" .") or "_"


def write_all(folder: Path, outputs: Sequence[Output]) -> None:
    """Write `outputs` into `folder`, which is made if need be.

    Everything is on the disk under other names before the first file changes; where one can not be replaced (on
    Windows: because it is open in another program), those already replaced are put back.

    Raises:
        OSError: something could not be written; the folder is as it was.

    """
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    with _staging(folder) as staging:
        new, old = staging / "new", staging / "old"
        new.mkdir()
        old.mkdir()
        for output in outputs:
            with (new / output.name).open("wb") as file:
                file.write(output.content)
                file.flush()
                os.fsync(file.fileno())  # a full disk may only say so here
        _replace(folder, new, old, [output.name for output in outputs])


def _replace(folder: Path, new: Path, old: Path, names: list[str]) -> None:
    begun: list[str] = []
    try:
        for name in names:
            begun.append(name)
            if (folder / name).exists():
                (folder / name).replace(old / name)
            (new / name).replace(folder / name)
    except BaseException:  # an interrupt too
        for name in begun:
            if (old / name).exists():
                (old / name).replace(folder / name)
            elif not (new / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
