"""The `-` that begins a list item."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.source.repair.line import Draft
    from planbook.source.repair.nesting import Outline

_DASHES = "－−‐‑–—ー"
_BULLETS = "・•●○◯◆◇■□▪◦‣＊"
"""Marks that word processors put before the items of a list."""


def correct_dashes(draft: Draft, column: int, outline: Outline) -> list[tuple[int, int]]:
    """Correct the list marks that a line begins with; return where each stands and where its item begins."""
    found: list[tuple[int, int]] = []
    at = column
    while at < len(draft.text):
        sign, after = draft.text[at], draft.text[at + 1 : at + 2]
        listed = outline.expects_list(column) and not found
        if (
            (sign in f"{_DASHES}{_BULLETS}" and listed)
            or (sign == "*" and after == " " and listed)
            or (sign in _DASHES and after in (" ", "　"))
        ):
            draft.slip("fullwidth-hyphen", at, at + 1, f"リストの印「{sign}」が半角の「-」ではありません。")
            draft.replace(at, at + (2 if after in (" ", "　", "\t") else 1), "- ")
        elif sign == "-" and after not in ("", " ", "\t", "　", "-") and (listed or not outline.pending):
            draft.slip("missing-space", at, at + 1, "「-」の後に空白がありません。")
            draft.replace(at + 1, at + 1, " ")
        elif sign != "-" or after not in ("", " ", "\t", "　"):
            break
        begin = len(draft.text) - len(draft.text[at + 1 :].lstrip(" \t　"))
        if "\t" in draft.text[at + 1 : begin]:
            draft.slip("tab", at + 1, begin, "「-」の後の空白がタブです。半角の空白を使います。")
            draft.replace(at + 1, begin, " ")
            begin = at + 2
        if "　" in draft.text[at + 1 : begin]:
            wide = draft.text.index("　", at + 1)
            draft.slip("fullwidth-space", wide, wide + 1, "「-」の後の空白が全角です。半角の空白を使います。")
            draft.replace(at + 1, begin, " " * (begin - at - 1))
        found.append((at, begin))
        at = begin
    return found
