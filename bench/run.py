"""Measure planbook beside its peers: `python -m bench.run [--quick]`.

Prints tables, writes bench/results.json and, after a whole run, the tables of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.cases import ENVIRONMENT, Cases, bare_imports
from bench.process import adopt_orphans, run
from bench.report import into_document, tables
from bench.targets import Measured, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.cases import Case
    from bench.process import Run

RESULTS = Path(__file__).parent / "results.json"
DOCUMENT = Path("docs/benchmarks.md")

ROUNDS = {1: 5, 4: 3, 16: 3, 64: 2}
"""How often cases of each size run. Those that repeat by themselves what they measure run once where it takes long."""

QUICK_SIZES, QUICK_ROUNDS = (1, 16), 2
NEWCOMER_UP_TO = 16
"""Beyond this size a newcomer's WeasyPrint takes minutes and gigabytes, and no target asks for it."""

EDITED = (1, 16)
"""The sizes at which edits are measured."""

OPENED = (1, 16, 64)
"""The sizes of which the web page is opened in browsers."""


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the real plan only, in about two minutes")
    quick = parser.parse_args().quick
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        sizes = _prepared(Path(folder), QUICK_SIZES if quick else tuple(ROUNDS))
        cases = list(_quick_cases(sizes) if quick else _all_cases(sizes))
        rounds = {case: _rounds(case, quick=quick) for case in cases}
        run_case(sizes[0].build_all())  # not counted: afterwards bytecode and fonts are in their caches
        runs = _interleaved(rounds)
        measured = {
            label: Measured(each, _pages(case.output), _bytes(case.output))
            for case in cases
            for label, each in runs[case].items()
        }
    report = tables(measured, list(outcomes(measured)))
    print(report)
    machine = _machine()
    results = {
        "machine": machine,
        "cases": {label: asdict(each) for label, each in measured.items()},
        "targets": [{"target": str(each.target), "met": each.met, **asdict(each)} for each in outcomes(measured)],
    }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not quick:
        into_document(DOCUMENT, report, machine)


def _prepared(folder: Path, sizes: Sequence[int]) -> list[Cases]:
    command = [sys.executable, "-m", "bench.prepare", str(folder), *map(str, sizes)]
    subprocess.run(command, env=os.environ | ENVIRONMENT, check=True)  # noqa: S603 - it is our own
    return [Cases(folder / str(times), times) for times in sizes]


def _quick_cases(sizes: Sequence[Cases]) -> Iterator[Case]:
    real, large = sizes
    yield from (bare_imports(), real.check(), real.yamllint(), large.check(), large.yamllint())
    yield from (large.diff(), large.git_diff())
    yield from (real.build_pdf(), real.build_all(), *real.chromium(), real.typst(), real.newcomer())
    yield from (real.edit(), real.saving(), *real.opening())
    yield from (real.export(), real.openpyxl(), real.collect())


def _all_cases(sizes: Sequence[Cases]) -> Iterator[Case]:
    yield from (bare_imports(), sizes[0].hostile())
    for size in sizes:
        yield from (size.check(), size.yamllint(), size.diff(), size.git_diff())
        yield from (size.build_pdf(), size.build_all(), *size.chromium(), size.typst())
        if size.times <= NEWCOMER_UP_TO:
            yield size.newcomer()
        if size.times in EDITED:
            yield from (size.edit(), size.saving())
            yield from (size.export(), size.openpyxl(), size.collect())
        if size.times in OPENED:
            yield from size.opening()


def _rounds(case: Case, *, quick: bool) -> int:
    if case.own_clock and (quick or case.times > 1):
        return 1
    return QUICK_ROUNDS if quick else ROUNDS[case.times]


def _interleaved(rounds: dict[Case, int]) -> dict[Case, dict[str, list[Run]]]:
    """Run every case once in each round; what a case has measured is in lists by label."""
    runs: dict[Case, dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    for number in range(max(rounds.values())):
        for case, most in rounds.items():
            if number < most:
                _say(f"round {number + 1}: {case.label()}")
                for label, measured in run_case(case).items():
                    runs[case][label].append(measured)
    _say("")
    return runs


def run_case(case: Case) -> dict[str, Run]:
    """Run a case once; return what was measured, by label."""
    measured = run(case.command, ENVIRONMENT)
    if not case.own_clock:
        return {case.label(): measured}
    parts = (line.split("\t") for line in measured.output.splitlines())
    return {
        case.label(name): replace(measured, wall=float(wall), cpu=float(cpu[0]) if cpu else None)
        for name, wall, *cpu in parts
    }


def _pages(output: Path | None) -> int | None:
    import pypdf  # noqa: PLC0415 - while others are measured, this process stays small

    return len(pypdf.PdfReader(output).pages) if output and output.suffix == ".pdf" else None


def _bytes(output: Path | None) -> int | None:
    return output.stat().st_size if output else None


def _machine() -> dict[str, Any]:
    """Say on what was measured, in words that tell nothing of whose machine it is."""
    return {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("weasyprint", "typst")},
    }


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
