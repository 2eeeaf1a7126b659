"""Golden files: what a page or message was when a person last looked at it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def golden(path: Path, now: str) -> str:
    """Return the text of a golden file; `make golden` writes what there is now into it before."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    return path.read_text(encoding="utf-8")
