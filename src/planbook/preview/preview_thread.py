"""The one thread that makes previews: of saves that come while it works, the newest wins."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from planbook.errors import bug_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.preview.previewing import Preview, Previewer


class PreviewThread(threading.Thread):
    """Makes a new preview whenever it is woken, and calls `publish`, in this thread, with each of its states."""

    def __init__(self, previewer: Previewer, publish: Callable[[Preview], None]) -> None:
        super().__init__(name="planbook-preview", daemon=True)
        self._previewer = previewer
        self._publish = publish
        self._changed = threading.Event()
        self._ended = False

    def wake(self) -> None:
        """Say that something was saved."""
        self._changed.set()

    def end(self) -> None:
        """Stop working, at the next step of what is being made; do not wait for that."""
        self._ended = True
        self._changed.set()

    def run(self) -> None:
        """Work until the end."""
        while self._changed.wait() and not self._ended:
            self._changed.clear()
            try:
                for preview in self._previewer.renew(self._changed):
                    self._publish(preview)
            except Exception as error:  # noqa: BLE001 - a bug of ours: said like any other trouble, and the next save is tried
                self._publish(self._previewer.broken(bug_report(error)))
