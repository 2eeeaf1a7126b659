"""What running a command takes, all the processes that it starts included."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.tree import PeakMemory, children

if TYPE_CHECKING:
    import resource
    from collections.abc import Container, Mapping, Sequence

_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 2.0
"""Seconds to wait for processes that a command leaves behind."""


class Failed(Exception):
    """A command that is to be measured did not work: `str()` says which, and its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall-clock and processor time in seconds, the peak memory of all its processes in MB (10⁶ bytes).

    `output` is what the command printed.
    """

    wall: float
    cpu: float | None
    """None where nobody could tell it apart."""
    peak: float
    output: str


def adopt_orphans() -> None:
    """Let processes whose parent ends become children of this one, so that their time counts, too (Linux, prctl(2)).

    A browser starts its renderers through helpers that do not wait for them.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def run(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a command to its end, with `env` added to the environment.

    Raises:
        Failed: its exit code is not 0.

    """
    memory = PeakMemory()
    earlier = frozenset(children(os.getpid()))
    started = time.perf_counter()
    with (
        memory,
        subprocess.Popen(  # noqa: S603 - the commands are our own
            command, env=os.environ | env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{' '.join(command)}: exit code {process.returncode}\n{output[-1000:]}")
    usages = [usage, *_orphans(earlier)]
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    # Of a single process, the system knows the peak better than anyone who only looks now and then.
    largest = max(each.ru_maxrss for each in usages) * 1024
    return Run(wall, cpu, max(largest, memory.bytes) / 1e6, output)


def _orphans(earlier: Container[int]) -> list[resource.struct_rusage]:
    """Wait for what the command left behind, and return what it took. Children from before are not its own."""
    usages = []
    deadline = time.monotonic() + _PATIENCE
    while (left := [pid for pid in children(os.getpid()) if pid not in earlier]) and time.monotonic() < deadline:
        for pid in left:
            ended, _, usage = os.wait4(pid, os.WNOHANG)
            if ended:
                usages.append(usage)
        time.sleep(0.01)
    return usages
