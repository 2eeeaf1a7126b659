"""The outcome of one call of `planbook check`: some files and all that was found in them; where these files are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from planbook.diagnostics.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planbook.check.check import Checked
    from planbook.diagnostics.finding import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """Files in the order of the call, their diagnostics in that order and then by place."""

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    errors: int
    warnings: int

    @classmethod
    def of(cls, files: Sequence[str], outcomes: Iterable[Checked]) -> Self:
        """Gather what was found in each file."""
        diagnostics = tuple(diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics)
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
        return cls(tuple(files), diagnostics, errors, len(diagnostics) - errors)

    @property
    def summary(self) -> str:
        """The last line that people read."""
        if not self.diagnostics:
            return f"{'、'.join(self.files)}: 問題はありません。"
        return f"エラー {self.errors} 件、警告 {self.warnings} 件"


def relative(file: str) -> str:
    """Return the path of a file from the top of its repository, with `/`; else from here; else as it was given.

    GitHub Actions say where the repository is; elsewhere it is the nearest folder above that has `.git`.
    """
    try:
        path = Path(file).resolve()
        if not path.exists():
            return file.replace("\\", "/")
        workspace = os.environ.get("GITHUB_WORKSPACE")
        tops = [Path(workspace).resolve()] if workspace else []
        tops += [folder for folder in path.parents if (folder / ".git").exists()]
        for top in (*tops, Path.cwd()):
            if path.is_relative_to(top):
                return path.relative_to(top).as_posix()
    except OSError:
        pass  # a folder on the way can not be read, or is gone
    return file.replace("\\", "/")
