"""Where the bundled templates and fonts are."""

from __future__ import annotations

from pathlib import Path


def bundled_templates() -> Path:
    """Return the folder of the templates: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parents[1]
    installed = here / "templates"
    return installed if installed.is_dir() else here.parents[1] / "templates"


def bundled_fonts() -> Path:
    """Return the folder of the fonts and their `fonts.conf`."""
    return bundled_templates() / "fonts"
