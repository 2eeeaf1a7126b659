"""What a process and all that it has started take (Linux, proc(5)): memory while they run, and time."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PPID, _TIMES = 1, slice(11, 15)
"""Fields of /proc/PID/stat behind the name: the parent; ticks of the process and of children that it waited for."""


def children(root: int) -> list[int]:
    """Return the processes that `root` has started, or adopted, itself."""
    return [pid for pid, parent in _parents() if parent == root]


def _parents() -> Iterator[tuple[int, int]]:
    """Yield every process with its parent."""
    for pid in (int(entry.name) for entry in _PROC.glob("[0-9]*")):
        if fields := _stat(pid):
            yield pid, int(fields[_PPID])


def descendants(root: int, without: Container[int] = ()) -> Iterator[int]:
    """Yield all processes that `root` has started, and that those have started; none of `without` and below."""
    started = defaultdict(list)
    for pid, parent in _parents():
        started[parent].append(pid)
    found = started[root]
    while found:
        pid = found.pop()
        if pid not in without:
            yield pid
            found += started[pid]


def seconds(root: int) -> float:
    """Return the processor time that a process, and all that it has started, have taken so far."""
    fields = [_stat(pid) for pid in (root, *descendants(root))]
    return sum(int(ticks) for each in fields for ticks in each[_TIMES]) / _TICKS


def _stat(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return []


def _memory(pid: int) -> int:
    """Return the bytes of a process, where each page that several share counts for each in part."""
    try:
        with (_PROC / str(pid) / "smaps_rollup").open() as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    except OSError:  # it has ended
        return 0


class PeakMemory:
    """Looks again and again at all that this process starts while a `with` block runs; `bytes` is the most.

    To look takes time from what is measured, the more the larger that is: so the pauses are thirty times as long.
    """

    _SHORTEST, _TIMES_LOOKING = 0.03, 30

    def __init__(self) -> None:
        self.bytes = 0
        self._earlier = frozenset(descendants(os.getpid()))
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        if _PROC.is_dir():
            self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._looking.is_alive():
            self._looking.join()

    def _look(self) -> None:
        pause = self._SHORTEST
        while not self._over.wait(pause):
            started = time.thread_time()
            self.bytes = max(self.bytes, sum(map(_memory, descendants(os.getpid(), self._earlier))))
            pause = max(self._SHORTEST, (time.thread_time() - started) * self._TIMES_LOOKING)
