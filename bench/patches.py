"""What each patch of WeasyPrint gains: `python -m bench.patches`.

Prints for each the CPU time of the book of four times the real plan, in one process, without that patch, divided by the
time with all of them: the median of pairs that ran one after the other. Below 1.05 a patch has not earned its place.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.plans import enlarged

TIMES, ROUNDS = 4, 5
PATCHES = ("computed_styles", "text_layouts", "html_reading")


def main() -> None:
    """Measure all patches, or print the CPU time of one build without the patch that is named."""
    if sys.argv[1:]:
        print(_book_without(sys.argv[1]))
        return
    for patch in PATCHES:
        ratios = [_seconds(patch) / _seconds("none") for _ in range(ROUNDS)]
        print(f"{patch:16} {statistics.median(ratios):.2f}   {' '.join(f'{ratio:.2f}' for ratio in ratios)}")


def _seconds(patch: str) -> float:
    command = [sys.executable, "-m", "bench.patches", patch]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603


def _book_without(patch: str) -> float:
    # Here, so that the process that only compares others stays small.
    from planbook.check.check import check  # noqa: PLC0415
    from planbook.html.templates import Templates  # noqa: PLC0415
    from planbook.layout.book import BookPrinter  # noqa: PLC0415
    from planbook.pdf import weasyprint_patches as patches  # noqa: PLC0415
    from planbook.project.garbage_collection import collect_garbage_rarely  # noqa: PLC0415
    from planbook.project.publication import Publication  # noqa: PLC0415

    if patch == "html_reading":
        patches.USED = False
    kept = [place for place in patches._PLACES if not place[3].__module__.endswith(patch)]  # noqa: SLF001
    patches._PLACES[:] = kept  # noqa: SLF001
    text = enlarged(Path("data/plan.yaml").read_text("utf-8"), TIMES)
    plan = check(text.encode(), "plan.yaml").plan
    if plan is None:
        raise SystemExit("the enlarged plan has errors")
    collect_garbage_rarely()
    begin = time.process_time()
    BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
