"""What the index of packages shows: the README, and where the repository is.

There, what leads to a file of the repository leads nowhere. The address is that of the repository whose workflow builds
the release, as GitHub says it; built elsewhere, a package names none.

A hook of hatchling (pyproject.toml), run where a wheel or an sdist is built.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#)[^)\s]*\)")


class PackageMetadata(MetadataHookInterface):
    """Puts the README without its relative links, and the addresses of the repository, into the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme`, in which a picture becomes its description, and `urls`."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": LINK.sub(r"\2", text)}
        if repository := os.environ.get("GITHUB_REPOSITORY"):
            address = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{repository}"
            metadata["urls"] = {
                "Source": address,
                "Issues": f"{address}/issues",
                "Changelog": f"{address}/blob/main/CHANGELOG.md",
            }
