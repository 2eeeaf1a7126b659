"""Where the lines of large type break: between phrases, and evenly."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import budoux

from planbook.typography.kinsoku import NOT_FIRST, NOT_LAST, tears_katakana

if TYPE_CHECKING:
    from collections.abc import Sequence

# Words of plans that budoux tears apart: 生きが|いづくり, 成年後|見制度.
_TORN = "生きがい|しくみ|仕組み|成年後見|まちづくり"
# Titles of plans are long chains of nouns, which budoux leaves in one piece: these breaks help it out.
_BREAKS = re.compile(
    r"(?<=[・／])|(?<=及び)|(?<=ならびに)|(?<=並びに)|(?=[（「『])"
    rf"|(?={_TORN})|(?<=[一-龠]部)(?=[\w・]{{3,}}[課室所局]$)"
    r"|(?=第[0-9０-９一二三四五六七八九十]+[次期])|(?<=計画)|(?<=から)(?=令和|平成|昭和|[0-9０-９])"
)
# A number stays in one piece with what it counts. 期 begins no phrase because budoux tears 前期 and 後期 apart,
# 第 ends none because it may tear that off the number (〇〇市第, 2期).
_NOT_FIRST = NOT_FIRST | {"期"}
_NOT_LAST = NOT_LAST | {"第"}
_DIGIT_LAST = re.compile(r"[0-9０-９][,.]?$")
_DIGIT_FIRST = re.compile(r"[0-9０-９次年月日号]")

SHORT = 8
"""Characters that fit into any column."""

_WIDE = 1.0
_NARROW = 0.7
# Sums of them are not exact.
_ROUNDING = 1e-6


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def phrases(text: str) -> tuple[str, ...]:
    """Split a text into the phrases between which a line may break; joined they are the text again."""
    pieces = [piece for phrase in _mended(text) for piece in _BREAKS.split(phrase) if piece]
    joined: list[str] = []
    for piece in pieces:
        if joined and _inseparable(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _mended(text: str) -> list[str]:
    """Split a text as budoux does, but not within words that it is known to tear apart."""
    inside = {place for word in re.finditer(_TORN, text) for place in range(word.start() + 1, word.end())}
    mended: list[str] = []
    at = 0
    for phrase in _parser().parse(text):
        if at in inside:
            mended[-1] += phrase
        else:
            mended.append(phrase)
        at += len(phrase)
    return mended


def _inseparable(before: str, after: str) -> bool:
    torn = _DIGIT_LAST.search(before) and _DIGIT_FIRST.match(after)
    return bool(torn or before[-1] in _NOT_LAST or after[0] in _NOT_FIRST or tears_katakana(before, after))


def width(text: str) -> float:
    """Return about how wide a text is, in em; BIZ UDPGothic is proportional, so this errs on the wide side."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text)


def balanced(phrases: Sequence[str], measure: float) -> tuple[str, ...]:
    """Join phrases into the fewest lines of at most `measure` em, and these as even as can be.

    A phrase wider than the measure gets a line of its own, which the renderer breaks where it must.
    """
    widths = [width(phrase) for phrase in phrases]
    best: list[tuple[int, float, tuple[int, ...]]] = [(0, 0.0, (0,))]
    for end in range(1, len(phrases) + 1):
        options = []
        wide = 0.0
        for start in range(end - 1, -1, -1):
            # No line is wider than the measure: so the work grows with the text, not with its square.
            wide += widths[start]
            if wide > measure + _ROUNDING and start < end - 1:
                break
            lines, uneven, breaks = best[start]
            options.append((lines + 1, uneven + round(measure - wide, 3) ** 2, (*breaks, end)))
        best.append(min(options))
    return tuple("".join(phrases[start:end]) for start, end in pairwise(best[-1][2]))
