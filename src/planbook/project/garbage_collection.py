"""How often Python looks for garbage: pages are millions of objects while they are laid out."""

from __future__ import annotations

import gc


def collect_garbage_rarely() -> None:
    """Look for garbage seldom: else it takes a fifth of a build (measured with WeasyPrint 70.0)."""
    gc.set_threshold(200_000, 50, 100)
