"""Sections → pages → one PDF."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from planbook.failures import LayoutError
from planbook.pdf.archival import COLOURS, VARIANT, ArchivalMetadata, colour_profiles, end_streams_plainly, label_pages
from planbook.pdf.fetcher import Fetcher
from planbook.pdf.speed import rare_collections
from planbook.pdf.stamps import StampedPage, same_size
from planbook.pdf.strictness import Explanations, strict
from planbook.pdf.tags import TaggedPage, finish_tags

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LINKED = {"http", "https", "mailto", "tel"}


class Typesetter:
    """Lays out sections, each an HTML document of its own, and writes them as one PDF.

    Sections share one font configuration and one set of parsed stylesheets: that makes many sections as fast as one
    document. Lengths are CSS pixels (1/96 inch). URLs in HTML and CSS are relative to the first of `folders`; nothing
    outside `folders` is read. Whatever the renderer warns of is a LayoutError.
    """

    def __init__(self, css: str, folders: Sequence[Path]) -> None:
        folders = [folder.resolve() for folder in folders]
        self._fetcher = Fetcher(folders)
        self._fonts = FontConfiguration()
        self._explain = Explanations(css, folders)
        self._base = folders[0].as_uri() + "/"
        self._known: dict[str, tuple[Any, ...]] = {}
        self._asked: set[str] = set()
        with self._strict():
            self._css = weasyprint.CSS(
                string=css, base_url=self._base, url_fetcher=self._fetcher, font_config=self._fonts
            )

    def lay_out(self, html: str) -> list[Any]:
        """Return the pages of a section: those of the last time, if it is the same HTML.

        Raises:
            LayoutError: the renderer warned.

        """
        self._asked.add(html)
        if html not in self._known:
            with self._strict(), rare_collections():
                document = weasyprint.HTML(string=html, base_url=self._base, url_fetcher=self._fetcher).render(
                    stylesheets=[self._css], font_config=self._fonts
                )
            self._known[html] = tuple(document.pages)
        return list(self._known[html])

    def forget_unused(self) -> None:
        """Forget the sections that nobody has asked for since the last call: to be called after each build."""
        self._known = {html: pages for html, pages in self._known.items() if html in self._asked}
        self._asked.clear()

    def stamp(self, pages: Sequence[Any], html: str) -> list[Any]:
        """Return the pages with footers and running heads painted over them.

        `html` is a section whose pages are the stamps, one for each page and of its size; an empty one is allowed.
        Stamps are artifacts: they are not in the structure, and links and anchors in them do not count.

        Raises:
            LayoutError: the renderer warned, or the stamps do not fit the pages.

        """
        stamps = self.lay_out(html)
        if len(stamps) != len(pages):
            raise LayoutError(f"ページが {len(pages)} あるのに、柱とフッターは {len(stamps)} ページ分です。")
        for number, (page, stamp) in enumerate(zip(pages, stamps, strict=True), start=1):
            if not same_size(page, stamp):
                raise LayoutError(f"{number} ページ目の柱とフッターは、用紙の大きさが本文と違います。")
        return [StampedPage(page, stamp) for page, stamp in zip(pages, stamps, strict=True)]

    def write(  # noqa: PLR0913 - all of them are what a PDF says of itself
        self,
        pages: Sequence[Any],
        *,
        title: str,
        author: str,
        subject: str = "",
        date: dt.date | None = None,
        front: int = 0,
    ) -> bytes:
        """Return one PDF of the pages, PDF/A-2a and PDF/UA-1.

        `date` is when the document was made: nothing is taken from the clock, and the same pages are the same bytes
        everywhere. The first `front` pages are labelled i, ii, iii…, those after them 1, 2, 3….

        Raises:
            LayoutError: the renderer warned, of a dead link for instance.

        """
        _check_links(pages)
        tagged = [TaggedPage(page) for page in pages]
        metadata = ArchivalMetadata(title=title, author=author, subject=subject, date=date)
        # A document of its own for every write: writing changes it.
        document = weasyprint.Document(tagged, metadata, self._fetcher, self._fonts, colour_profiles(), COLOURS)

        def finish(_: Any, pdf: Any) -> None:
            finish_tags(pdf, tagged)
            label_pages(pdf, front)
            end_streams_plainly(pdf)

        with self._strict(), rare_collections(), _no_clock():
            written: bytes = document.write_pdf(pdf_variant=VARIANT, output_intent=COLOURS, finisher=finish)
        return written

    def _strict(self) -> contextlib.AbstractContextManager[None]:
        return strict(self._fetcher, self._explain)


def _check_links(pages: Sequence[Any]) -> None:
    """Refuse links that lead nowhere, and those to files: they would be written as paths of this machine.

    WeasyPrint leaves out links that lead nowhere, but not from the structure, and only logs them.
    """
    anchors = {name for page in pages for name in page.anchors}
    problems = []
    for kind, target in dict.fromkeys((kind, target) for page in pages for kind, target, *_ in page.links):
        if kind == "internal" and target not in anchors:
            problems.append(f"リンク先の「{target}」が、この文書にありません。")
        elif kind != "internal" and urlsplit(target).scheme not in _LINKED:
            problems.append(f"リンク先の「{target}」は使えません。https:// などで始まる番地か、#名前 にしてください。")
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
