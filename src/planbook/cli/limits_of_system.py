"""A command in a process of its own, where the system gives only so much: somebody is left to say that it ran out.

Python raises an error where there is no more memory or thread, but the libraries in C below WeasyPrint end the process
(GLib) or write where they got nothing.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PARENT_DEATH_SIGNAL = 1

_RAN_OUT = (
    "メモリが足りないか、プロセスの数の上限に達しました。"
    "上限（ulimit -v、ulimit -u）を上げるか、ほかのプログラムを終えてから、もう一度実行してください。"
)

_OF_LIBRARIES = re.compile(rb"\s*\(process:\d+\): .*|\s*")
"""What GLib says in English before it ends the process."""

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if sys.platform != "win32" else ()


_FEW = 1_000
"""Processes and threads of a user: a system without a limit of its own allows many times as many."""


def is_limited() -> bool:
    """Tell whether this process may have only so much memory (`ulimit -v`), or few threads (`ulimit -u`)."""
    if sys.platform != "linux":
        return False
    import resource  # noqa: PLC0415 - not on Windows

    memory, threads = (resource.getrlimit(each)[0] for each in (resource.RLIMIT_AS, resource.RLIMIT_NPROC))
    return memory != resource.RLIM_INFINITY or 0 <= threads < _FEW


def run_apart(run: Callable[[], int], say: Callable[[str], None]) -> int:
    """Run a command in a copy of this process and return its exit code; 2, and it is said why, if there is none.

    The copy does not come back from here. It is in a group of its own, so that what asks this process to end is asked
    of it once.
    """
    import ctypes  # noqa: PLC0415 - few machines have such limits, and afterwards there may be no memory for it

    errors, errors_of_copy = os.pipe()
    try:
        copy = os.fork()
    except OSError:
        say(_RAN_OUT)
        return 2
    if not copy:
        os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        os.close(errors)
        os.dup2(errors_of_copy, 2)
        os.close(errors_of_copy)
        code = run()
        sys.stdout.flush()
        os._exit(code)
    for number in _FORWARDED:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda number, _: os.kill(copy, number))
    os.close(errors_of_copy)
    said = False
    with os.fdopen(errors, "rb") as lines:
        for line in lines:
            if not _OF_LIBRARIES.fullmatch(line.rstrip(b"\n")):
                said = True
                sys.stderr.buffer.write(line)
                sys.stderr.flush()
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code < 0 and not said:
        say(_RAN_OUT)
    return code if code >= 0 else 2
