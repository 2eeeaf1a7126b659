"""The `-` that begins a list item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.source.repair.pasted_rows import BEHIND_DASH

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline

_DASHES = "－−‐‑–—―─━⁃˗ー=＝~"
_BULLETS = "・•●○◯◆◇■□▪◦‣＊"
"""Marks that word processors put before the items of a list."""


def correct_dashes(line: TypedLine, column: int, outline: Outline) -> list[tuple[int, int]]:
    """Correct the list marks that a line begins with; return where each stands and where its item begins."""
    found: list[tuple[int, int]] = []
    at = column
    while at < len(line.text):
        character, after = line.text[at], line.text[at + 1 : at + 2]
        listed = outline.expects_list(column) and not found
        if (
            (character in f"{_DASHES}{_BULLETS}" and listed)
            or (character == "*" and after == " " and listed)
            or (character in _DASHES and after in (" ", "　"))
        ):
            line.slip("fullwidth-hyphen", at, at + 1, f"リストの印「{character}」が半角の「-」ではありません。")
            line.replace(at, at + (2 if after in (" ", "　", "\t") else 1), "- ")
        elif character == "-" and after not in ("", " ", "\t", "　", "-") and (listed or not outline.pending):
            line.slip("missing-space", at, at + 1, "「-」の後に空白がありません。")
            line.replace(at + 1, at + 1, " ")
        elif character != "-" or after not in ("", " ", "\t", "　"):
            break
        begin = len(line.text) - len(line.text[at + 1 :].lstrip(" \t　"))
        if "\t" in line.text[at + 1 : begin]:
            line.slip("tab", at + 1, begin, BEHIND_DASH)
            line.replace(at + 1, begin, " ")
            begin = at + 2
        if "　" in line.text[at + 1 : begin]:
            wide = line.text.index("　", at + 1)
            line.slip("fullwidth-space", wide, wide + 1, "「-」の後の空白が全角です。半角の空白を使います。")
            line.replace(at + 1, begin, " " * (begin - at - 1))
        found.append((at, begin))
        at = begin
    return found
