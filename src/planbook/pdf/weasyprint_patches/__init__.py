"""Parts of WeasyPrint that planbook replaces while it lays out, paints and writes: few, each paid for.

One module each: its docstring says what it replaces, what it gains (CPU of a book four times as long as the real plan,
`python -m bench.patches`), and where the same could be had upstream. What they give is the same bytes as WeasyPrint's
own code gives: tests say so for both plans and for pages with everything that CSS has. They know it from within, so
they belong to one version of it: with any other, or with `PLANBOOK_WEASYPRINT_PATCHES=off`, it is used as it is.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

VERSION = "70.0"
"""The version of WeasyPrint that the patches were written for."""

USED = version("weasyprint") == VERSION and os.environ.get("PLANBOOK_WEASYPRINT_PATCHES") != "off"
"""Whether anything is replaced in this process."""

# Where Pango is missing, WeasyPrint prints advice in English.
with contextlib.redirect_stdout(io.StringIO()):
    import_module("weasyprint")

# ruff: noqa: E402 - loaded before anything of it is imported
import weasyprint
from weasyprint.css import StyleFor, find_stylesheets
from weasyprint.text.line_break import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> tuple[tuple[Any, Any], ...]:
    """Return what is replaced, and by what."""
    # Only where they are used: another version may lack what they import.
    from planbook.pdf.weasyprint_patches import computed_styles, text_layouts  # noqa: PLC0415

    return (
        (StyleFor, computed_styles.SharedStyleFor),
        (find_stylesheets, computed_styles.find_stylesheets),
        (Layout, text_layouts.KeptLayout),
    )


def _places() -> list[tuple[Any, str, Any, Any]]:
    """Return where WeasyPrint names what is replaced: the module, the name, theirs, ours."""
    if not USED:
        return []
    replacements = _replacements()
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "weasyprint"]
    return [
        (owner, name, theirs, ours)
        for owner in modules
        for name, value in vars(owner).items()
        for theirs, ours in replacements
        if value is theirs
    ]


_PLACES = _places()


@contextlib.contextmanager
def patched() -> Iterator[None]:
    """Lay out, paint and write with planbook's parts."""
    for owner, name, _, ours in _PLACES:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for owner, name, theirs, _ in _PLACES:
            setattr(owner, name, theirs)


def read_html(html: str, base_url: str, url_fetcher: Any) -> weasyprint.HTML:
    """Return a section as WeasyPrint lays it out."""
    if not USED:
        return weasyprint.HTML(string=html, base_url=base_url, url_fetcher=url_fetcher)
    from planbook.pdf.weasyprint_patches.html_reading import ParsedSection  # noqa: PLC0415

    return ParsedSection(html, base_url, url_fetcher)
