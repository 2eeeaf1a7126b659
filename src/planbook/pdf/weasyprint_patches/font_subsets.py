"""Fonts made smaller once for the same glyphs.

Replaces `weasyprint.pdf.fonts.Font.subset`. Gains nothing for one book, and a sixth of writing the next one: in a
preview an edit seldom brings a new glyph, and the system table and the sheets alone have those of the book. Upstream:
a cache there would need a place that outlives a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.pdf.fonts import Font

if TYPE_CHECKING:
    from collections.abc import Mapping

_subset = Font.subset


class _Subset(NamedTuple):
    """The file of a font that has only some glyphs, and what it was made from."""

    face: Any
    glyphs: frozenset[int]
    hinting: bool
    missing: bool
    file: bytes


_made: dict[str, _Subset] = {}
"""The last one of each font, by its name."""


def subset(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's signature
    """Do what WeasyPrint's method does: take all other glyphs out of a font."""
    asked = (font.hb_face, frozenset(to_unicode), hinting, bool(font.missing))
    if (made := _made.get(font.hash)) and made[:-1] == asked:
        font.file_content = made.file
        return
    _subset(font, to_unicode, hinting)
    _made[font.hash] = _Subset(*asked, font.file_content)
