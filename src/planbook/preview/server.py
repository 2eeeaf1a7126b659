"""A port of this machine, and everything that runs behind it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import urllib.parse
from typing import TYPE_CHECKING

import uvicorn

from planbook.html.templates import Templates
from planbook.preview.app import make_app
from planbook.preview.broadcast import Broadcast
from planbook.preview.connections import Connection, ignore_lack_of_files
from planbook.preview.preview_thread import PreviewThread
from planbook.preview.previewing import Previewer
from planbook.preview.printer import PrintingProcess
from planbook.preview.watching import saves

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from planbook.comparison.versions import VersionRead
    from planbook.diagnostics.document import Span
    from planbook.preview.previewing import Preview
    from planbook.project.paths import Workspace

HOST = "127.0.0.1"
TRIED = 50
"""Ports that are tried, one after the other."""


def listen(port: int) -> socket.socket:
    """Return a socket that listens on `port` of this machine alone, or on the next one that is free; 0 is any.

    Raises:
        OSError: none is free.

    """
    last = OSError()
    for candidate in range(port, min(port + TRIED, 65536)):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would share the port with whoever has it
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, candidate))
            found.listen()
        except OSError as error:
            found.close()
            last = error
        else:
            return found
    raise last


EDITORS = {"vscode": "vscode://file{path}:{line}:{column}", "none": ""}
"""Addresses that open an editor at a place, by its name."""


def serve(
    workspace: Workspace,
    listening: socket.socket,
    announce: Callable[[Preview], None],
    against: VersionRead | None = None,
    editor: str = EDITORS["vscode"],
) -> None:
    """Serve the preview of a plan until Ctrl-C; it marks what changed since `against`.

    `announce` is called with every new state, in the thread that makes it. `editor` is the address that opens a place
    in an editor, with {path}, {line} and {column} in it; "" for none.
    """
    broadcast = Broadcast()

    def locate(span: Span) -> dict[str, str]:
        path = urllib.parse.quote(workspace.plan.resolve().as_posix())
        # A drive of Windows has no / before it, and the address needs one.
        path = path if path.startswith("/") else f"/{path}"
        address = editor.format(path=path, line=span.line, column=span.column) if editor else ""
        return {"place": f"{workspace.plan}:{span.line}:{span.column}", "editor": address}

    app = make_app(
        broadcast, listening.getsockname()[1], locate, lambda _: _following(workspace, broadcast, announce, against)
    )
    config = uvicorn.Config(
        app, http=Connection, ws="none", log_config=None, log_level="critical", access_log=False, server_header=False,
        timeout_graceful_shutdown=0,
    )  # fmt: skip
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again when all is shut down
        uvicorn.Server(config).run(sockets=[listening])


@contextlib.asynccontextmanager
async def _following(
    workspace: Workspace, broadcast: Broadcast, announce: Callable[[Preview], None], against: VersionRead | None
) -> AsyncIterator[None]:
    """Keep the broadcast preview new as long as the app runs."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_exception_handler(ignore_lack_of_files)

    def publish(preview: Preview) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits for it any more
            loop.call_soon_threadsafe(broadcast.publish, preview)
            announce(preview)

    printer = PrintingProcess()
    previewer = Previewer(workspace, printer.print, against)
    thread = PreviewThread(previewer, publish)

    def others() -> tuple[Path, ...]:
        files = (each for each in previewer.files if not each.is_dir())
        return (*Templates(workspace.templates).folders, *files)

    async def watch() -> None:
        async for _ in saves(workspace.plan, others, stop):
            thread.wake()

    watching = asyncio.create_task(watch())
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.end()
        printer.end()
        await watching
