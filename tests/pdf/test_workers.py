"""The pool of worker processes: none that is stopped, dead or hanging keeps anybody waiting."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are other processes on Linux alone")

SCRIPT = """
import os, signal, sys, threading, time
from functools import partial
import planbook.pdf.workers as workers
from planbook.pdf.workers import WorkerPool, WorkersLost

workers.PATIENCE, workers._LOOK = 1.0, 0.1
here = os.getpid()

def stop():
    os.kill(os.getpid(), signal.SIGSTOP)

def die():
    os._exit(1)

def hang():
    threading.Event().wait()

def compute():
    end = time.process_time() + 1.4
    while time.process_time() < end:
        pass
    return "computed"

def refuse():
    raise ValueError("no")

def unpicklable():
    raise RuntimeError(threading.Lock())

pool = WorkerPool(lambda name: None if name is None else globals()[name](), 2, None)

def ask(name):
    try:
        return pool.ask(name)
    except (WorkersLost, ValueError, RuntimeError) as error:
        return type(error).__name__

print(pool.all([partial(ask, name) for name in sys.argv[1:]], lambda _: None))
pool.close()
"""


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["stop", "compute"], ["WorkersLost", "computed"]),
        (["die", "compute"], ["WorkersLost", "computed"]),
        (["hang", "compute"], ["WorkersLost", "computed"]),
        (["refuse", "unpicklable", "compute"], ["ValueError", "RuntimeError", "computed"]),
        (["stop", "die", "compute", "compute"], ["WorkersLost"] * 4),
    ],
)
def test_what_one_process_does_not_answer_is_told(asked: list[str], expected: list[str]) -> None:
    command = [sys.executable, "-c", SCRIPT, *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert (done.stdout, done.stderr) == (f"{expected}\n", "")
