"""Work for all processors: WeasyPrint lays out on one."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    T = TypeVar("T")

_PARENT_DEATH_SIGNAL = 1

_MAX_PROCESSES = 8

PATIENCE = 10.0
"""Seconds in which a process that has work uses no processor: then it is stopped, or hangs, and is given up.

One that computes uses a hundredth of a second every now and then, however busy the machine is.
"""

_LOOK_INTERVAL = 0.5
"""Seconds between two looks at what the processes have used."""


def available() -> int:
    """Return how many processes are worth while.

    More than one only on Linux: processes begin as copies of this one there (fork), with all that is loaded and known.
    Elsewhere they would have to load everything anew, and on macOS copies of a process that has used fonts break. Each
    takes memory (some 100 MB), so they are not more than a few.
    """
    return min(len(os.sched_getaffinity(0)), _MAX_PROCESSES) if sys.platform == "linux" else 1


class WorkersLost(Exception):
    """The process that had the work was ended, or there is none left."""


class PoolClosed(Exception):
    """The pool was closed before the work was done."""


@dataclass(slots=True)
class _Worker:
    """A process and the pipe to it; `since` is when it was last seen computing, while it has work."""

    process: ForkProcess
    pipe: Connection
    since: float | None = None
    used: int = field(default=-1)

    def used_now(self) -> int:
        """Return the time of processors that it has used, in ticks of the system; 0 once it is gone (proc(5))."""
        try:
            text = Path("/proc", str(self.process.pid), "stat").read_text("ascii", "replace")
        except OSError:
            return 0
        fields = text.rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])


class WorkerPool:
    """Copies of this process that do one kind of work: they know all that this process knew when they were made."""

    def __init__(self, work: Callable[[Any], Any], number: int, first: Any) -> None:
        """Make `number` of them. All begin with `first`; whatever comes of it, nobody gets it.

        Raises:
            OSError: the system has no room for another process.

        """
        self._number = number
        self._closed = False
        self._change = threading.Condition()
        self._living: list[_Worker] = []
        self._idle: list[_Worker] = []
        try:
            # All of them now: later there are threads, and a copy of a process that has some may hang. And none of
            # Python's hooks around a fork may meet an interrupt: it would be swallowed there.
            with _no_interrupts():
                for _ in range(number):
                    self._living.append(self._started(work, first))
        except BaseException:
            self.close()
            raise
        self._idle += self._living
        threading.Thread(target=self._end_hanging, name="planbook-pool", daemon=True).start()

    def _started(self, work: Callable[[Any], Any], first: Any) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        others = [each.pipe for each in self._living]
        process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(theirs, [ours, *others], work, first), daemon=True
        )
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()  # where the process ends, so does the pipe
        return _Worker(process, ours)

    def ask(self, item: Any) -> Any:
        """Have the work done on something, and return or raise what comes of it; all that must be picklable.

        Raises:
            WorkersLost: the process that had it was ended, or none is left.
            PoolClosed: the pool was closed meanwhile.

        """
        worker = self._free()
        try:
            worker.pipe.send(item)
            answer, failed = worker.pipe.recv()
        except (EOFError, OSError) as error:
            with self._change:
                self._living.remove(worker)
                self._change.notify_all()
            _end(worker)
            if self._closed:
                raise PoolClosed from error
            raise WorkersLost from error
        with self._change:
            worker.since = None
            self._idle.append(worker)
            self._change.notify()
        if failed:
            raise answer
        return answer

    def _free(self) -> _Worker:
        with self._change:
            while not self._idle:
                if self._closed:
                    raise PoolClosed
                if not self._living:
                    raise WorkersLost
                self._change.wait()
            worker = self._idle.pop()
            worker.used, worker.since = -1, time.monotonic()
            return worker

    def all(self, tasks: Sequence[Callable[[], T]], done: Callable[[int], None]) -> list[T]:
        """Return what tasks return that ask for work: while one waits, others go on. Each may have tasks of its own.

        `done` is called with the number of tasks that have ended.
        """
        threads = ThreadPoolExecutor(2 * self._number)
        try:
            futures: list[Future[T]] = [threads.submit(copy_context().run, task) for task in tasks]
            for number, _ in enumerate(as_completed(futures), 1):
                done(number)
            results = [future.result() for future in futures]
        except BaseException:
            self.close()
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        threads.shutdown()
        return results

    def close(self) -> None:
        """End the processes, also in the middle of their work; what is asked of them from now on fails."""
        with self._change:
            self._closed = True
            ended = list(self._living)
            for each in ended:
                each.process.kill()
            self._change.notify_all()
        for each in ended:
            each.process.join(1)

    def _end_hanging(self) -> None:
        """End processes that have work and do nothing: whoever waits for one is told that it is lost."""
        while True:
            time.sleep(_LOOK_INTERVAL)
            with self._change:
                if self._closed:
                    return
                for each in self._living:
                    if each.since is not None and self._hangs(each):
                        each.process.kill()

    @staticmethod
    def _hangs(worker: _Worker) -> bool:
        used, now = worker.used_now(), time.monotonic()
        if used != worker.used:
            worker.used, worker.since = used, now
        return worker.since is not None and now - worker.since > PATIENCE


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join(1)
    worker.pipe.close()


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let signals that ask this process to end wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, others: Sequence[Connection], work: Callable[[Any], Any], first: Any) -> None:
    """Do the work on all that comes through the pipe, and send what comes of it and whether that is an error."""
    # An interrupt ends it at once and without a word: the process that began it says what there is to say. And where
    # that one is gone, however it ended, nobody waits for this one (prctl(2), PR_SET_PDEATHSIG).
    asking = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    for each in asking:
        signal.signal(each, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, asking)
    gc.freeze()
    for each_pipe in others:
        each_pipe.close()
    # An error of it would end the process.
    with contextlib.suppress(Exception):
        work(first)
    with contextlib.suppress(EOFError, OSError):
        while True:
            item = pipe.recv()
            try:
                answer, failed = work(item), False
            except Exception as error:  # noqa: BLE001 - whoever asked for it gets it
                answer, failed = error, True
            try:
                pipe.send((answer, failed))
            except (TypeError, AttributeError, pickle.PicklingError) as error:
                pipe.send((RuntimeError(f"{type(answer).__name__}: {answer} ({error})"), True))
