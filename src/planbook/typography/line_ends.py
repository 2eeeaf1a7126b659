"""Where the lines of running text may not break: nothing stands alone on a last line, and names stay whole."""

from __future__ import annotations

import re
from functools import cache

from planbook.typography.phrases import SHORT, phrases

# Phrases are looked for in the end of a text only: the whole of it would take four times as long.
_LOOKED_AT = 20
# The end of a compound that has no phrases, in its own script: 〇〇協議会, 〇〇参加者数, 〇〇センター, 〇〇計画.
_COMPOUND_END = re.compile(
    r"(?:[ァ-ヶー]{2,7}|[一-龠々]{2}(?:(?<![社機大])会|[課部等者率費性化的館金室校園]|(?<![職委議])員|(?<![件回人])数){1,2}"
    r"|[一-龠々]{2}|[ぁ-ん]{2,4})[、。）」』！？…・]*$"
)
_AMOUNT = re.compile(r"(?<=：)[^：]+$")
_PUNCTUATION = "、。，．・：；？！（）「」『』…"
_COMMA = re.compile(r"(?<=、)")
# Parts of the name of an organisation: 健康福祉部|障がい福祉課, 公益社団法人|シルバー人材|センター; not 内部|統制課.
_ORGANISATION = re.compile(
    r"(?<=(?<![内外東西南北中全各支（])[部局])(?=.{3})|(?<=委員会)(?=.{3})|(?<=法人)(?=.{3})|(?<=\s)|(?<=センター)(?=.{3})"
    r"|(?<=[^部局会]{4})(?=センター[）、]?$)"
)
_WHOLE_NAME = 9
"""Characters of a name, with its comma, that fit into any column for names."""


@cache
def parted(text: str, most: int = SHORT, line: int = 0) -> tuple[str, str]:
    """Split a text in two: what may break anywhere, and its end, which is to stay in one line; "" where any may break.

    The end is the last phrase, or what of it is a word, so that no line has a single character. It has no more than
    `most` characters: what fits into the column. A text of up to `line` characters is in one line anyway.
    """
    if len(text) <= max(most, line):
        return text, ""
    if (amount := _AMOUNT.search(text)) and len(amount[0]) <= most:
        return text[: amount.start()], amount[0]
    tail = ""
    for phrase in reversed(phrases(text[-_LOOKED_AT:])):
        if len(phrase) + len(tail) > most:
            tail = tail or _compound_end(phrase, most)
            break
        tail = phrase + tail
        if len(tail.strip(_PUNCTUATION)) > 1:
            break
    return text.removesuffix(tail), tail


@cache
def unbroken(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a title in pieces, and whether each is a phrase to be kept in one line: those that fit into any column."""
    pieces = [(phrase, 1 < len(phrase) <= SHORT) for phrase in phrases(text)]
    last = pieces[-1][0]
    if len(last) > SHORT and (tail := _compound_end(last)) not in {"", last}:
        pieces[-1:] = [(last.removesuffix(tail), False), (tail, True)]
    return tuple(pieces)


def _compound_end(phrase: str, most: int = SHORT) -> str:
    found = _COMPOUND_END.search(phrase)
    return found[0] if found and len(found[0]) <= most else ""


@cache
def names(text: str, most: int = _WHOLE_NAME) -> tuple[tuple[str, bool], ...]:
    """Split a list of organisations, A課、B課, into pieces, and say of each whether it is to be kept in one line.

    A line has room for `most` characters. A single name that fits as a whole needs no keeping.
    """
    if len(text) <= most:
        return ((text, False),)
    return tuple(piece for name in _COMMA.split(text) if name for piece in _pieces(name, most))


def _pieces(name: str, most: int) -> list[tuple[str, bool]]:
    if len(name) <= most:
        return [(name, True)]
    pieces: list[tuple[str, bool]] = []
    for part in _ORGANISATION.split(name):
        pieces += [(part, True)] if len(part) <= most else unbroken(part)
    return _without_loose_dots(pieces, most)


def _without_loose_dots(pieces: list[tuple[str, bool]], most: int) -> list[tuple[str, bool]]:
    """Join what a middle dot or a slash holds together: neither ends a line of names, so the line breaks elsewhere."""
    joined: list[tuple[str, bool]] = []
    for piece, whole in pieces:
        if joined and joined[-1][0].endswith(("・", "／")):
            before = joined.pop()[0] + piece
            joined.append((before, len(before) <= most))
        else:
            joined.append((piece, whole))
    return joined
