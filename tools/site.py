"""Build the site of the documentation into `site/`: README, guides, references, and the finished pages of the plan.

    python tools/site.py

The pages are those of the repository, so links between them hold; what is no page (source, licences) has no link.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "site-source"
PAGES = ("README.md", "README.ja.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")

# Under which words the finished pages are listed, where they were made.
FINISHED = {
    "index.md": "## できたもの\n\n白井市の計画から作ったものです：",
    "README.en.md": "## Finished\n\nMade from the plan of 白井市:",
}


def main() -> None:
    """Put the pages together, and let MkDocs do the rest; a link that leads nowhere is an error."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SOURCE / "docs")
    for name in PAGES:
        shutil.copy(ROOT / name, SOURCE / name)
    (SOURCE / "README.ja.md").rename(SOURCE / "index.md")
    (SOURCE / "README.md").rename(SOURCE / "README.en.md")
    outputs = [path for path in sorted((ROOT / "out").iterdir()) if path.suffix in {".pdf", ".html"}]
    for path in outputs:
        (SOURCE / "out").mkdir(exist_ok=True)
        shutil.copy(path, SOURCE / "out" / path.name)
    for page in SOURCE.rglob("*.md"):
        page.write_text(_text(page, outputs), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", str(ROOT / "mkdocs.yml")],
        check=True,
        # The theme would print what it thinks of MkDocs 2.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    shutil.rmtree(SOURCE)


def _text(page: Path, outputs: list[Path]) -> str:
    text = page.read_text(encoding="utf-8")
    # What a block of the guide is, for its tests, stands behind the language; MkDocs would take it for no block at all.
    text = re.sub(r"^( *```\w+) .*$", r"\1", text, flags=re.MULTILINE)
    text = text.replace("(README.md)", "(README.en.md)").replace("(README.ja.md)", "(index.md)")
    if outputs and page.name in FINISHED:
        listed = ", ".join(f"[{path.name}](out/{path.name})" for path in outputs)
        text += f"\n{FINISHED[page.name]} {listed}\n"

    def kept(link: re.Match[str]) -> str:
        target = link[2].partition("#")[0]
        there = not target or re.match(r"[a-z]+:", target) or (page.parent / target).exists()
        return link[0] if there else link[1]

    return re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", kept, text)


if __name__ == "__main__":
    main()
