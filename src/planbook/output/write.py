"""How the files of a build are written: by one process at a time, all of them or none."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from planbook.output.lock import only_writer
from planbook.output.replacing import finish, replace_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from planbook.project.publication import Output

_FORBIDDEN = '<>:"/\\|?*'
_FULL_WIDTH = 0xFEE0
_MAX_NAME_LENGTH = 80
"""Characters: 255 bytes are the limit of most file systems."""


def folder_name(word: str) -> str:
    """Return a word as the name of a folder on any system: full-width characters stand for those it may not have."""
    name = "".join(chr(ord(each) + _FULL_WIDTH) if each in _FORBIDDEN else each for each in word if each.isprintable())
    return name[:_MAX_NAME_LENGTH].strip(" .") or "_"


@contextlib.contextmanager
def writing_to(folder: Path, waiting: Callable[[int | None], None]) -> Iterator[None]:
    """Be the only one that writes to `folder`, and finish or undo what an ended process has begun there.

    `waiting` is called, with its process id, if there is another to wait for.

    Raises:
        FolderBusy: the other one does not end.
        NotOurLock, InTheWay: the folder has something of the names that planbook uses, and it is not planbook's.
        OSError: the folder can not be written to.

    """
    with only_writer(folder, waiting):
        finish(folder)
        yield


def write_all(folder: Path, outputs: Sequence[Output]) -> None:
    """Write `outputs` into `folder`: all or, where one can not be replaced, none.

    Raises:
        InTheWay: in the place of a file is something that planbook did not make.
        OSError: something could not be written; the folder is as it was.
        NotUndone: neither that.

    """
    folder.mkdir(parents=True, exist_ok=True)
    replace_all(folder, {output.name: output.content for output in outputs})
