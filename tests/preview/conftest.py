"""`planbook serve` as a user runs it: a process of its own, in a folder with a copy of the plan."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PATIENCE = 600.0
"""Seconds after which a test gives up waiting."""


def wait_for(condition: Callable[[], Any], what: str = "") -> Any:
    """Return the first true value of `condition`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(what or "It did not happen.")


class Serving:
    """A running `planbook serve`."""

    def __init__(self, folder: Path, *options: str, plan: str = "data/plan.yaml") -> None:
        self.folder = folder
        self.plan = folder / plan
        command = [sys.executable, "-c", "from planbook.cli import main; main()", "serve", plan, *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = ""
        self.original = b""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.port = int(wait_for(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/\n", self.said), self.said)[1])

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.said += line

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.interrupt()
        assert "Traceback" not in self.said

    def interrupt(self) -> float:
        """Press Ctrl-C; return the seconds that it takes to end."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        taken = time.monotonic() - begun
        self._listener.join(PATIENCE)
        return taken

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            return response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def state(self) -> dict[str, Any]:
        """Return the newest state, as a browser that connects is told it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/events")
            response = connection.getresponse()
            while not (line := response.readline()).startswith(b"data:"):
                assert line
            return json.loads(line[5:])  # type: ignore[no-any-return]
        finally:
            connection.close()

    def wait(self, condition: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Wait until the newest state meets a condition; return it."""
        return wait_for(lambda: state if condition(state := self.state()) else None, self.said)  # type: ignore[no-any-return]

    def settle(self) -> dict[str, Any]:
        """Wait until page and PDF are there."""
        return self.wait(lambda state: not state["failed"] and state["pdf"]["state"] == "ready")

    def edit(self, old: str, new: str) -> None:
        """Save the plan with one text replaced, as editors do: beside it, then in its place."""
        text = self.plan.read_text(encoding="utf-8")
        assert old in text
        beside = self.plan.with_name(".plan.yaml.tmp")
        beside.write_text(text.replace(old, new, 1), encoding="utf-8")
        beside.replace(self.plan)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with the plan of data/plan.yaml."""
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data/plan.yaml", tmp_path / "data")
    return tmp_path


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The server that most tests share: a new process would lay out everything anew."""
    folder = tmp_path_factory.mktemp("serving")
    shutil.copytree(ROOT / "data", folder / "data")
    with Serving(folder, "--port", "0") as running:
        running.settle()
        running.original = running.ask("/plan.html")[2]
        yield running


@pytest.fixture
def serving(running: Serving) -> Serving:
    """The shared server, with the plan of data/plan.yaml and no templates of its own."""
    shutil.rmtree(running.folder / "templates", ignore_errors=True)
    running.plan.parent.mkdir(exist_ok=True)
    if not running.plan.exists() or running.plan.read_bytes() != (ROOT / "data/plan.yaml").read_bytes():
        shutil.copy(ROOT / "data/plan.yaml", running.plan)
    wait_for(lambda: running.ask("/plan.html")[2] == running.original, running.said)
    running.settle()
    return running
