"""Files that belong together → a folder: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STAGING = ".planbook-"


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (contents by name) into `folder`, which is made if need be.

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
        for name, content in files.items():
            with (new / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # a full disk may only say so here
        _replace(folder, new, old, list(files))


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
