"""Edit one sheet again and again in a process that has built the plan before, as one does beside `planbook serve`.

Prints a line of the name and two medians: seconds by the clock and of the processor from the new text to the new
pages, which are checked, laid out, and written as PDF and web page.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from bench.edits import edited
from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.layout.book import BookPrinter
from planbook.project.garbage_collection import collect_garbage_rarely
from planbook.project.publication import Publication

EDITS = 5


def main(path: Path) -> None:
    """Measure with the plan at `path`."""
    collect_garbage_rarely()  # as the printer of the preview does
    templates = Templates()
    printer = BookPrinter(templates)

    def build(text: str) -> None:
        plan = check(text.encode(), path.name).plan
        if plan is None:
            raise SystemExit("the edited plan has errors")
        printer.print(plan, [Publication.PLAN], lambda *_: None)
        render_web_page(plan, Publication.PLAN, templates)

    text = path.read_text(encoding="utf-8")
    build(text)
    walls, cpus = [], []
    for new in edited(text, EDITS):
        wall, cpu = time.perf_counter(), time.process_time()
        build(new)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print("one edit", statistics.median(walls), statistics.median(cpus), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
