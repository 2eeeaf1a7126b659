"""The pieces of the benchmark run: nothing here is timed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bench.cases import Cases
from bench.prepare import prepare
from bench.process import Failed, Run, run
from bench.report import into_document, tables
from bench.run import run_case
from bench.targets import Measured, outcomes
from bench.tree import seconds


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "2"
    prepare(folder, 2)
    return folder


@pytest.mark.slow
def test_peers_get_every_action_of_the_plan(inputs: Path) -> None:
    book = json.loads((inputs / "typst.json").read_text(encoding="utf-8"))
    titles = [row["title"] for measure in book["measures"] for sheet in measure["sheets"] for row in sheet["rows"]]
    newcomer = (inputs / "newcomer.html").read_text(encoding="utf-8")
    page = (inputs / "book.html").read_text(encoding="utf-8")
    assert len(titles) == 2 * 55
    assert all(title in newcomer and title in page for title in titles)


@pytest.mark.slow
def test_check_runs_as_it_is_measured(inputs: Path) -> None:
    measured = run(Cases(inputs, 2).check().command, {})
    assert "問題はありません" in measured.output
    assert measured.peak > 1


@pytest.mark.slow
def test_memory_of_processes_counts_together_and_what_they_share_once() -> None:
    each, shared = 40, 60
    program = f"""
import os, signal, time
shared = bytearray({shared}_000_000)
ready, tell = os.pipe()
children = []
for _ in range(2):
    children.append(os.fork())
    if children[-1] == 0:
        own = bytearray({each}_000_000)
        os.write(tell, b"1")
        signal.pause()
for _ in children:
    os.read(ready, 1)
time.sleep(2)  # however busy the machine is, it is looked at while both are there
for child in children:
    os.kill(child, signal.SIGKILL)
    os.wait()
"""
    # A process begins with the memory of the one that starts it, as far as the system tells: so a small one does that.
    measuring = f"import sys; from bench.process import run; print(run([sys.executable, '-c', {program!r}], {{}}).peak)"
    command = [sys.executable, "-c", measuring]
    peak = float(
        subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True).stdout
    )
    assert shared + 2 * each < peak < shared + 2 * each + 50


def test_time_of_a_process_counts_those_that_it_has_started() -> None:
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    with subprocess.Popen([sys.executable, "-c", program], start_new_session=True) as process:
        try:
            end = time.monotonic() + 300
            while seconds(process.pid) < 0.3:
                assert time.monotonic() < end
                time.sleep(0.05)
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_what_is_measured_beside_serve_and_in_a_browser(tmp_path: Path) -> None:
    folder = tmp_path / "1"
    prepare(folder, 1)
    cases = Cases(folder, 1)
    once = [replace(case, command=(*case.command, "1")) for case in (cases.saving(), *cases.opening())]
    found = {label: each for case in once for label, each in run_case(case).items()}
    opened = [f"page {what}, {name} ×1" for name in ("chromium", "firefox") for what in ("usable", "filtered")]
    assert list(found) == ["save to page ×1", "save to PDF ×1", "save title to PDF ×1", *opened]
    assert 0 < found["save to page ×1"].wall < found["save to PDF ×1"].wall
    assert all(found[label].wall > 0 and found[label].cpu is None for label in opened)


@pytest.mark.slow
def test_yamllint_has_nothing_against_the_plan(inputs: Path) -> None:
    run(Cases(inputs, 2).yamllint().command, {})


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(Failed, match=r"exit code 3\nno such plan"):
        run([sys.executable, "-c", "print('no such plan'); raise SystemExit(3)"], {})


@pytest.mark.slow
def test_typst_prints_the_book(inputs: Path) -> None:
    case = Cases(inputs, 2).typst()
    run(case.command, {})
    assert case.output.read_bytes().startswith(b"%PDF")


def measured(walls: list[float], pages: int | None = None, peak: float = 100) -> Measured:
    return Measured([Run(wall, wall, peak, "") for wall in walls], pages)


def test_ratios_are_of_medians_and_their_spread_of_rounds() -> None:
    (outcome,) = outcomes({"build pdf ×1": measured([2, 3, 10]), "chromium ×1": measured([2, 2, 5])})
    assert (outcome.ratio, outcome.lowest, outcome.highest) == (1.5, 1, 2)
    assert not outcome.met


def test_time_per_page_is_divided_by_pages() -> None:
    cases = {"build pdf ×4": measured([1], pages=10), "build pdf ×64": measured([20], pages=160)}
    (outcome,) = outcomes(cases)
    assert outcome.ratio == 1.25
    assert outcome.met


def test_some_ratios_have_to_be_large() -> None:
    cases = {"newcomer ×16": measured([7]), "build pdf ×16": measured([2], peak=499)}
    assert {str(each.target): each.met for each in outcomes(cases)} == {
        "newcomer ×16 / build pdf ×16": True,
        "build pdf ×16: peak MB": True,
    }


def test_what_has_no_target_is_shown_and_no_more() -> None:
    cases = {
        "save to page ×1": Measured([Run(1, None, 50, "")]),
        "build pdf ×1": measured([4]),
        "yamllint ×1": measured([4]),
    }
    (outcome,) = outcomes(cases)
    assert (outcome.ratio, outcome.cpu, outcome.met) == (0.25, None, None)
    assert "| save to page ×1 / build pdf ×1 |        | 0.25 " in tables(cases, [outcome])


def test_the_document_keeps_what_stands_around_the_tables(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter\n", encoding="utf-8")
    cases = {"check ×1": measured([0.25])}
    into_document(document, tables(cases, list(outcomes(cases))), {"processors": 2})
    text = document.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| check ×1 | 0.25" in text
    assert "processors 2" in text
    assert "old" not in text
