"""Brackets and quotes inside `[…]` and `{…}` that are not closed, or closed by the wrong bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys
from planbook.source.repair.flow_tokens import CLOSERS, OPENERS, tokens
from planbook.source.repair.line import quoted

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine

Edit = tuple[int, int, str]
"""Put this text in the place of the characters from the first column to the second."""


def correct_balance(line: TypedLine, start: int) -> None:
    """Insert what is missing in the value with brackets that begins at `start`, as far as it goes on its line."""
    # A quote within quotes, or one that goes on on the next line, only looks open from here.
    if _has_quotes(line.text[start:]) and line.file_is_readable():
        return
    edits: list[Edit] = []
    open_brackets: list[int] = []
    text = line.text
    before = start
    for match in tokens(text, start):
        at = match.end() - 1
        if bracket := match["bracket"]:
            # Where a key must stand, another mapping begins: the one before it was not closed.
            if bracket == "{" and open_brackets and text[open_brackets[-1]] == "{" and text[before] == ",":
                edits.append((before, before, _close(line, open_brackets.pop())))
            if bracket in OPENERS:
                open_brackets.append(at)
            elif bracket in CLOSERS:
                edits += _matching(line, open_brackets, at)
                if not open_brackets:
                    break
        elif match["plain"]:
            edits += _of_plain(line, match, open_brackets, before)
        before = at
    for begin, end, new in reversed(edits):
        line.replace(begin, end, new)


def _of_plain(line: TypedLine, match: re.Match[str], open_brackets: list[int], before: int) -> list[Edit]:
    """Close the list of names before a key, and the quote that an item begins with."""
    edits: list[Edit] = []
    if len(open_brackets) > 1 and _is_key_after_names(line.text, open_brackets[-1], match):
        edits.append((before, before, _close(line, open_brackets.pop())))
    if edit := _closed_quote(line, match):
        edits.append(edit)
    return edits


def _is_key_after_names(text: str, opener: int, match: re.Match[str]) -> bool:
    def is_key(item: str) -> bool:
        name, colon, _ = item.strip().partition(":")
        return bool(colon) and name in all_keys()

    return text[opener] == "[" and is_key(match["plain"]) and not is_key(text[opener + 1 : match.start()])


def _has_quotes(text: str) -> bool:
    return '"' in text or "'" in text


def _matching(line: TypedLine, open_brackets: list[int], at: int) -> list[Edit]:
    """Close what is open inside of the bracket that the closing one at `at` belongs to, and that bracket."""
    text = line.text
    wanted = CLOSERS[text[at]]
    if all(text[each] != wanted for each in open_brackets):
        message = f"「{text[open_brackets[-1]]}」が「{text[at]}」で閉じています。"
        line.slip("unclosed-bracket", at, at + 1, message)
        return [(at, at + 1, OPENERS[text[open_brackets.pop()]])]
    edits: list[Edit] = []
    while text[open_brackets[-1]] != wanted:
        edits.append((at, at, _close(line, open_brackets.pop())))
    open_brackets.pop()
    return edits


def _close(line: TypedLine, opener: int) -> str:
    bracket = line.text[opener]
    line.slip("unclosed-bracket", opener, opener + 1, f"「{bracket}」が閉じていません。")
    return OPENERS[bracket]


def _closed_quote(line: TypedLine, match: re.Match[str]) -> Edit | None:
    """Return the edit that closes the quote which an item begins with, where the item ends on this line."""
    item = match["plain"]
    if not _has_quotes(item):
        return None
    name = re.match(r"\s*\w+: +", item)
    begin = match.start("plain") + (name.end() if name else len(item) - len(item.lstrip()))
    end = match.start("plain") + len(item.rstrip())
    if line.text[begin : begin + 1] not in ('"', "'") or match.end() >= len(line.text):
        return None
    line.slip("unclosed-quote", begin, begin + 1, f"引用符「{line.text[begin]}」が閉じていません。")
    return begin, end, quoted(line.text[begin + 1 : end])
