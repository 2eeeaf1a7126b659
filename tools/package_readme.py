"""The README as the index of packages shows it: there, what leads to a file of the repository leads nowhere.

A hook of hatchling (pyproject.toml), run where a wheel or an sdist is built.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#)[^)\s]*\)")


class PackageReadme(MetadataHookInterface):
    """Puts the README without its relative links into the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme`; a picture becomes its description."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": LINK.sub(r"\2", text)}
