"""Words in katakana, and dates, for a browser: left alone it breaks lines inside them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from planbook.typography.kinsoku import DATE, katakana_units

_WORD = re.compile(rf"{DATE.pattern}|[ァ-ヴー]{{2,}}")
_BEFORE = re.compile(r"[ぁ-ん一-龠々]")

_LONGEST = 10
"""Characters of a word that is kept in one line: nearly all are shorter, and columns have room for so many."""


def whole_words(text: str, *, phrased: bool = False) -> Markup:
    """Return a text as HTML in which no line breaks inside a date, or a word in katakana (`.katakana` of css/web.css).

    `phrased`: the lines break only where it is said, between phrases. Then they may break before such a word, too, as
    in 支援センター, and between two: a column may have no room for the whole phrase.
    """

    def kept(found: re.Match[str]) -> str:
        if not "ァ" <= found[0][0] <= "ー":
            return f'<span class="whole">{found[0]}</span>'
        units = katakana_units(found[0])
        html = ("<wbr>" if phrased else "").join(
            f'<span class="katakana">{unit}</span>' if len(unit) <= _LONGEST else unit for unit in units
        )
        before = found.string[found.start() - 1 : found.start()]
        return f"<wbr>{html}" if phrased and _BEFORE.match(before) else html

    return Markup(_WORD.sub(kept, str(escape(text))))  # noqa: S704 - escaped, and nothing is added but this markup
