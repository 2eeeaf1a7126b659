"""One writer at a time for a folder; the lock names the process that has it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = ".planbook-lock"
"""The file that the writer holds open and locked; it says which process that is."""

MAX_WAIT = 120.0
"""Seconds after which a second writer gives up: the first one may have been stopped."""

_STEP = 0.02
_OWNER = re.compile(rb"planbook (\d+)\n")
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
"""What drives say that know no locks: two writers can not be kept apart there."""

_BYTE = 1 << 20
"""The byte that Windows locks: behind the text, so that others can read that."""


class FolderBusy(Exception):
    """Another process is writing to the folder and does not end."""

    def __init__(self, owner: int | None) -> None:
        super().__init__(owner)
        self.owner = owner
        """Its process id, where it can be read."""


class NotOurLock(Exception):
    """There is a file of the lock's name that planbook did not make."""


@contextlib.contextmanager
def only_writer(folder: Path, waiting: Callable[[int | None], None]) -> Iterator[None]:
    """Keep all other planbooks from writing to `folder`, which is made if need be.

    `waiting` is called once, with the process id of the owner, if there is another writer to wait for. A folder that
    was made and got no files is taken away again. A process that ends, however it ends, holds no lock.

    Raises:
        FolderBusy: the other one has not ended in time.
        NotOurLock: a file of that name is not ours.
        OSError: the folder can not be made or written to.

    """
    made: list[Path] = []
    descriptor = -1
    try:
        descriptor = _acquired(folder, made, waiting)
        yield
    finally:
        if descriptor >= 0:
            _release(folder / NAME, descriptor)
        for each in reversed(made):
            with contextlib.suppress(OSError):  # it has files
                each.rmdir()


def _acquired(folder: Path, made: list[Path], waiting: Callable[[int | None], None]) -> int:
    """Return the descriptor of the locked file."""
    path, given_up, announced = folder / NAME, time.monotonic() + MAX_WAIT, False
    while True:
        _make(folder, made)  # the last writer may have taken it away again
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        except FileNotFoundError:
            continue
        try:
            if _lock(descriptor):
                if _is_at(path, descriptor):
                    _sign(path, descriptor)
                    return descriptor
            else:
                if not announced:
                    announced = True
                    waiting(_owner(descriptor))
                _wait(descriptor, given_up)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _wait(descriptor: int, given_up: float) -> None:
    if time.monotonic() > given_up:
        raise FolderBusy(_owner(descriptor))
    time.sleep(_STEP)


def _make(folder: Path, made: list[Path]) -> None:
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        with contextlib.suppress(FileExistsError):
            missing.mkdir()
            made.append(missing)
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except FileNotFoundError:
        is_folder = not folder.is_symlink()  # the last writer has taken it away in this moment: it is made again
    if not is_folder:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _lock(descriptor: int) -> bool:
    """Lock the file unless another process has; a drive that has no locks lets everybody through."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            os.lseek(descriptor, _BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether the locked file is still the one of that name: the last writer takes its own away."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sign(path: Path, descriptor: int) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, 100)
    if (text and not _OWNER.fullmatch(text)) or not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise NotOurLock(str(path))
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, b"planbook %d\n" % os.getpid())


def _owner(descriptor: int) -> int | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    found = _OWNER.fullmatch(os.read(descriptor, 100))
    return int(found[1]) if found else None


def _release(path: Path, descriptor: int) -> None:
    # Taken away first, while nobody else can have it; Windows takes away no file that is open.
    if sys.platform == "win32":
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
        return
    with contextlib.suppress(OSError):
        path.unlink()
    os.close(descriptor)
