"""No stranger, and nothing that stands in the plan's place, stops the preview."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

import pytest

from planbook.preview import connections

from .conftest import wait_for  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from .conftest import Serving


def connected(serving: Serving) -> socket.socket:
    return socket.create_connection(("127.0.0.1", serving.port), timeout=connections.SLOWEST + 10)


def test_a_head_of_a_request_that_comes_slowly_ends_the_connection(serving: Serving) -> None:
    begun = time.monotonic()
    slow = connected(serving)
    slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
    closed = False
    while not closed and time.monotonic() < begun + 2 * connections.SLOWEST:
        slow.settimeout(1)
        try:
            closed = slow.recv(1) == b""
        except TimeoutError:
            slow.sendall(b"x")
        except OSError:
            closed = True
    slow.close()
    assert closed


def test_many_idle_connections_leave_room_once_they_end(serving: Serving) -> None:
    many = [connected(serving) for _ in range(connections.MAX_CONNECTIONS + 20)]
    for each in many:
        each.close()

    def answers() -> bool:
        try:
            return serving.ask("/plan.html")[0] == 200
        except ConnectionError:  # the server has not seen yet that the others are closed
            return False

    wait_for(answers)


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_device_in_place_of_the_plan_is_said_and_the_plan_taken_again(serving: Serving, kind: str) -> None:
    serving.settle()
    content = serving.plan.read_bytes()
    serving.plan.unlink()
    if kind == "pipe":
        os.mkfifo(serving.plan)
    else:
        serving.plan.symlink_to("/dev/zero")
    assert "パイプや装置" in serving.wait(lambda state: "パイプ" in state["trouble"])["trouble"]
    serving.plan.unlink()
    serving.plan.write_bytes(content)
    serving.wait(lambda state: not state["failed"])
