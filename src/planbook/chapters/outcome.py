"""What reading the chapters of a plan has given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from planbook.diagnostics.finding import Diagnostic, Finding
    from planbook.plan.chapter import Chapter


class ReadChapters(NamedTuple):
    """Chapters by their path. `missing` are findings in the plan file, `diagnostics` those in the chapters' files.

    `cover_picture` are the data of the picture on the cover. `files` are all that were read or looked for.
    """

    chapters: dict[str, Chapter]
    missing: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    cover_picture: str = ""
    files: tuple[Path, ...] = ()
