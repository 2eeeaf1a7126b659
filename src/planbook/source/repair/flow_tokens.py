"""What stands between brackets, piece by piece: brackets, commas, quoted and plain items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENERS = {"[": "]", "{": "}"}
CLOSERS = {"]": "[", "}": "{"}
CLOSING = str.maketrans(OPENERS)
TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[\[\]{},])|(?:[^\[\]{},"':]*:[ \t]*)?"""
    r"""(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'(?!'))|(?P<plain>[^\[\]{},]+))"""
)
_NAME = re.compile(r" *(\w+):(?: |$)")


def tokens(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the brackets, commas, quoted and plain items of a value with brackets, up to a comment."""
    for match in TOKEN.finditer(text, start):
        plain = match["plain"]
        if plain and "#" in plain and re.match(r"(.*[ \t])?#", plain):
            return
        yield match


def keys_of_braces(text: str, start: int) -> tuple[str, ...]:
    """Return the keys of the mapping between braces that begins at `start`, without those of what is inside of it."""
    names: list[str] = []
    depth = 0
    for match in tokens(text, start):
        bracket = match["bracket"]
        depth += (bracket in OPENERS) - (bracket in CLOSERS) if bracket else 0
        if depth == 0:
            break
        begin = match.start() if not bracket else match.end()
        if depth == 1 and bracket in {None, "{", ","} and (name := _NAME.match(text, begin)):
            names.append(name[1])
    return tuple(dict.fromkeys(names))


def closing(text: str, start: int, open_brackets: str = "") -> tuple[str, int]:
    """Return the brackets still open at the end of `text` and the column after the bracket that closed the first.

    The column is -1 while something is open. `open_brackets` are those that earlier lines left open.
    """
    for match in tokens(text, start):
        bracket = match["bracket"]
        if bracket in OPENERS:
            open_brackets += bracket
        elif bracket in ("]", "}"):
            open_brackets = open_brackets[:-1]
            if not open_brackets:
                return "", match.end()
    return open_brackets, -1
