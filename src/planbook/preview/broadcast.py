"""The newest preview, for any number of readers in one event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from planbook.preview.previewing import Preview

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Broadcast:
    """Holds the newest preview, and hands it on. Who is slow misses what came between, never the newest."""

    def __init__(self) -> None:
        self.preview = Preview()
        self._renewed = asyncio.Event()

    def publish(self, preview: Preview) -> None:
        """Replace the preview; only to be called in the event loop."""
        self.preview = preview
        renewed, self._renewed = self._renewed, asyncio.Event()
        renewed.set()

    async def follow(self, patience: float) -> AsyncIterator[Preview | None]:
        """Yield the preview and then each newer one; None whenever there was none for `patience` seconds."""
        shown: Preview | None = None
        while True:
            renewed = self._renewed
            if self.preview is not shown:
                shown = self.preview
                yield shown
                continue
            try:
                await asyncio.wait_for(renewed.wait(), patience)
            except TimeoutError:
                yield None
