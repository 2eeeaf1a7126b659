"""Words in katakana, and dates, for a browser: left alone it breaks lines inside them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from planbook.typography.kinsoku import DATE, katakana_units

_WORD = re.compile(rf"{DATE.pattern}|[ァ-ヴー]{{2,}}")
_BEFORE = re.compile(r"[ぁ-ん一-龠々]")

_TAG = re.compile(r"(<[^>]*>)")

_MOVES = '<div class="sideways" role="group" aria-label="表" tabindex="0">'
"""Who has no pointer moves it by the keyboard."""

_MAX_LENGTH = 10
"""Characters of a word that is kept in one line: nearly all are shorter, and columns have room for so many."""


def whole_words(text: str, *, phrased: bool = False) -> Markup:
    """Return a text as HTML in which no line breaks inside a date, or a word in katakana (`.katakana` of css/web.css).

    `phrased`: the lines break only where it is said, between phrases. Then they may break before such a word, too, as
    in 支援センター, and between two: a column may have no room for the whole phrase.
    """
    return Markup(_kept(str(escape(text)), phrased=phrased))  # noqa: S704 - escaped, and nothing is added but this markup


def whole_words_of_chapter(html: str) -> Markup:
    """Return the HTML of a chapter with its words in katakana whole, and each table in what moves sideways.

    So a table with more columns than a small window has room for does not tear its words, nor make the page wide.
    """
    pieces = _TAG.split(html)
    pieces[::2] = [_kept(text) for text in pieces[::2]]
    kept = "".join(pieces).replace("<table>", _MOVES + "<table>").replace("</table>", "</table></div>")
    return Markup(kept)  # noqa: S704 - as safe as the chapter was


def _kept(escaped: str, *, phrased: bool = False) -> str:
    def kept(found: re.Match[str]) -> str:
        if not "ァ" <= found[0][0] <= "ー":
            return f'<span class="whole">{found[0]}</span>'
        units = katakana_units(found[0])
        html = "<wbr>".join(  # where two are kept Firefox knows no other place to break a line
            f'<span class="katakana">{unit}</span>' if len(unit) <= _MAX_LENGTH else unit for unit in units
        )
        before = found.string[found.start() - 1 : found.start()]
        return f"<wbr>{html}" if phrased and _BEFORE.match(before) else html

    return _WORD.sub(kept, escaped)
