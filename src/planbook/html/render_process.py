"""A plan's own templates are rendered by a process of their own, which is ended when it takes too much.

Jinja's sandbox keeps templates from Python's insides, and leaves time and memory to whoever uses it. No list of what is
slow or large would be complete; the system ends a process whatever it is doing.
"""

from __future__ import annotations

import contextlib
import faulthandler
import pickle
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from planbook.errors import TemplateError
from planbook.html.renderer import Renderer
from planbook.html.template_files import TemplateFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 60.0
"""What one rendering may take: for a plan of 3,500 actions, the largest page of planbook's own takes a tenth of it."""

_MEMORY = 1_000_000_000
"""Bytes that the process may have in all. On Windows only its time is bounded."""

_MAX_MESSAGE = 250_000_000
"""Bytes of one page."""

_LENGTH = 8
"""Bytes in which the length of a message stands before it."""

_RENDERED, _REFUSED = b"+", b"-"


class RenderProcess:
    """Renders like a `Renderer`, in a process that is begun for the first page and again after it was ended."""

    def __init__(self, own: Path) -> None:
        self._own = own
        self._end: weakref.finalize[..., RenderProcess] | None = None
        self._one_at_a_time = threading.Lock()

    def render(self, name: str, views: Mapping[str, Any]) -> str:
        """Render one template.

        Raises:
            TemplateError: see `Renderer`; or it took too much.
            OSError: the system has no room for another process.

        """
        with self._one_at_a_time:
            end = self._end or self._begin()
            try:
                _send(self._questions, pickle.dumps((name, views)))
                kind, answer = self._answers.read(1), _receive(self._answers).decode("utf-8", "surrogatepass")
            except (EOFError, OSError) as error:
                end()
                self._end = None
                why = "時間がかかりすぎるか、作るものが大きすぎます"
                raise TemplateError(f"テンプレート {name} は組み立てません（{why}）。") from error
        if kind == _REFUSED:
            raise TemplateError(answer)
        return answer

    def _begin(self) -> weakref.finalize[..., RenderProcess]:
        # -P: a module in the current folder is a stranger's as well.
        command = [sys.executable, "-P", "-m", __name__, str(self._own), str(SECONDS)]
        process = subprocess.Popen(  # noqa: S603 - no shell, and no argument is taken for an option
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._questions, self._answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        self._end = weakref.finalize(self, _end, process)
        return self._end


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what it has not read yet
            if pipe:
                pipe.close()
    process.wait()


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big") + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > _MAX_MESSAGE or len(message := pipe.read(length)) < length:
        raise EOFError
    return message


def _serve(files: TemplateFiles, seconds: float) -> None:
    """Render what is asked for, until nobody asks any more."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    renderer = Renderer(files)
    with contextlib.suppress(EOFError):
        while True:
            # From whoever began this process. What goes back is text alone.
            name, views = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301
            faulthandler.dump_traceback_later(seconds, exit=True)
            kind, answer = _answer(renderer, name, views)
            faulthandler.cancel_dump_traceback_later()
            sys.stdout.buffer.write(kind)
            _send(sys.stdout.buffer, answer.encode("utf-8", "surrogatepass"))


def _answer(renderer: Renderer, name: str, views: Mapping[str, Any]) -> tuple[bytes, str]:
    try:
        return _RENDERED, renderer.render(name, views)
    except TemplateError as error:
        return _REFUSED, str(error)
    except MemoryError:
        return _REFUSED, f"テンプレート {name} は組み立てません（作るものが大きすぎます）。"


if __name__ == "__main__":
    _serve(TemplateFiles(Path(sys.argv[1])), float(sys.argv[2]))
