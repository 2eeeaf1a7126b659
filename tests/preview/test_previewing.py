"""The states of the preview, without server or browser: the page first, then the PDF, and what was good stays."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import Mock

import pytest

from planbook.check.check import check
from planbook.comparison.versions import read_version
from planbook.html.templates import Templates
from planbook.output.documents import build_outputs
from planbook.preview import previewing
from planbook.preview import printer as printing
from planbook.preview.preview_thread import PreviewThread
from planbook.preview.previewing import Preview, Previewer, Printing
from planbook.preview.printer import PreviewJob, PrintedPdf, Printer, PrintingProcess
from planbook.project.paths import Workspace
from planbook.project.publication import FileFormat, Publication
from planbook.typography.kinsoku import without_joiners

from .conftest import PATIENCE, wait_for  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Small, so that a PDF takes a tenth of a second.
PLAN = """\
format: 1
title: 小さな計画
municipality: 白井市
stage: 案
date: 2024-03
years: [2024, 2025]
vision: [支えあうまち]
departments: [福祉課]
policies:
  - id: policy
    title: 相談体制づくり
    measures:
      - id: measure
        title: 窓口の充実
        projects:
          - id: desk
            title: 総合相談窓口
            goal: 困りごとを受け止める。
            actions:
              - id: opening
                title: 窓口の開設
                departments: [福祉課]
                targets: {2024: 準備, 2025: 開設}
          - id: visits
            title: 訪問
            goal: 出向いて受け止める。
            actions:
              - id: visiting
                title: 訪問相談
                departments: [福祉課]
                targets: {2024-2025: 実施}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "data/plan.yaml"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def previewer(plan: Path) -> Previewer:
    """Prints in this process, where it can be watched."""
    printer = Printer(processes=1)
    return Previewer(Workspace(plan), lambda job, changed: printer.print(job, changed.is_set))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "GRACE", 0.01)


def renew(previewer: Previewer) -> list[Preview]:
    return list(previewer.renew(threading.Event()))


def fresh(plan: Path) -> tuple[bytes, bytes]:
    """Build the plan anew; return its page and its PDF."""
    templates = Templates(Workspace(plan).templates)
    sound = check(plan.read_bytes(), str(plan)).plan
    assert sound
    outputs = build_outputs(sound, templates, [Publication.PLAN], list(FileFormat), lambda *_: None)
    by_format = {output.format: output.content for output in outputs}
    return by_format[FileFormat.HTML], by_format[FileFormat.PDF]


def job_of(plan: Path) -> PreviewJob:
    sound = check(plan.read_bytes(), str(plan)).plan
    assert sound
    return PreviewJob(sound, None, ())


def own_template(plan: Path, name: str, text: str) -> Path:
    path = plan.parents[1] / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_page_comes_before_the_pdf(previewer: Previewer) -> None:
    first, second = renew(previewer)
    assert first.page
    assert first.pdf is None
    assert first.printing is Printing.MAKING
    assert second.page == first.page
    assert second.pdf
    assert second.printing is Printing.READY
    assert not second.failed


def test_the_pdf_is_begun_before_the_page_is_made(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def print_(_: PreviewJob, __: threading.Event) -> PrintedPdf:
        begun.set()
        return PrintedPdf(b"PDF")

    def page(*_: object) -> tuple[str, str]:
        assert begun.wait(PATIENCE)
        return "", ""

    monkeypatch.setattr(previewing, "render_preview_pages", page)
    assert [preview.pdf for preview in renew(Previewer(Workspace(plan), print_))] == [None, b"PDF"]


def test_after_any_edits_all_is_as_a_fresh_build_makes_it(plan: Path, previewer: Previewer) -> None:
    edits = [
        ("窓口の開設", "窓口の新設"),
        ("困りごとを", "どのような困りごとも"),
        ("小さな計画", "大きな計画"),
    ]
    renew(previewer)
    for old, new in edits:
        plan.write_text(plan.read_text("utf-8").replace(old, new), encoding="utf-8")
        preview = renew(previewer)[-1]
        assert preview.page
        assert (preview.page.published, preview.pdf) == fresh(plan)


def test_only_what_changed_is_laid_out_again(plan: Path, previewer: Previewer, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(previewer)
    import weasyprint  # noqa: PLC0415 - only after planbook.pdf has told it where the fonts are

    laid_out = []
    render = weasyprint.HTML.render

    def counted(html: weasyprint.HTML, **options: object) -> object:
        laid_out.append("".join(html.etree_element.itertext()))
        return render(html, **options)

    monkeypatch.setattr(weasyprint.HTML, "render", counted)
    plan.write_text(PLAN.replace("困りごとを受け止める。", "困りごとを受け止めて支援につなぐ。"), encoding="utf-8")
    renew(previewer)
    assert len(laid_out) == 1
    assert "困りごとを受け止めて支援につなぐ。" in without_joiners(laid_out[0])
    plan.write_text(
        PLAN.replace("困りごとを受け止める。", "困りごとを受け止めて支援につなぐ。 # 覚え書き"), encoding="utf-8"
    )
    assert [preview.printing for preview in renew(previewer)] == [Printing.READY]
    assert len(laid_out) == 1


def test_errors_stand_beside_the_last_good_state_until_mended(plan: Path, previewer: Previewer) -> None:
    good = renew(previewer)[-1]
    plan.write_text(
        PLAN.replace(
            "[福祉課]\n                targets: {2024: 準備", "[福祉か]\n                targets: {2024: 準備"
        ),
        "utf-8",
    )
    (bad,) = renew(previewer)
    assert bad.failed
    assert [diagnostic.rule for diagnostic in bad.report.diagnostics] == ["unknown-department"]
    assert (bad.page, bad.pdf) == (good.page, good.pdf)
    plan.write_text(PLAN, encoding="utf-8")
    mended = renew(previewer)[-1]
    assert not mended.failed
    assert (mended.page, mended.pdf) == (good.page, good.pdf)


def test_the_last_good_plan_is_printed_even_if_the_next_is_wrong(plan: Path, previewer: Previewer) -> None:
    changed = threading.Event()
    changed.set()
    assert [preview.pdf for preview in previewer.renew(changed)] == [None]
    plan.write_text("title:", encoding="utf-8")
    bad, printed = renew(previewer)
    assert bad.failed
    assert bad.pdf is None
    assert printed.failed
    assert printed.pdf
    assert printed.printing is Printing.READY


def test_printing_stops_when_something_newer_is_there(plan: Path) -> None:
    printer = Printer(processes=1)
    told = iter([False, True])
    assert printer.print(job_of(plan), lambda: next(told)) is None
    assert next(told, None) is None  # it was asked twice: before it began, and on the way
    assert printer.print(job_of(plan), lambda: False) == PrintedPdf(fresh(plan)[1])


@pytest.mark.parametrize("left", [None, b""], ids=["deleted", "emptied"])
def test_a_file_that_is_away_for_a_moment_is_no_news(plan: Path, previewer: Previewer, left: bytes | None) -> None:
    good = renew(previewer)[-1]
    plan.unlink() if left is None else plan.write_bytes(left)
    changed = threading.Event()
    changed.set()
    assert list(previewer.renew(changed)) == []
    (gone,) = renew(previewer)
    assert gone.failed
    assert ("がありません" in gone.trouble) == (left is None)
    assert gone.page == good.page
    plan.write_text(PLAN, encoding="utf-8")
    assert not renew(previewer)[-1].failed


def test_a_folder_in_the_place_of_the_plan(plan: Path, previewer: Previewer) -> None:
    plan.unlink()
    plan.mkdir()
    (preview,) = renew(previewer)
    assert "フォルダーです" in preview.trouble


def test_a_faulty_template_is_said_and_mended(plan: Path, previewer: Previewer) -> None:
    good = renew(previewer)[-1]
    path = own_template(plan, "web/tools.html.j2", "{% macro tools(view) %}{% if %}")
    plan.write_text(PLAN.replace("小さな", "新しい"), encoding="utf-8")
    bad, printed = renew(previewer)
    assert "テンプレート web/tools.html.j2 の 1 行目" in bad.trouble
    assert bad.page == good.page
    assert printed.failed
    assert (printed.page, printed.printing) == (good.page, Printing.READY)
    assert printed.pdf != good.pdf
    plan.write_text(PLAN, encoding="utf-8")
    path.unlink()
    mended = renew(previewer)[-1]
    assert not mended.failed
    assert mended.pdf == good.pdf


def test_a_changed_stylesheet_changes_the_pdf(plan: Path, previewer: Previewer) -> None:
    before = renew(previewer)[-1]
    base = (Templates().folders[0] / "css/base.css").read_text("utf-8")
    own_template(plan, "css/base.css", base + "\nh1 { letter-spacing: .1em }\n")
    after = renew(previewer)[-1]
    assert after.pdf != before.pdf
    assert after.pdf == fresh(plan)[1]


def test_a_layout_error_leaves_the_page_new_and_the_pdf_old(plan: Path, previewer: Previewer) -> None:
    good = renew(previewer)[-1]
    path = own_template(plan, "css/base.css", "h1 { colour: red }\n")
    plan.write_text(PLAN.replace("小さな", "新しい"), encoding="utf-8")
    page, pdf = renew(previewer)
    assert page.page != good.page
    assert pdf.printing is Printing.FAILED
    assert "colour" in pdf.pdf_trouble
    assert pdf.pdf == good.pdf
    assert not pdf.failed
    path.unlink()
    assert renew(previewer)[-1].printing is Printing.READY


def test_without_pango_there_is_the_page(previewer: Previewer, monkeypatch: pytest.MonkeyPatch) -> None:
    from planbook.errors import PangoMissing  # noqa: PLC0415

    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "planbook.layout.book":
                raise PangoMissing(name)

    monkeypatch.delitem(sys.modules, "planbook.layout.book", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    page, pdf = renew(previewer)
    assert page.page
    assert pdf.printing is Printing.FAILED
    assert "Pango がない" in pdf.pdf_trouble


# ---- The thread ----


@pytest.fixture
def published(previewer: Previewer) -> Iterator[tuple[PreviewThread, list[Preview]]]:
    states: list[Preview] = []
    worker = PreviewThread(previewer, states.append)
    worker.start()
    yield worker, states
    worker.end()
    worker.join()


def test_a_bug_is_said_and_the_next_save_is_tried(
    plan: Path, published: tuple[PreviewThread, list[Preview]], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, states = published

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(previewing, "check", broken)
    worker.wake()
    wait_for(lambda: states)
    assert "不具合" in states[-1].trouble
    assert "ZeroDivisionError" in states[-1].trouble
    monkeypatch.undo()
    plan.write_text(PLAN, encoding="utf-8")
    worker.wake()
    wait_for(lambda: states[-1].printing is Printing.READY and not states[-1].failed)


def test_the_newest_of_many_saves_wins(plan: Path, published: tuple[PreviewThread, list[Preview]]) -> None:
    worker, states = published
    for number in range(50):
        plan.write_text(PLAN.replace("小さな", f"第{number}の"), encoding="utf-8")
        worker.wake()
    wait_for(lambda: states and states[-1].printing is Printing.READY)
    assert states[-1].page
    assert "第49の計画".encode() in states[-1].page.published
    assert states[-1].pdf == fresh(plan)[1]
    assert len(states) < 50


# ---- The process ----


@pytest.fixture
def process() -> Iterator[PrintingProcess]:
    process = PrintingProcess()
    yield process
    process.end()


@pytest.mark.slow
def test_a_process_of_its_own_prints_the_same(plan: Path, process: PrintingProcess) -> None:
    assert process.print(job_of(plan), threading.Event()) == PrintedPdf(fresh(plan)[1])


@pytest.mark.slow
def test_nobody_waits_for_what_is_printed_when_something_newer_is_there(plan: Path, process: PrintingProcess) -> None:
    newer = threading.Event()
    newer.set()
    assert process.print(job_of(plan), newer) is None
    assert process.print(job_of(plan), newer) is None
    plan.write_text(PLAN.replace("小さな", "新しい"), encoding="utf-8")
    assert process.print(job_of(plan), threading.Event()) == PrintedPdf(fresh(plan)[1])


@pytest.mark.slow
def test_a_process_that_dies_is_begun_again(plan: Path, process: PrintingProcess) -> None:
    newer = threading.Event()
    newer.set()
    assert process.print(job_of(plan), newer) is None
    (child,) = multiprocessing.active_children()
    child.kill()
    died = process.print(job_of(plan), threading.Event())
    assert died
    assert "途中で終わりました" in died.trouble
    assert process.print(job_of(plan), threading.Event()) == PrintedPdf(fresh(plan)[1])


@pytest.mark.slow
def test_it_ends_in_the_middle_of_its_work(plan: Path, process: PrintingProcess) -> None:
    newer = threading.Event()
    newer.set()
    process.print(job_of(plan), newer)
    (child,) = multiprocessing.active_children()
    process.end()
    child.join(PATIENCE)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.slow
def test_another_process_takes_over_before_one_has_grown(plan: Path) -> None:
    process = PrintingProcess(most_jobs=2)
    try:
        expected = PrintedPdf(fresh(plan)[1])
        pids = []
        for _ in range(2):
            assert process.print(job_of(plan), threading.Event()) == expected
            pids.append({child.pid for child in multiprocessing.active_children()})
        assert len(pids[0]) == 1
        assert len(pids[1]) == 2  # the next one lays out the plan meanwhile

        def taken_over() -> bool:
            assert process.print(job_of(plan), threading.Event()) == expected
            return pids[0].isdisjoint(child.pid for child in multiprocessing.active_children())

        wait_for(taken_over)
        assert len(multiprocessing.active_children()) <= 2
    finally:
        process.end()
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_the_next_process_may_die(plan: Path) -> None:
    process = PrintingProcess(most_jobs=1)
    try:
        expected = PrintedPdf(fresh(plan)[1])
        assert process.print(job_of(plan), threading.Event()) == expected
        (first, successor) = sorted(multiprocessing.active_children(), key=lambda child: child.pid or 0)
        successor.kill()
        successor.join(PATIENCE)
        assert process.print(job_of(plan), threading.Event()) == expected
        assert first.is_alive()
    finally:
        process.end()


class ScriptedPipe:
    """The pipe to a process that prints at once, or, where it is slow, only what it is given the second time."""

    def __init__(self, *, slow: bool) -> None:
        self.sent: list[PreviewJob | None] = []
        self._slow = slow
        self._answers: list[PrintedPdf | None] = []

    def send(self, item: PreviewJob | None) -> None:
        self.sent.append(item)
        if item is None or not self._slow or self.sent[:-1] != []:
            self._answers.append(None if item is None else PrintedPdf(b"slow" if self._slow else b"quick"))

    def poll(self, _: float = 0) -> bool:
        return bool(self._answers)

    def recv(self) -> PrintedPdf | None:
        return self._answers.pop(0)

    def close(self) -> None:
        pass


def test_the_next_process_rests_while_something_is_printed(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipes = [ScriptedPipe(slow=False), ScriptedPipe(slow=True)]
    started = iter([printing._Process(Mock(), cast("Any", pipe)) for pipe in pipes])  # noqa: SLF001 - no other door
    monkeypatch.setattr(printing._Process, "started", lambda: next(started))  # noqa: SLF001
    process, job = PrintingProcess(most_jobs=4), job_of(plan)
    quick, slow = pipes
    for expected in ([], [], [], [job], [job, None, job]):  # what the next one was sent by the end of each job
        assert process.print(job, threading.Event()) == PrintedPdf(b"quick")
        assert slow.sent == expected
    assert quick.sent == [job] * 5
    # It has laid out the plan meanwhile.
    assert process.print(job, threading.Event()) == PrintedPdf(b"slow")


def test_what_changed_since_a_version_is_marked(plan: Path) -> None:
    against = read_version(plan.read_bytes(), "HEAD")
    printer = Printer(processes=1)
    previewer = Previewer(Workspace(plan), lambda job, changed: printer.print(job, changed.is_set), against)
    first = renew(previewer)[0].page
    assert first
    assert "変更はありません。" in first.live.decode()
    plan.write_text(PLAN.replace("訪問相談", "家庭への訪問相談"), encoding="utf-8")
    page = renew(previewer)[0].page
    assert page
    assert '<a href="#visiting" data-change="変更">' in page.live.decode()
    assert "data-change" not in page.published.decode()
