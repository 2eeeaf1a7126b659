"""Work for all processors: WeasyPrint lays out on one."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    T = TypeVar("T")

_PARENT_DEATH_SIGNAL = 1

_MOST = 8

_work: Callable[[Any], Any]
"""In a process of a crew: what it does."""


def available() -> int:
    """Return how many processes are worth while.

    More than one only on Linux: processes begin as copies of this one there (fork), with all that is loaded and known.
    Elsewhere they would have to load everything anew, and on macOS copies of a process that has used fonts break. Each
    takes memory (some 100 MB), so they are not more than a few.
    """
    return min(len(os.sched_getaffinity(0)), _MOST) if sys.platform == "linux" else 1


class CrewLost(Exception):
    """A process of the crew was ended, and with it all others."""


class Crew:
    """Copies of this process that do one kind of work: they know all that this process knew when they were made."""

    def __init__(self, work: Callable[[Any], Any], number: int, first: Any) -> None:
        """Make `number` of them. All begin with `first`; whatever comes of it, nobody gets it.

        Raises:
            OSError: the system has no room for another process.

        """
        self._number = number
        self._dismissed = False
        self._processes = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), _begin, (work, first))
        # All of them begin with the first work. Later there are threads: a copy of a process that has some may hang.
        self._processes.submit(_nothing)

    def ask(self, item: Any) -> Any:
        """Have the work done on something, and return or raise what comes of it; all that must be picklable.

        Raises:
            CrewLost: there is nobody to do it.

        """
        try:
            return self._processes.submit(_do, item).result()
        except BrokenExecutor as error:
            if self._dismissed:
                raise
            raise CrewLost from error

    def all(self, tasks: Sequence[Callable[[], T]], done: Callable[[int], None]) -> list[T]:
        """Return what tasks return that ask for work: while one waits, others go on. Each may have tasks of its own.

        `done` is called with the number of tasks that have ended.
        """
        with ThreadPoolExecutor(2 * self._number) as threads:
            futures: list[Future[T]] = [threads.submit(task) for task in tasks]
            try:
                for number, _ in enumerate(as_completed(futures), 1):
                    done(number)
                return [future.result() for future in futures]
            except BaseException:
                self.dismiss()
                threads.shutdown(wait=False, cancel_futures=True)
                raise

    def dismiss(self) -> None:
        """End the processes; what is asked of them from now on fails."""
        self._dismissed = True
        self._processes.shutdown(wait=False, cancel_futures=True)


def _begin(work: Callable[[Any], Any], first: Any) -> None:
    global _work  # noqa: PLW0603 - what a process begins with has no other place
    _work = work
    gc.freeze()
    # An interrupt ends it at once and without a word: the process that began it says what there is to say. And where
    # that one is gone, however it ended, nobody waits for this one (prctl(2), PR_SET_PDEATHSIG).
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    # An error of it would end the process.
    with contextlib.suppress(Exception):
        work(first)


def _nothing() -> None:
    pass


def _do(item: Any) -> Any:
    return _work(item)
