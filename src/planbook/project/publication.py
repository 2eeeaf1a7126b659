"""What a build makes: which publications, in which formats, as which files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Progress = Callable[[str, int, int], None]
"""Called with what is being made, how many steps are done, and how many there are."""


class Publication(StrEnum):
    """What is published of a plan: the book, or one part of it alone. The value is the name of the file."""

    PLAN = "plan"
    SYSTEM_TABLE = "system-table"
    SHEETS = "sheets"


class FileFormat(StrEnum):
    """The formats of each publication; the value is the ending of the file."""

    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Output:
    """One file to write. `pages` is None where the format has no pages."""

    publication: Publication
    format: FileFormat
    content: bytes
    pages: int | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.publication}.{self.format}"
