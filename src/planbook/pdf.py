"""HTML → pages → PDF. The only module that imports WeasyPrint."""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planbook.assets import bundled_fonts

# Read by fontconfig when WeasyPrint loads it: rendering then sees the bundled fonts and no others.
os.environ["FONTCONFIG_FILE"] = str(bundled_fonts() / "fonts.conf")


class PangoMissing(ImportError):
    """The C libraries that WeasyPrint needs are not on this machine."""


class LayoutError(Exception):
    """The renderer warned or failed: what it would have written is not what was asked for."""


try:
    import weasyprint
    from weasyprint.document import DocumentMetadata
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher
except OSError as error:
    raise PangoMissing(str(error)) from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Reads files below the given folders and nothing else; what it denies fails the build."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False, fail_on_errors=True)
        self._folders = [folder.resolve() for folder in folders]
        self.denied: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme != "data":
            path = Path(url2pathname(parts.path)).resolve()
            if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in self._folders):
                # Denials inside SVG are only logged by WeasyPrint: they are remembered here.
                self.denied.append(url)
                raise FatalURLFetchingError(f"{url} は読めません（テンプレートのフォルダーの外です）。")
        return super().fetch(url, headers)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class Extent(NamedTuple):
    """Where a box begins on its page, and how high it is, in CSS pixels."""

    top: float
    height: float


def content_area(page: Any) -> Extent:
    """Return the extent of a page between its margins."""
    # WeasyPrint has no public way to ask for this, nor for the heights of elements.
    box = page._page_box  # noqa: SLF001
    return Extent(box.content_box_y(), box.height)


def extents(page: Any, elements: Sequence[str]) -> list[Extent]:
    """Return the extents of all elements with one of these names, in document order."""
    found: dict[int, Extent] = {}
    for box in page._page_box.descendants():  # noqa: SLF001
        if box.element is not None and box.element_tag in elements:
            # Boxes that WeasyPrint adds inside an element bear its name, too: the outermost comes first.
            found.setdefault(id(box.element), Extent(box.border_box_y(), box.border_height()))
    return list(found.values())


class Typesetter:
    """Lays out sections, each an HTML document of its own, and writes them as one PDF.

    Sections share one font configuration and one set of parsed stylesheets: that makes many sections as fast as one
    document. Lengths are CSS pixels (1/96 inch).
    """

    def __init__(self, css: str, folders: Sequence[Path]) -> None:
        self._fetcher = _Fetcher(folders)
        self._fonts = FontConfiguration()
        with self._strict():
            self._css = weasyprint.CSS(
                string=css,
                base_url=folders[0].as_uri() + "/",
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )

    def lay_out(self, html: str) -> list[Any]:
        """Return the pages of a section.

        Raises:
            LayoutError: the renderer warned.

        """
        with self._strict():
            document = weasyprint.HTML(string=html, url_fetcher=self._fetcher).render(
                stylesheets=[self._css], font_config=self._fonts
            )
        return list(document.pages)

    def write(self, pages: Sequence[Any], *, title: str, author: str) -> bytes:
        """Return the PDF of the pages.

        Raises:
            LayoutError: the renderer warned, of a dead link for instance.

        """
        metadata = DocumentMetadata(title=title, authors=[author], lang="ja")
        # A document of its own for every write: writing changes it.
        document = weasyprint.Document(list(pages), metadata, self._fetcher, self._fonts, {}, None)
        with self._strict():
            written: bytes = document.write_pdf(pdf_tags=True)
        return written

    @contextlib.contextmanager
    def _strict(self) -> Iterator[None]:
        """Turn every warning of the renderer into a failure."""
        records = _Records()
        self._fetcher.denied.clear()
        weasyprint.LOGGER.addHandler(records)
        try:
            yield
        except FatalURLFetchingError as error:
            raise LayoutError(str(error)) from error
        finally:
            weasyprint.LOGGER.removeHandler(records)
        if problems := [*records.messages, *self._fetcher.denied]:
            raise LayoutError("\n".join(dict.fromkeys(problems)))
