"""Where the files of a plan are: its outputs and its own templates stand beside its data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_PLAN = Path("data/plan.yaml")


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders that belong to a plan file.

    A plan in a folder called `data` has its top one folder up (`data/plan.yaml` → `out/`, `templates/`); any other
    plan has everything beside it, so that two plans never share their outputs by accident.
    """

    plan: Path

    @property
    def top(self) -> Path:
        """The folder that holds everything of this plan."""
        folder = self.plan.parent
        return folder.parent if folder.resolve().name == "data" else folder

    @property
    def outputs(self) -> Path:
        """Where the outputs go if nothing else is said."""
        return self.top / "out"

    @property
    def templates(self) -> Path | None:
        """The plan's own templates, if it has any."""
        folder = self.top / "templates"
        return folder if folder.is_dir() else None
