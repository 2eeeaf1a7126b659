"""Prints in a process of its own: so the page of the next save does not wait for the PDF of the last one."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.errors import LayoutError, PangoMissing, TemplateError, bug_report, system_reason
from planbook.html.templates import Templates
from planbook.project.garbage_collection import collect_garbage_rarely
from planbook.project.publication import Publication

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from planbook.layout.book import BookPrinter
    from planbook.plan.model import Plan
    from planbook.preview.watching import Fingerprint

STEP = 0.02
"""Seconds after which it is looked whether there is something newer to print."""

MAX_JOBS = 50
"""Jobs after which another process takes over: each leaves a little memory behind."""

_DIED = "PDF を作る処理が途中で終わりました。保存すると、もう一度作ります。"


@dataclass(frozen=True, slots=True)
class PreviewJob:
    """A plan to print, with its own templates, if it has a folder of them; `templates_state` is how these are now."""

    plan: Plan
    templates: Path | None
    templates_state: Fingerprint


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A PDF, or in Japanese why there is none."""

    pdf: bytes | None = None
    trouble: str = ""


class _StoppedError(Exception):
    """What is being printed is of no use any more."""


class Printer:
    """Prints one plan after the other. What has not changed is not laid out again."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes
        self._book_printer: BookPrinter | None = None
        self._fingerprint: Fingerprint | None = None

    def print(self, job: PreviewJob, stop: Callable[[], bool]) -> PrintedPdf | None:
        """Return the PDF or why there is none; None if `stop` was true on the way."""

        def stop_if_asked(*_: object) -> None:
            if stop():
                raise _StoppedError

        try:
            stop_if_asked()
            (output,) = self._printer_for(job).print(job.plan, [Publication.PLAN], stop_if_asked)
        except _StoppedError:
            return None
        except PangoMissing:
            return PrintedPdf(trouble="Pango がないので、PDF は作れません（入れ方は planbook build が知らせます）。")
        except (LayoutError, TemplateError) as error:
            return PrintedPdf(trouble=f"PDF を作れません。\n{error}")
        except OSError as error:
            return PrintedPdf(trouble=f"PDF を作れません（{system_reason(error)}）。")
        except Exception as error:  # noqa: BLE001 - a bug of ours: said like any other trouble, and the next plan is tried
            self._book_printer = None
            return PrintedPdf(trouble=bug_report(error))
        return PrintedPdf(output.content)

    def _printer_for(self, job: PreviewJob) -> BookPrinter:
        from planbook.layout.book import BookPrinter  # noqa: PLC0415
        from planbook.pdf import available_processes  # noqa: PLC0415 - the page alone needs neither WeasyPrint nor Pango

        if self._book_printer is None or job.templates_state != self._fingerprint:
            self._book_printer = None
            gc.collect()  # what failed or was stopped refers to itself, and to all that was laid out before
            self._book_printer = BookPrinter(Templates(job.templates), self._processes or available_processes())
            self._fingerprint = job.templates_state
        return self._book_printer


@dataclass(slots=True)
class _Process:
    """A process that prints, and the pipe to it.

    `jobs` is how many it has had, `busy` whether it owes an answer, `stopped` whether it was told to stop meanwhile.
    """

    process: SpawnProcess
    pipe: Connection
    jobs: int = 0
    busy: bool = False
    stopped: bool = False

    @classmethod
    def started(cls) -> _Process:
        pipe, other = multiprocessing.Pipe()
        # Not a copy of this process: that has threads, and may be on a system that can not copy.
        process = multiprocessing.get_context("spawn").Process(target=work, args=(other,), name="planbook-pdf")
        process.start()
        other.close()
        return cls(process, pipe)

    def begin(self, job: PreviewJob) -> None:
        self.pipe.send(job)
        self.jobs, self.busy, self.stopped = self.jobs + 1, True, False

    def stop(self) -> None:
        """Tell it to stop when it can; what it has laid out until then it keeps."""
        self.pipe.send(None)
        self.stopped = True

    def answer(self) -> PrintedPdf | None:
        """Return what it printed, once it is there, None if it was stopped; raise EOFError where the process died."""
        printed: PrintedPdf | None = self.pipe.recv()
        self.busy = False
        return printed

    def kill(self) -> None:
        self.process.kill()
        self.process.join(1)
        self.pipe.close()


class PrintingProcess:
    """A printer in a process of its own, which begins with the first job.

    Whatever a renderer keeps, its memory is bounded: after some jobs another process takes over. That one has laid out
    the plan by then, so no job waits for it: it does so only while there is nothing to print, or both would share the
    processors just when somebody waits. For as many jobs more it rests so; then it goes on whatever there is to print.
    """

    def __init__(self, most_jobs: int = MAX_JOBS) -> None:
        self._most_jobs = most_jobs
        self._now: _Process | None = None
        self._next: _Process | None = None
        self._ended = False

    def print(self, job: PreviewJob, changed: threading.Event) -> PrintedPdf | None:
        """Print; return None at once when there is something newer than the job, and stop the printer when it can be.

        What has been laid out until then is not laid out again.
        """
        try:
            printing = self._current()
            self._rest_next(printing)
            if printing.busy and self._answer(printing, changed) is _NONE_YET:
                return None
            printing.begin(job)
            answer = self._answer(printing, changed)
            if answer is not _NONE_YET:
                self._prepare_next(job)
                return answer
            printing.stop()
        except (EOFError, OSError):
            self._kill()
            return PrintedPdf(trouble=_DIED)
        return None

    def end(self) -> None:
        """End the process in the middle of whatever it does."""
        self._ended = True
        self._kill()

    def _answer(self, printing: _Process, changed: threading.Event) -> PrintedPdf | None:
        """Wait for the answer to the job that the printer has."""
        while not changed.is_set():
            if printing.pipe.poll(STEP):
                return printing.answer()
        return _NONE_YET

    def _current(self) -> _Process:
        """Return the process that prints now: the next one as soon as it has laid out a plan."""
        if self._ended:
            raise EOFError
        self._take_over()
        self._now = self._now or _Process.started()
        return self._now

    def _take_over(self) -> None:
        """Let the next process take over if it has laid out a plan by now."""
        successor = self._next
        if successor is None or not successor.busy or not successor.pipe.poll():
            return
        try:
            if successor.answer() is None:  # it rests
                return
        except (EOFError, OSError):  # it died; the one there is goes on, and prepares another
            self._give_up_next(successor)
            return
        self._next = None
        if self._now:
            self._now.kill()
        self._now = successor

    def _prepare_next(self, job: PreviewJob) -> None:
        """Begin a next process when it is time for one, or let it go on: nothing is to be printed now."""
        self._take_over()
        if self._next is None and self._now and self._now.jobs >= self._most_jobs and not self._ended:
            self._next = _Process.started()
        successor = self._next
        if successor and not successor.busy:
            try:
                successor.begin(job)
            except OSError:
                self._give_up_next(successor)

    def _rest_next(self, printing: _Process) -> None:
        successor = self._next
        if successor and successor.busy and not successor.stopped and printing.jobs < 2 * self._most_jobs:
            try:
                successor.stop()
            except OSError:
                self._give_up_next(successor)

    def _give_up_next(self, successor: _Process) -> None:
        self._next = None
        successor.kill()

    def _kill(self) -> None:
        both, self._now, self._next = (self._now, self._next), None, None
        for each in filter(None, both):
            each.kill()


_NONE_YET = PrintedPdf()


def work(pipe: Connection) -> None:
    """Print what comes through the pipe until its other end is gone. None stops what is being printed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process at the other end
    if hasattr(os, "nice"):
        os.nice(10)  # the page of the next save comes first, however many processes print
    collect_garbage_rarely()
    printer = Printer()

    def asked_to_stop() -> bool:
        return pipe.poll() and pipe.recv() is None

    with contextlib.suppress(EOFError, OSError):
        while True:
            if (job := pipe.recv()) is not None:
                pipe.send(printer.print(job, asked_to_stop))
                # What the renderer leaves behind refers to itself; what was there before need not be looked at again.
                gc.collect(1)
