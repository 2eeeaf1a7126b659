"""Brackets and quotes inside `[…]` and `{…}` that are not closed, or closed by the wrong sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.source.repair.flow import CLOSERS, OPENERS, tokens
from planbook.source.repair.line import quoted

if TYPE_CHECKING:
    from planbook.source.repair.line import Draft

Edit = tuple[int, int, str]
"""Put this text in the place of the characters from the first column to the second."""


def correct_balance(draft: Draft, start: int) -> None:
    """Insert what is missing in the value with brackets that begins at `start`, as far as it goes on its line."""
    # A quote within quotes, or one that goes on on the next line, only looks open from here.
    if re.search("[\"']", draft.text[start:]) and draft.file_is_readable():
        return
    edits: list[Edit] = []
    opened: list[int] = []
    text = draft.text
    before = start
    for match in tokens(text, start):
        at = match.end() - 1
        if sign := match["sign"]:
            # Where a key must stand, another mapping begins: the one before it was not closed.
            if sign == "{" and opened and text[opened[-1]] == "{" and text[before] == ",":
                edits.append((before, before, _close(draft, opened.pop())))
            if sign in OPENERS:
                opened.append(at)
            elif sign in CLOSERS:
                edits += _matching(draft, opened, at)
                if not opened:
                    break
        elif match["plain"] and (edit := _closed_quote(draft, match)):
            edits.append(edit)
        before = at
    for begin, end, new in reversed(edits):
        draft.replace(begin, end, new)


def _matching(draft: Draft, opened: list[int], at: int) -> list[Edit]:
    """Close what is open inside of the bracket that the closing one at `at` belongs to, and that bracket."""
    text = draft.text
    wanted = CLOSERS[text[at]]
    if all(text[each] != wanted for each in opened):
        message = f"「{text[opened[-1]]}」が「{text[at]}」で閉じています。"
        draft.slip("unclosed-bracket", at, at + 1, message)
        return [(at, at + 1, OPENERS[text[opened.pop()]])]
    edits: list[Edit] = []
    while text[opened[-1]] != wanted:
        edits.append((at, at, _close(draft, opened.pop())))
    opened.pop()
    return edits


def _close(draft: Draft, opener: int) -> str:
    sign = draft.text[opener]
    draft.slip("unclosed-bracket", opener, opener + 1, f"「{sign}」が閉じていません。")
    return OPENERS[sign]


def _closed_quote(draft: Draft, match: re.Match[str]) -> Edit | None:
    """Return the edit that closes the quote which an item begins with, where the item ends on this line."""
    item = match["plain"]
    name = re.match(r"\s*\w+: +", item)
    begin = match.start("plain") + (name.end() if name else len(item) - len(item.lstrip()))
    end = match.start("plain") + len(item.rstrip())
    if draft.text[begin : begin + 1] not in ('"', "'") or match.end() >= len(draft.text):
        return None
    draft.slip("unclosed-quote", begin, begin + 1, f"引用符「{draft.text[begin]}」が閉じていません。")
    return begin, end, quoted(draft.text[begin + 1 : end])
