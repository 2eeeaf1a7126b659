"""Where files are: the outputs and own templates of a plan, and the templates and fonts that planbook brings along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_PLAN = Path("data/plan.yaml")

HOUSE_STYLE = "css/house-style.css"
"""The stylesheet for colours and sizes of a plan's own, below its templates; the bundled one is empty."""


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


def bundled_templates() -> Path:
    """Return the folder of the templates: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parents[1]
    installed = here / "templates"
    return installed if installed.is_dir() else here.parents[1] / "templates"


def bundled_fonts() -> Path:
    """Return the folder of the fonts and their `fonts.conf`."""
    return bundled_templates() / "fonts"
