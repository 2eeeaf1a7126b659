"""Write what the cases of some sizes read: `python -m bench.prepare FOLDER TIMES...`.

A process of its own: what is measured starts from the process that measures, and would seem to need its memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from bench.book import newcomer_html, typst_data
from bench.cases import PLAN
from bench.plans import enlarged, revised
from planbook.check.check import check
from planbook.exchange.inquiry_tables import departments_asked, of_department
from planbook.exchange.inquiry_workbook import workbook
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.project.publication import Publication

CHANGES = 100
"""How many there are between the two versions that are compared; in the real plan as many as it has titles."""

if TYPE_CHECKING:
    from planbook.plan.model import Plan


def prepare(folder: Path, times: int) -> None:
    """Write the plan of `times` the size of the real one, and the book as each peer takes it."""
    text = PLAN.read_text(encoding="utf-8")
    if times > 1:
        text = enlarged(text, times)
    plan = check(text.encode(), PLAN.name).plan
    if plan is None:
        raise SystemExit(f"The plan of {times} times the size has errors.")
    folder.mkdir(parents=True)
    files = {
        "plan.yaml": text,
        "revised.yaml": revised(text, CHANGES),
        "book.html": render_web_page(plan, Publication.PLAN, Templates()),
        "newcomer.html": newcomer_html(plan),
        "typst.json": typst_data(plan),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    _write_inquiry(plan, folder)


def _write_inquiry(plan: Plan, folder: Path) -> None:
    """Write the workbooks of all departments, and the same with one cell of each of them changed."""
    for name in ("inquiry", "replies"):
        (folder / name).mkdir()
    for department in departments_asked(plan):
        path = folder / "inquiry" / f"{department}.xlsx"
        path.write_bytes(workbook(of_department(plan, department)))
        book = openpyxl.load_workbook(path)
        cell = next(cell for row in book["取組"].iter_rows(min_row=4) for cell in row if not cell.protection.locked)
        cell.value = f"{cell.value}（回答）"
        book.save(folder / "replies" / path.name)


if __name__ == "__main__":
    for size in map(int, sys.argv[2:]):
        prepare(Path(sys.argv[1], str(size)), size)
