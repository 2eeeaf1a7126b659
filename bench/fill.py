"""How full the pages of a PDF are: `python -m bench.fill out/plan.pdf [FIRST LAST]`; pages count from 1.

The fill of a page is how far down its content area something is printed. The area is what lies between the margins of
the sheets (18 mm above, 16 mm below): running heads and footers do not count. Asks for poppler's pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

_DPI = 36
_TOP, _BOTTOM = 18 / 25.4 * _DPI, 16 / 25.4 * _DPI
_SIDES = 12 / 25.4 * _DPI
_INK = 40
"""Of 255: what is darker than the paper by so much is printed."""


class Fill(NamedTuple):
    """The fill of one page, from 0 to 1."""

    page: int
    fill: float


def fills(pdf: str, first: int = 1, last: int = 10_000) -> list[Fill]:
    """Return the fill of each page from `first` to `last`, both included."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(_DPI), "-gray", "-f", str(first), "-l", str(last), pdf, f"{folder}/page"]
        subprocess.run(command, check=True)  # noqa: S603 - a fixed program
        pictures = sorted(Path(folder).iterdir())
        return [Fill(page, _fill(ImageOps.invert(_picture(path)))) for page, path in enumerate(pictures, first)]


def _picture(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("L")


def _fill(ink: Image.Image) -> float:
    area = ink.crop((round(_SIDES), round(_TOP), round(ink.width - _SIDES), round(ink.height - _BOTTOM)))
    box = area.point([0] * _INK + [255] * (256 - _INK)).getbbox()
    return box[3] / area.height if box else 0.0


def main() -> None:
    """Print the fill of each page, and their average."""
    pdf, *pages = sys.argv[1:]
    found = fills(pdf, *map(int, pages))
    for page, fill in found:
        print(f"{page:4} {fill:6.0%}")
    print(f"average {sum(fill for _, fill in found) / len(found):.0%}, least {min(fill for _, fill in found):.0%}")


if __name__ == "__main__":
    main()
