"""Notices that the plan, a template, a chapter or a picture was saved, whichever way it is done."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator

STEP = 20
"""Milliseconds without a further change that end a save: an editor's steps (write, rename) count as one."""

MAX_DELAY = 200
"""Milliseconds after which changes are reported even if they go on."""

LOOK = 1000
"""Milliseconds after which the files themselves are looked at.

The system reports nothing of network drives, of files behind a symbolic link, or of a folder that was taken away.
"""

Fingerprint = tuple[tuple[str, int, int, int], ...]


def fingerprint(paths: Iterable[Path]) -> Fingerprint:
    """Return what tells one state of files, and of folders with all that is in them, from the next."""
    return tuple(
        (str(path), found.st_mtime_ns, found.st_size, found.st_ino)
        for top in paths
        for path in _files(top)
        if (found := _stat(path))
    )


async def saves(plan: Path, others: Callable[[], Iterable[Path]], stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield at the start, and whenever the plan or one of the others, files or folders with files, is not as before.

    `others` returns those there are now: a plan may get its own templates or a chapter while it is being watched.
    """

    def now() -> Fingerprint:
        return fingerprint((plan, *others()))

    known: Fingerprint | None = None
    while not stop.is_set():
        folders = _folders(plan, others())
        async with contextlib.aclosing(_hints(folders, stop)) as hints:
            async for _ in hints:
                state = await asyncio.to_thread(now)
                if state != known:
                    known = state
                    yield
                if _folders(plan, others()) != folders:
                    break


async def _hints(folders: dict[Path, int], stop: asyncio.Event) -> AsyncGenerator[None]:
    """Yield at the start, when something may have changed, and every now and then."""
    yield
    # A folder may just have gone away, or the system has no more watches: then the files are only looked at.
    with contextlib.suppress(OSError, RuntimeError):
        async for _ in watchfiles.awatch(
            *folders,
            watch_filter=None,
            debounce=MAX_DELAY,
            step=STEP,
            stop_event=stop,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            recursive=False,
        ):
            yield
        return
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), LOOK / 1000)


def _folders(plan: Path, others: Iterable[Path]) -> dict[Path, int]:
    """Return the folders to watch, and which folder each is on the disk: another one may come by its name."""
    tree = (folder for top in others for folder in (_tree(top) if top.is_dir() else [top.parent]))
    return {folder: found.st_ino for folder in (plan.parent, *tree) if (found := _stat(folder))}


def _tree(top: Path) -> Iterator[Path]:
    return (Path(here) for here, _, _ in os.walk(top))


def _files(top: Path) -> Iterator[Path]:
    if not top.is_dir():
        yield top
    for here, folders, names in os.walk(top):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names))


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
