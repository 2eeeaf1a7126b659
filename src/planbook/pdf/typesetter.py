"""Sections → pages → one PDF."""

from __future__ import annotations

import contextlib
import os
import time
from contextvars import ContextVar
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from planbook.errors import LayoutError
from planbook.pdf.archival import COLOURS, VARIANT, ArchivalMetadata, colour_profiles, label_pages
from planbook.pdf.encoding import make_ready
from planbook.pdf.fetcher import Fetcher
from planbook.pdf.file import Packed, file_bytes
from planbook.pdf.measure import Measures, measures
from planbook.pdf.page import POINTS
from planbook.pdf.paint import Painter
from planbook.pdf.stylesheet import Stylesheet
from planbook.pdf.tagging.structure_tree import Structures
from planbook.pdf.weasyprint_patches import patched, read_html
from planbook.pdf.weasyprint_warnings import WarningMessages, strict
from planbook.pdf.workers import WorkerPool, WorkersLost
from planbook.pdf.writer import bind, merged_fonts
from planbook.typography.kinsoku import keep_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from planbook.pdf.page import Page

    T = TypeVar("T")

_SOON = 0.5
"""Seconds after which it is worth while to begin other processes for what is left."""

_LINKED = {"http", "https", "mailto", "tel"}


class _Kind(Enum):
    PAGES = "pages"
    STAMPS = "stamps"
    MEASURES = "measures"


class Request(NamedTuple):
    """A section, and what is wanted of it. `elements` are those to be measured."""

    kind: _Kind
    html: str
    elements: tuple[str, ...] = ()


_EVERY_FONT = Request(_Kind.STAMPS, "<p>字<b>字</b></p>")
"""What has the fonts of nearly all sections. It is no use but to have met them."""


_NOTED: ContextVar[set[Request] | None] = ContextVar("noted", default=None)


class Typesetter:
    """Lays out sections, each an HTML document of its own, and writes them as one PDF.

    Sections share one font configuration and one set of parsed stylesheets: that makes many sections as fast as one
    document. Each is painted as soon as it is laid out, so that nothing stays of it but data. Lengths are CSS pixels
    (1/96 inch). URLs in HTML and CSS are relative to the first of `folders`; nothing outside `folders` is read.
    Whatever the renderer warns of is a LayoutError. `processes` is how many may work at the same time. Pages
    are printed `enlarged` so many times.
    """

    def __init__(self, css: str, folders: Sequence[Path], processes: int = 1, *, enlarged: float = 1) -> None:
        folders = [folder.resolve() for folder in folders]
        self._fetcher = Fetcher(folders)
        self._fonts = FontConfiguration()
        self._painter = Painter(POINTS * enlarged)
        self._base = folders[0].as_uri() + "/"
        self._processes = processes
        self._pool: WorkerPool | None = None
        self._alone = Lock()
        self._warm = False
        self._may_begin = False
        self._known: dict[Request, tuple[Any, ...]] = {}
        self._asked: set[Request] = set()
        self._packed = Packed()
        self._structures = Structures()
        self._explain = WarningMessages(css, folders)
        with self._strict():
            self._stylesheet = Stylesheet(css, self._base, self._fetcher, self._fonts)

    def lay_out(self, html: str, elements: Sequence[str] = ()) -> list[Page]:
        """Return the pages of a section: those of the last time, if it is the same HTML.

        `elements` are the names of the HTML elements whose extents are of interest.

        Raises:
            LayoutError: the renderer warned.

        """
        return list(self._answer(Request(_Kind.PAGES, html, tuple(elements))))

    def measure(self, html: str, elements: Sequence[str] = ()) -> list[Measures]:
        """Return what is on the pages of a section that is not to be printed, and where.

        `elements` are the names of the HTML elements whose extents are of interest.

        Raises:
            LayoutError: the renderer warned.

        """
        return list(self._answer(Request(_Kind.MEASURES, html, tuple(elements))))

    @contextlib.contextmanager
    def in_processes(self) -> Iterator[None]:
        """Within this, sections are laid out in several processes, where `all` has tasks that ask for some.

        After the first build they begin only where it turns out to take long: mostly nearly everything is known, and to
        begin others takes longer than what is left.
        """
        self._may_begin = self._processes > 1
        if not self._warm:
            self._begin_pool()
        try:
            yield
        finally:
            self._may_begin = False
            if self._pool:
                self._pool.close()
            self._pool = None

    def _begin_pool(self) -> None:
        # Where the system has no room for another process, this one does everything.
        with contextlib.suppress(OSError):
            if self._may_begin:
                self._may_begin = False
                self._pool = WorkerPool(self._laid_out, self._processes, _EVERY_FONT)

    def all(self, tasks: Sequence[Callable[[], T]], done: Callable[[int], None] = lambda _: None) -> list[T]:
        """Return what tasks return that ask for sections, at the same time where there are several processes.

        `done` is called with the number of tasks that have ended.

        Raises:
            LayoutError: the renderer warned in one of them; where it did in several, the first of these.

        """
        results: list[T] = []
        begun = time.monotonic()
        for number, task in enumerate(tasks):
            if time.monotonic() - begun > _SOON and len(tasks) - number > 1:
                self._begin_pool()
            if self._pool:
                return results + self._pool.all(tasks[number:], lambda more, before=number: done(before + more))  # type: ignore[misc]
            results.append(task())
            done(number + 1)
        return results

    @contextlib.contextmanager
    def noting(self) -> Iterator[set[Request]]:
        """Within this, note what is asked for, also in tasks: to `keep` it where nobody asks again."""
        requests: set[Request] = set()
        token = _NOTED.set(requests)
        try:
            yield requests
        finally:
            _NOTED.reset(token)

    def keep(self, requests: Collection[Request]) -> None:
        """Do not forget the answers to these requests, as if somebody had asked."""
        self._asked.update(requests)

    def forget_unused(self) -> None:
        """Forget the sections that nobody has asked for since the last call: to be called after each build."""
        self._known = {key: pages for key, pages in self._known.items() if key in self._asked}
        self._asked.clear()
        self._warm = True

    def stamp(self, pages: Sequence[Page], html: str) -> list[Page]:
        """Return the pages with those of a section painted over them: running heads and footers, one for each."""
        stamps = self.stamps(html, len(pages))
        return [page.stamped([stamp]) for page, stamp in zip(pages, stamps, strict=True)]

    def stamps(self, html: str, number: int) -> list[Page]:
        """Return running heads and footers: the pages of a section, which are that many and may be empty.

        Stamps are artifacts: they are not in the structure, and links and anchors in them do not count. (Margin boxes
        of CSS would not do: WeasyPrint writes them as content that belongs to nothing, where PDF/UA wants either
        content of the structure or artifacts; ISO 14289-1, 7.1 and 7.8.)

        Raises:
            LayoutError: the renderer warned, or made another number of pages.

        """
        stamps = list(self._answer(Request(_Kind.STAMPS, html)))
        if len(stamps) != number:
            raise LayoutError(f"ページが {number} あるのに、柱とフッターは {len(stamps)} ページ分です。")
        return stamps

    def write(  # noqa: PLR0913 - all of them are what a PDF says of itself
        self,
        pages: Sequence[Page],
        *,
        title: str,
        author: str,
        subject: str = "",
        date: dt.date | None = None,
        front: int = 0,
        raised: int = 0,
        partial: bool = False,
        bleed: float = 0,
    ) -> bytes:
        """Return one PDF of the pages, PDF/A-2a and PDF/UA-1.

        `date` is when the document was made: nothing is taken from the clock, and the same pages are the same bytes
        everywhere. The first `front` pages are labelled i, ii, iii…, those after them 1, 2, 3…. Headings are `raised`
        by that many levels: the same section can stand below a title and alone. Where the document is `partial`, links
        to what is not in it are left out. With a `bleed`, in points, pages have that and crop marks around them.

        Raises:
            LayoutError: the renderer warned, or a link leads nowhere.

        """
        _check_links(pages, partial=partial)
        metadata = ArchivalMetadata(title=title, author=author, subject=subject, date=date)
        # Without pages: they are bound in when the rest is there.
        document = weasyprint.Document([], metadata, self._fetcher, self._fonts, colour_profiles(), COLOURS)
        document.fonts = merged_fonts(pages, self._painter.fonts)

        def finish(_: Any, pdf: Any) -> None:
            bind(pdf, pages, self._structures, raised=raised, partial=partial, bleed=bleed)
            label_pages(pdf, front)
            make_ready(pdf)
            pdf.write = lambda output, *_: output.write(file_bytes(pdf, self._packed))

        with self._strict(), patched(), _no_clock():
            written: bytes = document.write_pdf(pdf_variant=VARIANT, output_intent=COLOURS, finisher=finish)
        return written

    def _answer(self, request: Request) -> tuple[Any, ...]:
        self._asked.add(request)
        if (noted := _NOTED.get()) is not None:
            noted.add(request)
        if request not in self._known:
            # Only now: what the renderer warned of is no answer.
            self._known[request] = self._laid_out_elsewhere(request) or self._laid_out(request)
        return self._known[request]

    def _laid_out_elsewhere(self, request: Request) -> tuple[Any, ...] | None:
        """Have another process lay a section out; return none where this one has to."""
        if not self._pool:
            return None
        try:
            pages: tuple[Any, ...] = self._pool.ask(request)
        except WorkersLost:
            return None
        if request.kind is _Kind.MEASURES or self._met(pages):
            return pages
        # What the plan's own styles make of it is no failure of the plan.
        with contextlib.suppress(LayoutError):
            self._laid_out(_EVERY_FONT)
        return pages if self._met(pages) else None

    def _met(self, pages: Sequence[Page]) -> bool:
        """Whether this process has met all fonts of pages: else it could not write them."""
        met = self._painter.fonts
        return all(name in met for page in pages for name in page.materials.fonts)

    def _laid_out(self, request: Request) -> tuple[Any, ...]:
        with self._alone, self._strict(), patched():
            pages = self._render(request.html)
            if request.kind is _Kind.MEASURES:
                return tuple(measures(page, request.elements) for page in pages)
            return self._painter.paint(pages, request.elements, artifact=request.kind is _Kind.STAMPS)

    def _render(self, html: str) -> list[Any]:
        section = read_html(keep_words(html), self._base, self._fetcher)
        css = self._stylesheet.parsed_for(html)
        pages: list[Any] = section.render(stylesheets=[css], font_config=self._fonts).pages
        return pages

    def _strict(self) -> contextlib.AbstractContextManager[None]:
        return strict(self._fetcher, self._explain)


def _check_links(pages: Sequence[Page], *, partial: bool) -> None:
    """Refuse links that lead nowhere, and those to files: they would be written as paths of this machine."""
    anchors = {name for page in pages for name in page.anchors}
    problems = []
    for inner, target in dict.fromkeys((link.inner, link.target) for page in pages for link in page.links):
        if inner and target not in anchors and not partial:
            problems.append(f"リンク先の「{target}」が、この文書にありません。")
        elif not inner and urlsplit(target).scheme not in _LINKED:
            problems.append(f"リンク先の「{target}」は使えません。https:// などで始まる URL か、#名前 にしてください。")
    if problems:
        raise LayoutError("\n".join(problems))


@contextlib.contextmanager
def _no_clock() -> Iterator[None]:
    """Keep the time out of the fonts: where fontTools makes them smaller, it would note when."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
