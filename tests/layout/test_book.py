"""The finished books: valid, the same everywhere, and page by page what a person has looked at.

`python -m tests.layout.test_book` (with `src` on the path) writes the golden files anew; look at what changed before
you commit it: `git diff tests/golden` for the texts, the pictures with your own eyes.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from PIL import Image, ImageChops

from bench.fill import fills
from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication
from tests.structure import structure as elements
from tests.validation import assert_valid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden"
PLANS = {
    "real": "data/plan.yaml",
    "stress": "tests/stress/plan.yaml",
    "starter": "src/planbook/project/starter_files/data/plan.yaml",
    "mizuho": "examples/mizuho/plan.yaml",
}
PICTURED = {"cover": 0, "contents": 1, "system-table": 3, "sample-sheet": 6, "sheets": 7, "figures": 19, "index": 20}
DOTS_PER_INCH = 60
TOLERATED_SHADE = 64
"""Of 255: how much a pixel may be lighter or darker. Versions of poppler smooth letters in slightly different ways."""
TOLERATED_PART = 0.002
"""How many of all pixels may differ by more than that."""


@pytest.fixture
def real_book(built: Callable[..., Path]) -> bytes:
    return (built(PLANS["real"]) / "plan.pdf").read_bytes()


@pytest.mark.parametrize("name", ["real", "starter", pytest.param("stress", marks=pytest.mark.slow)])
def test_book_is_archival_and_accessible(name: str, built: Callable[..., Path], tmp_path: Path) -> None:
    options = () if name == "real" else ("-d", "plan", "-f", "pdf")
    assert_valid((built(PLANS[name], *options) / "plan.pdf").read_bytes(), tmp_path)


@pytest.mark.slow
def test_same_bytes_in_other_folders_processes_and_time_zones(built: Callable[..., Path], tmp_path: Path) -> None:
    top = tmp_path / "別の フォルダー"
    (top / "data").mkdir(parents=True)
    shutil.copy(ROOT / PLANS["real"], top / "data/plan.yaml")
    other = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", "from planbook.cli import main; main()", "build"]
    subprocess.run(command, check=True, cwd=top, env={**os.environ, **other}, capture_output=True)
    found, expected = (
        {path.name: path.read_bytes() for path in folder.iterdir()} for folder in (top / "out", built(PLANS["real"]))
    )
    assert len(found) == 6
    assert [name for name, content in expected.items() if content != found[name]] == []


def page_texts(pdf: bytes) -> str:
    """Return the texts of all pages below their labels."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = zip(reader.page_labels, reader.pages, strict=True)
    return "".join(f"──────── {label}\n{page.extract_text().strip()}\n" for label, page in pages)


def structure(pdf: bytes) -> str:
    """Return what a screen reader has: elements with their attributes and texts, without those that only draw."""
    return "".join(f"{line.rstrip()}\n" for line in _elements(elements(pdf)) if line)


_DRAWN = {"Span", "Div", "NonStruct", "Object", "Document", "LBody", "Sect"}


def _elements(lines: list[str]) -> Iterator[str]:
    shown: list[int] = []  # how far the elements around a line are indented
    text = ""
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if match := re.fullmatch(r'\s*"(.*)"', line):
            text += match[1]
        elif (match := re.match(r"\s*(\w+)", line)) and match[1] not in _DRAWN:
            shown = [around for around in shown if around < indent]
            yield text
            text = f"{'  ' * len(shown)}{match[1]} "
            shown.append(indent)
        elif match := re.match(r"\s*/(RowSpan|ColSpan|Scope) (/?\w+)", line):
            text += f"[{match[1]} {match[2].strip('/')}] "
    yield text


def picture(pdf: bytes, page: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-f", str(page + 1), "-singlefile", "-"]
    return Image.open(io.BytesIO(subprocess.run(command, input=pdf, check=True, capture_output=True).stdout))


def test_every_page_reads_as_it_was_looked_at(real_book: bytes) -> None:
    assert page_texts(real_book) == (GOLDEN / "book-pages.txt").read_text(encoding="utf-8")


def test_the_structure_reads_like_the_book(real_book: bytes) -> None:
    assert structure(real_book) == (GOLDEN / "book-structure.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURED)
def test_page_looks_as_it_was_looked_at(name: str, real_book: bytes, tmp_path: Path) -> None:
    now = picture(real_book, PICTURED[name])
    with Image.open(GOLDEN / "pages" / f"{name}.png") as golden:
        assert now.size == golden.size
        difference = ImageChops.difference(now, golden.convert("L"))
    off = sum(difference.histogram()[TOLERATED_SHADE:]) / (now.width * now.height)
    if off > TOLERATED_PART:
        now.save(tmp_path / "now.png")
        ImageChops.invert(difference).save(tmp_path / "difference.png")
        pytest.fail(f"{off:.2%} of the page {name} look different: see now.png and difference.png in {tmp_path}")


@pytest.mark.parametrize(("name", "average"), [("real", 0.75), ("mizuho", 0.7)])
def test_pages_of_sheets_are_full(name: str, average: float, built: Callable[..., Path]) -> None:
    path = built(PLANS[name], *(() if name == "real" else ("-d", "plan", "-f", "pdf"))) / "plan.pdf"
    plan = check((ROOT / PLANS[name]).read_bytes(), "plan.yaml").plan
    assert plan
    book = pypdf.PdfReader(path)
    at = {name: book.get_destination_page_number(place) for name, place in book.named_destinations.items()}
    first = at["part:sheets"]
    end = min(at[part] for part in ("part:figures", "part:indicators") if part in at)
    found = {each.page - 1: each.fill for each in fills(str(path), first + 1, end)}
    assert sum(found.values()) / len(found) >= average
    last_of_policies = {at[policy.id] - 1 for policy in plan.policies} | {end - 1}
    assert [page for page, fill in found.items() if fill < 0.4 and page not in last_of_policies] == []


if __name__ == "__main__":
    real = ROOT / PLANS["real"]
    plan = check(real.read_bytes(), real.name, real).plan
    assert plan
    book = BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)[0].content
    (GOLDEN / "book-pages.txt").write_text(page_texts(book), encoding="utf-8")
    (GOLDEN / "book-structure.txt").write_text(structure(book), encoding="utf-8")
    for page, number in PICTURED.items():
        picture(book, number).save(GOLDEN / "pages" / f"{page}.png", optimize=True)
