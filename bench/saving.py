"""Save edits while `planbook serve` runs, as a browser beside it sees it.

Prints lines of a name and seconds, by the clock and of the processor: from the moment at which the file has its new
text until the new page has come, and until the new PDF has. Of edits of one sheet it is the median, of edits of titles
the slowest.
"""

from __future__ import annotations

import http.client
import json
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.edits import edited, retitled
from bench.tree import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITS = 5
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


def main(planbook: str, path: Path, edits: int = EDITS) -> None:
    """Measure with a copy of the plan at `path`."""
    text = path.read_text(encoding="utf-8")
    path = path.with_name("saved.yaml")
    path.write_text(text, encoding="utf-8")
    command = [planbook, "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:  # noqa: S603
        try:
            port = next(int(match[1]) for line in server.stdout or () if (match := _ADDRESS.search(line)))
            measured = [_saved(path, new, port, server.pid) for new in edited(text, edits)]
            titles = [_saved(path, new, port, server.pid)[-1] for new in retitled(text)]
        finally:
            server.send_signal(signal.SIGINT)
    for name, runs in zip(("save to page", "save to PDF"), zip(*measured, strict=True), strict=True):
        walls, cpus = zip(*runs, strict=True)
        print(name, statistics.median(walls), statistics.median(cpus), sep="\t")
    print("save title to PDF", *max(titles), sep="\t")


def _saved(path: Path, text: str, port: int, server: int) -> list[tuple[float, float]]:
    """Save a text; return what it took until the page was there, and until the PDF was."""
    states = _states(port)
    before = next(state["page"] for state in states if state["pdf"]["state"] == "ready" and not state["failed"])
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    wall, cpu = time.perf_counter(), seconds(server)
    beside.replace(path)
    taken = []
    for address, is_new in (("/", lambda _: True), ("/plan.pdf", lambda state: state["pdf"]["state"] == "ready")):
        next(state for state in states if state["page"] != before and is_new(state))
        _get(port, address).read()
        taken.append((time.perf_counter() - wall, seconds(server) - cpu))
    return taken


def _states(port: int) -> Iterator[dict[str, Any]]:
    """Yield what the server tells the open page: its state now, and each new one."""
    for line in _get(port, "/events"):
        if line.startswith(b"data:"):
            yield json.loads(line.removeprefix(b"data:"))


def _get(port: int, address: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", address)
    return connection.getresponse()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
