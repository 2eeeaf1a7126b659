"""Make the gallery, `docs/ja/gallery.md`: every page of the plan and of the examples, as planbook prints them.

    python tools/gallery.py

It needs pdftoppm (poppler-utils), and is run by `make docs`.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/ja/gallery.md"
IMAGES = ROOT / "docs/images/gallery"
PLANS = {
    "shiroi": "data/plan.yaml",
    **{path.parent.name: path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "examples").glob("*/plan.yaml"))},
}
IN_A_ROW = 6
CELL = 240
"""Pixels of a square that holds a page, upright or wide."""
GAP = 10
COLOURS = 24
"""Of a palette: pages have few colours."""
STYLES = {"form": "市の様式（`style: form`）", "book": "本の様式（`style: book`）"}
BEGINNINGS = {"measure": "施策ごとに改ページ", "policy": "基本方針ごとに改ページ", "flow": "続けて印刷"}


def main() -> None:
    """Write the page, and one picture with all pages of each book."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    texts = ["# ページの見本\n\nこのリポジトリの計画から作った本の、すべてのページです。`make docs` で作り直せます。\n"]
    for name, path in PLANS.items():
        source = ROOT / path
        plan = check(source.read_bytes(), source.name, source).plan
        if plan is None:
            sys.exit(f"{path} has errors")
        pages = _pages(BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content)
        _sheet(pages).quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)
        how = f"{STYLES[plan.book.style]}、{BEGINNINGS[plan.book.begin]}"
        texts.append(
            f"## {plan.title}\n\n{how}。{len(pages)} ページ。元の計画は [{path}](../../{path}) です。\n\n"
            f"![{plan.title}の全{len(pages)}ページ](../images/gallery/{name}.png)\n"
        )
    PAGE.write_text("\n".join(texts), encoding="utf-8")


def _pages(pdf: bytes) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-scale-to", str(CELL), "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]


def _sheet(pages: list[Image.Image]) -> Image.Image:
    """Lay the pages out in rows, each in the middle of its place."""
    rows = math.ceil(len(pages) / IN_A_ROW)
    sheet = Image.new("RGB", (IN_A_ROW * (CELL + GAP) + GAP, rows * (CELL + GAP) + GAP), "#8c949c")
    for at, page in enumerate(pages):
        left = GAP + at % IN_A_ROW * (CELL + GAP) + (CELL - page.width) // 2
        top = GAP + at // IN_A_ROW * (CELL + GAP) + (CELL - page.height) // 2
        sheet.paste(page, (left, top))
    return sheet


if __name__ == "__main__":
    main()
