"""Work for all processors: WeasyPrint lays out on one."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    T = TypeVar("T")

_PARENT_DEATH_SIGNAL = 1

_MOST = 8

_tasks: Sequence[Callable[[], Any]] = ()
"""In a process that does tasks: all of them."""


def available() -> int:
    """Return how many processes are worth while.

    More than one only on Linux: processes begin as copies of this one there (fork), with all that is loaded and known.
    Elsewhere they would have to load everything anew, and on macOS copies of a process that has used fonts break. Each
    takes memory (some 100 MB), so they are not more than a few.
    """
    return min(len(os.sched_getaffinity(0)), _MOST) if sys.platform == "linux" else 1


def in_processes(tasks: Sequence[Callable[[], T]], processes: int) -> Iterator[T]:
    """Yield what the tasks return, in the order in which they end. That must be picklable, the tasks need not be."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(processes, len(tasks)), context, _begin, (tasks,)) as executor:
        for future in as_completed([executor.submit(_do, number) for number in range(len(tasks))]):
            yield future.result()


def _begin(tasks: Sequence[Callable[[], Any]]) -> None:
    global _tasks  # noqa: PLW0603 - what a process begins with has no other place
    _tasks = tasks
    gc.freeze()
    # An interrupt ends it at once and without a word: the process that began it says what there is to say. And where
    # that one is gone, however it ended, nobody waits for this one (prctl(2), PR_SET_PDEATHSIG).
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _do(number: int) -> Any:
    return _tasks[number]()
