"""Connections of browsers to the preview: no stranger keeps them by sending a request slowly, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from asyncio import Transport

SLOWEST = 10.0
"""Seconds in which the head of a request has to be there."""

MAX_CONNECTIONS = 200
"""Connections at the same time: a browser has six of them, and systems allow a process some hundreds of files."""


class Connection(H11Protocol):
    """A connection that is closed where no request comes."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Wait for a request, unless there are too many connections."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come of a request."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        """Give a request that has not come whole the time that is left to it."""
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(SLOWEST, self._close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self._deadline = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.abort()


def ignore_lack_of_files(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Take errors of the loop: where the system has no file left for a connection, the next one may get it."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)
