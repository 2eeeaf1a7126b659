"""Every warning of the renderer is a failure, said in Japanese where its meaning is known."""

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING

import weasyprint
from weasyprint.urls import FatalURLFetchingError

from planbook.errors import LayoutError
from planbook.pdf.stylesheet import with_constants
from planbook.project.file_access import MAX_TEMPLATE_BYTES, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from planbook.pdf.fetcher import Fetcher

# Without libharfbuzz-subset WeasyPrint makes fonts smaller with fontTools: slower, but the pages are right.
_HARMLESS = re.compile(r"Using fontTools instead of HarfBuzz-Subset")

_IGNORED = re.compile(
    r"(?:Ignored|Deprecated) `(?P<name>[^:`]+):(?P<value>.*?)` at (?P<line>\d+):(?P<column>\d+), (?P<why>.*)", re.DOTALL
)
_REASONS = {"unknown property.": "その名前の指定がありません", "invalid value.": "値が正しくありません"}
_KNOWN: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r'\.notdef glyph rendered for .*: "(?P<char>.*)" \((?P<code>U\+[0-9A-F]+)\)', re.DOTALL),
        "文字「{char}」（{code}）は印刷用の書体にありません。別の字に替えてください。",
    ),
    (
        re.compile(r"Content discarded: target points to undefined anchor '?(?P<anchor>.*?)'?$", re.DOTALL),
        "ページ番号を付ける先の「{anchor}」が、この文書にありません。",
    ),
    (re.compile(r"Anchor defined twice: '(?P<anchor>.*)'"), "アンカー「{anchor}」が二度使われています。"),
    (
        re.compile(r"Failed to load image at '(?P<url>.*?)': (?P<why>.*)", re.DOTALL),
        "画像 {url} を読めません（{why}）。",
    ),
    (re.compile(r"Failed to render SVG image (?P<url>.*)"), "SVG の画像 {url} を描けません。"),
    (re.compile(r"Font-face '(?P<name>.*)' cannot be loaded"), "書体「{name}」を読み込めません。"),
    (
        re.compile(r"Invalid or unsupported selector '(?P<selector>.*?)'", re.DOTALL),
        "スタイルシートのセレクター「{selector}」は使えません。",
    ),
)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not _HARMLESS.match(message):
            self.messages.append(message)


@contextlib.contextmanager
def strict(fetcher: Fetcher, explain: Callable[[str], str]) -> Iterator[None]:
    """Turn every warning of the renderer, and everything that `fetcher` denies, into one failure.

    Raises:
        LayoutError: the renderer warned; each warning is a line, put into words by `explain`.

    """
    records = _Records()
    fetcher.denied.clear()
    weasyprint.LOGGER.addHandler(records)
    try:
        yield
    except FatalURLFetchingError as error:
        raise LayoutError(str(error)) from error
    finally:
        weasyprint.LOGGER.removeHandler(records)
    if problems := [*map(explain, records.messages), *fetcher.denied]:
        raise LayoutError("\n".join(dict.fromkeys(problems)))


class WarningMessages:
    """Says in Japanese what a warning means, and in which file of the stylesheets the faulty declaration stands.

    Of these `css` is what is written there; the renderer read `with_constants(css)`, which has the same lines.
    """

    def __init__(self, css: str, folders: Sequence[Path]) -> None:
        self._css = css
        self._folders = folders

    def __call__(self, message: str) -> str:
        if found := _IGNORED.match(message):
            name, value = found["name"], found["value"].strip()
            place = self._place(name, int(found["line"]), int(found["column"]))
            why = _REASONS.get(found["why"], found["why"])
            return f"{place}スタイルシートの「{name}: {value}」は使えません（{why}）。"
        for pattern, explanation in _KNOWN:
            if found := pattern.match(message):
                return explanation.format(**found.groupdict())
        return message

    def _place(self, name: str, number: int, column: int) -> str:
        """Return the place of a declaration that is in line `number` of all stylesheets one after the other."""
        lines = self._css.splitlines()
        line = lines[number - 1] if number <= len(lines) else ""
        if name not in line:
            return ""  # it stands in the HTML
        # As many others with that name are before it in the line as in the one that the renderer read.
        before = with_constants(self._css).splitlines()[number - 1][: column - 1].count(name)
        places = [found.start() + 1 for found in re.finditer(re.escape(name), line)]
        column = places[min(before, len(places) - 1)]
        for folder in self._folders:
            for path in sorted(folder.rglob("*.css")):
                try:
                    lines = read_regular(path, MAX_TEMPLATE_BYTES).decode("utf-8").splitlines()
                except (OSError, ValueError):
                    continue
                if line in lines:
                    return f"templates/{path.relative_to(folder)}:{lines.index(line) + 1}:{column}: "
        return ""
