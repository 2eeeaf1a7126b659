"""Pages as data: painted in this process or in others, bound whole or in part, they are the same."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from PIL import Image

from planbook.pdf import LayoutError, Typesetter
from planbook.project.paths import bundled_templates
from tests.validation import assert_valid

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURES = """
<style>
.seal { background: url(seal.png) no-repeat; height: 30mm }
.pale { opacity: 0.5; background: linear-gradient(#fff, #1f4e79); height: 20mm }
.dots { background: radial-gradient(#f00 1px, transparent 2px) 0 0 / 4px 4px; height: 5mm }
</style>
<h1>計画</h1>
<p class="seal">印</p><p class="pale">淡い色</p><p class="dots">点</p>
<p><img src="seal.png" alt="市章"> <img src="photo.jpg" alt="庁舎の写真"></p>
<p><svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><title>三角</title>
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="1"/>
</linearGradient></defs>
<path d="M0 40 L20 0 L40 40 Z" fill="url(#g)"/></svg></p>
"""


@pytest.fixture
def pictures(own: Path) -> None:
    """A picture with transparent parts and one without, in the plan's own folder."""
    Image.new("RGBA", (60, 60), (200, 0, 0, 120)).save(own / "seal.png")
    Image.new("RGB", (80, 40), (0, 120, 0)).save(own / "photo.jpg")


def many(book: Any) -> Typesetter:
    return Typesetter(book.CSS, [bundled_templates()], processes=2)


def refuse(*_: Any) -> Any:
    raise AssertionError("laid out in this process")


def test_other_processes_lay_out_the_same(book: Any, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = book.write_book(typesetter)
    several = many(book)
    done: list[int] = []
    sections = (book.CONTENTS, book.TABLE, book.SHEET)
    with several.in_processes():
        laid_out = several.all([partial(several.lay_out, html) for html in sections], done.append)
        several.all([partial(several.stamp, [page for pages in laid_out for page in pages], book.STAMPS)])
    assert done == [1, 2, 3]
    monkeypatch.setattr(several, "_render", refuse)
    assert book.write_book(several) == expected


def test_tasks_ask_one_after_the_other_and_have_tasks_of_their_own(book: Any, typesetter: Typesetter) -> None:
    expected = [typesetter.lay_out(html)[0].content for html in (book.TABLE, book.SHEET, book.CONTENTS)]
    several = many(book)

    def two() -> list[Any]:
        pages = several.all([partial(several.lay_out, html) for html in (book.TABLE, book.SHEET)])
        return [*pages, several.lay_out(book.CONTENTS)]

    with several.in_processes():
        assert [[page.content for (page,) in pages] for pages in several.all([two, two])] == [expected, expected]


def test_measures_come_from_other_processes(book: Any, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [typesetter.measure(html, ("table", "p")) for html in (book.TABLE, book.SHEET)]
    assert [[name for name, _ in page.extents] for (page,) in expected] == [["table"], ["table", "p"]]
    several = many(book)
    tasks = [partial(several.measure, html, ("table", "p")) for html in (book.TABLE, book.SHEET)]
    with several.in_processes():
        assert several.all(tasks) == expected
    monkeypatch.setattr(several, "_render", refuse)
    assert [task() for task in tasks] == expected


def test_what_is_wrong_in_another_process_is_said(book: Any) -> None:
    several = many(book)
    faulty = [book.section(f'<h1>計画</h1><p style="{name}: strict">あ</p>') for name in ("line-break", "float")]
    tasks = [partial(several.lay_out, html) for html in (book.TABLE, *faulty)]
    with several.in_processes(), pytest.raises(LayoutError, match="line-break"):
        several.all(tasks)
    with pytest.raises(LayoutError, match="float"):
        tasks[-1]()


def runs(pid: int) -> bool:
    """Whether a process is there and has not ended: one that nobody waits for stays as a zombie on some machines."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="there are other processes on Linux alone")
def test_processes_end_with_the_one_that_began_them() -> None:
    script = """
import os, time
from functools import partial
from planbook.pdf.workers import WorkerPool

def work(number):
    if number is None:
        return
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)

pool = WorkerPool(work, 2, None)
pool.all([partial(pool.ask, number) for number in range(2)], print)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        pids = [int(process.stdout.readline()) for _ in range(2)]
        process.kill()
        process.wait()
    deadline = time.monotonic() + 300
    while any(map(runs, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


STYLED = """
import os
from planbook.project.paths import bundled_templates
from planbook.pdf import Typesetter

typesetter = Typesetter('p::before { content: "\\\\1F600" }', [bundled_templates()], processes=2)
here, laid_out = os.getpid(), typesetter._laid_out

def lay_out(request):
    if "h1" in request.html:
        assert os.getpid() != here
    return laid_out(request)

typesetter._laid_out = lay_out
html = "<html><body><h1>{0}</h1><div>{0}<b>{0}</b></div></body></html>"
with typesetter.in_processes():
    pages = typesetter.all([lambda title=title: typesetter.measure(html.format(title)) for title in "一二"])
print(*map(len, pages))
typesetter._laid_out = laid_out
with typesetter.in_processes():
    print(*map(len, typesetter.all([lambda title=title: typesetter.lay_out(html.format(title)) for title in "一二"])))
"""


def test_a_stylesheet_that_warns_of_what_is_not_printed_disturbs_nobody() -> None:
    # What every process begins with has a paragraph; with these styles it has a character that no font has.
    done = subprocess.run([sys.executable, "-c", STYLED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 1\n1 1\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="there are other processes on Linux alone")
def test_what_ended_processes_leave_is_laid_out_here(
    book: Any, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = book.write_book(typesetter)
    several = many(book)
    here, render = os.getpid(), several._render
    ended = []

    def end_others(html: str) -> Any:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        ended.append(html)
        return render(html)

    monkeypatch.setattr(several, "_render", end_others)
    with several.in_processes():
        several.all([partial(several.lay_out, html) for html in (book.TABLE, book.SHEET)])
    assert set(ended) == {book.TABLE, book.SHEET}
    assert book.write_book(several) == expected


def test_where_there_is_no_room_for_processes_one_does_all(
    book: Any, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: Any) -> None:
        raise OSError("Cannot allocate memory")

    several = many(book)
    monkeypatch.setattr(os, "fork", no_room)
    done: list[int] = []
    with several.in_processes():
        several.all([partial(several.lay_out, html) for html in (book.TABLE, book.SHEET)], done.append)
    assert done == [1, 2]
    assert book.write_book(several) == book.write_book(typesetter)


def test_after_the_first_build_one_process_does_all(book: Any) -> None:
    several = many(book)
    several.forget_unused()
    here: list[int] = []
    with several.in_processes():
        several.all([lambda: here.append(threading.get_ident())] * 2)
    assert here == [threading.get_ident()] * 2


@pytest.mark.usefixtures("pictures")
def test_pictures_are_valid_and_the_same_from_other_processes(
    book: Any, new_typesetter: Callable[[], Typesetter], tmp_path: Path
) -> None:
    typesetter = new_typesetter()
    pages = typesetter.lay_out(book.section(PICTURES))
    pdf = book.write(typesetter, pages)
    assert_valid(pdf, tmp_path)
    assert book.write(typesetter, pickle.loads(pickle.dumps(pages))) == pdf  # noqa: S301 - our own
    # Twice in one document: what writing changes is a copy.
    assert len(pypdf.PdfReader(io.BytesIO(book.write(typesetter, [*pages, *pages]))).pages) == 2
    path = tmp_path / "pictures.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-png", path, tmp_path / "page"], check=True)
    colours = {colour: number for number, colour in Image.open(tmp_path / "page-1.png").getcolors(99_999)}
    greens = sum(number for (red, green, blue), number in colours.items() if green > 90 and red < 40 and blue < 40)
    pinks = sum(number for (red, green, blue), number in colours.items() if red > 200 and 100 < green == blue < 160)
    assert greens > 100
    assert pinks > 300


@pytest.mark.usefixtures("pictures")
def test_pictures_say_what_they_show(book: Any, new_typesetter: Callable[[], Typesetter]) -> None:
    typesetter = new_typesetter()
    (page,) = typesetter.lay_out(book.section(PICTURES))
    figures = [node.attributes.decode("latin-1") for node in page.structure if node.tag == "Figure"]
    assert len(figures) == 3
    (seal,) = [figure for figure in figures if "<feff5e027ae0>" in figure]
    left, bottom, right, top = map(float, seal[seal.index("BBox") + 4 :].strip(" [").split("]")[0].split())
    assert (right - left, top - bottom) == pytest.approx((45, 45), abs=0.1)
    assert 842 - top > 150


def links_and_headings(pdf: bytes) -> tuple[list[str], str]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    links = [annotation.get_object()["/Contents"] for page in reader.pages for annotation in page.get("/Annots", [])]
    tags: list[str] = []

    def walk(element: Any) -> None:
        if hasattr(element, "get"):
            tags.append(str(element.get("/S", ""))[1:])
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                walk(kid.get_object())

    walk(reader.root_object["/StructTreeRoot"])
    return links, " ".join(tag for tag in tags if tag in {"H1", "H2", "H3", "H4", "Link"})


def test_a_part_of_a_book_stands_alone(book: Any, typesetter: Typesetter, tmp_path: Path) -> None:
    pages = typesetter.lay_out(book.SHEET)
    with pytest.raises(LayoutError, match="リンク先の「title」が、この文書にありません。"):
        book.write(typesetter, pages)
    alone = typesetter.write(pages, title="計画", author="市", raised=1, partial=True)
    assert links_and_headings(alone) == (["市のページ"], "H1 H2 H3 Link")
    assert_valid(alone, tmp_path)
    whole = typesetter.write(
        [*typesetter.lay_out(book.CONTENTS), *typesetter.lay_out(book.TABLE), *pages], title="計画", author="市"
    )
    assert links_and_headings(whole)[1] == "H1 Link Link H2 Link H2 H3 H4 Link Link"


@pytest.mark.usefixtures("pictures")
def test_stamps_can_have_pictures(book: Any, new_typesetter: Callable[[], Typesetter], tmp_path: Path) -> None:
    typesetter = new_typesetter()
    pages = typesetter.lay_out(book.section(PICTURES))
    stamp = '<div class="leaf"><p><img src="seal.png" alt="市章"> 1 / 1</p></div>'
    stamped = book.write(typesetter, typesetter.stamp(pages, book.section(stamp)))
    assert_valid(stamped, tmp_path)
    (plain, sealed) = (pypdf.PdfReader(io.BytesIO(pdf)).pages[0] for pdf in (book.write(typesetter, pages), stamped))
    assert "1 / 1" in sealed.extract_text()
    assert "1 / 1" not in plain.extract_text()
    form = sealed["/Resources"]["/XObject"]["/stamp0"]
    assert [each["/Subtype"] for each in form["/Resources"]["/XObject"].values()] == ["/Image"]
