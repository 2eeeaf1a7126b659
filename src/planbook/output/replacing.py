"""Files of a folder are replaced all together: at every moment each is the old one or the new one.

A journal says what is being done. It is there before anything else is written and goes last, so whatever ends the
process, also between any two system calls, the next one knows which files are planbook's, and goes on from there:

1. staging: the new files are written under names of their own, the old ones get a second name.
   Ended here: the next process takes both away.
2. replacing: each new file takes the place of the old one, in one step.
   Ended here: the next process replaces the rest.
3. undoing, if a file can not be replaced: the old ones take their places again.
   Ended here: the next process undoes the rest.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JOURNAL = ".planbook-journal.json"
_NEW, _OLD = ".planbook-new-", ".planbook-old-"
_VERSION = 1


class InTheWay(Exception):
    """Something stands at the place of a file that planbook did not make and does not delete: a folder, a link, …"""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NotUndone(Exception):
    """Files could neither be replaced nor put back: some are old, some are new, until the next command goes on."""


class _Phase(StrEnum):
    STAGING = "staging"
    REPLACING = "replacing"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class _JournalFile:
    """A file to replace: whether there is an old one, and the SHA-256 of the new one."""

    name: str
    existed: bool
    digest: str


@dataclass(frozen=True, slots=True)
class _Journal:
    phase: _Phase
    files: tuple[_JournalFile, ...]

    def draft(self, folder: Path, phase: _Phase) -> None:
        """Write what the journal will say in a phase: to begin that takes no room on the drive then."""
        files = [{"name": each.name, "existed": each.existed, "sha256": each.digest} for each in self.files]
        text = json.dumps({"planbook-journal": _VERSION, "phase": phase, "files": files})
        _write(_draft(folder, phase), text.encode(), os.O_TRUNC)

    def begin(self, folder: Path, phase: _Phase) -> None:
        os.replace(_draft(folder, phase), folder / JOURNAL)  # noqa: PTH105 - as bare as the calls that the tests count
        _settle(folder)


def replace_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write `contents`, by the names of files in `folder`; all of them, or none.

    Only one process may do so at a time (`lock`).

    Raises:
        InTheWay: something that planbook did not make has the name of a file; nothing was changed.
        OSError: something could not be written or replaced (on Windows: because it is open in another program); all
            files are as they were.
        NotUndone: the same, and they could not be put back.

    """
    finish(folder)
    for name in contents:
        _refuse(folder / name, links=True)
        _refuse(folder / (_NEW + name))
        _refuse(folder / (_OLD + name))
    files = tuple(
        _JournalFile(name, (folder / name).exists(), hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    )
    journal = _Journal(_Phase.STAGING, files)
    try:
        journal.draft(folder, _Phase.STAGING)
        journal.begin(folder, _Phase.STAGING)
        _stage(folder, journal, contents)
        journal.begin(folder, _Phase.REPLACING)
        _advance(folder, journal)
    except BaseException as error:  # an interrupt too
        try:
            _give_up(folder, journal)
        except OSError as second:
            raise NotUndone(str(folder)) from second
        raise error from None
    # All is done. What is left to tidy the next command can do as well.
    with contextlib.suppress(OSError):
        _tidy(folder, journal)


def finish(folder: Path) -> None:
    """Finish or undo what a process has begun that was ended.

    Raises:
        OSError: it can not be done now; each file is old or new.

    """
    journal = _read(folder)
    if journal is None:
        return
    if journal.phase is _Phase.REPLACING:
        _advance(folder, journal)
    elif journal.phase is _Phase.UNDOING:
        _put_back(folder, journal)
    _tidy(folder, journal)


def _read(folder: Path) -> _Journal | None:
    """Return the journal; a file of that name that is none of planbook's is left alone."""
    path = folder / JOURNAL
    try:
        found = json.loads(path.read_bytes())
        if found["planbook-journal"] != _VERSION:
            raise InTheWay(path)
        files = tuple(_JournalFile(each["name"], each["existed"], each["sha256"]) for each in found["files"])
        if any(os.path.basename(each.name) != each.name for each in files):  # noqa: PTH119 - must not lead elsewhere
            raise InTheWay(path)
        return _Journal(_Phase(found["phase"]), files)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, IsADirectoryError) as error:
        raise InTheWay(path) from error


def _draft(folder: Path, phase: _Phase) -> Path:
    return folder / f".planbook-{phase}.json"


def _stage(folder: Path, journal: _Journal, contents: Mapping[str, bytes]) -> None:
    journal.draft(folder, _Phase.REPLACING)
    journal.draft(folder, _Phase.UNDOING)
    for each in journal.files:
        _write(folder / (_NEW + each.name), contents[each.name], os.O_EXCL)
        if each.existed:
            _second_name(folder / each.name, folder / (_OLD + each.name))
    _settle(folder)


def _advance(folder: Path, journal: _Journal) -> None:
    for each in journal.files:
        new = folder / (_NEW + each.name)
        with contextlib.suppress(FileNotFoundError):  # done before
            os.replace(new, folder / each.name)  # noqa: PTH105
    _settle(folder)


def _give_up(folder: Path, journal: _Journal) -> None:
    # What counts is what the drive has: a phase may have begun though its call failed.
    begun = _read(folder)
    if begun and begun.phase is _Phase.REPLACING:
        journal.begin(folder, _Phase.UNDOING)
        _put_back(folder, journal)
    _tidy(folder, journal)


def _put_back(folder: Path, journal: _Journal) -> None:
    for each in journal.files:
        place = folder / each.name
        if each.existed:
            with contextlib.suppress(FileNotFoundError):  # done before
                os.replace(folder / (_OLD + each.name), place)  # noqa: PTH105
        elif place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == each.digest:
            place.unlink()
    _settle(folder)


def _tidy(folder: Path, journal: _Journal) -> None:
    """Take away all other names of the files, and then the journal itself."""
    for each in journal.files:
        (folder / (_NEW + each.name)).unlink(missing_ok=True)
        # Two names of one file stay where one is to take the place of the other (rename(2)).
        (folder / (_OLD + each.name)).unlink(missing_ok=True)
    for phase in _Phase:
        _draft(folder, phase).unlink(missing_ok=True)
    _settle(folder)
    (folder / JOURNAL).unlink(missing_ok=True)


def _refuse(path: Path, *, links: bool = False) -> None:
    """Refuse to touch what planbook did not make. At the place of an output a file is one of an earlier build."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not (links and stat.S_ISREG(found.st_mode)):
        raise InTheWay(path)


def _write(path: Path, content: bytes, how: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)  # a full disk may only say so here
    finally:
        os.close(descriptor)


def _second_name(path: Path, second: Path) -> None:
    """Give a file a second name; where the drive has no such thing, make a copy."""
    try:
        os.link(path, second)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError) as error:
        if getattr(error, "errno", None) in {errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT}:
            raise
        _write(second, path.read_bytes(), os.O_EXCL)
        shutil.copystat(path, second)


def _settle(folder: Path) -> None:
    """Have the drive keep the names of files in the order in which they were changed."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # drives that can not
            raise
    finally:
        os.close(descriptor)
