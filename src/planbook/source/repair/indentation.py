"""The blanks at the beginning of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.source.repair.line import Draft

BLANKS = " \t　\xa0"
"""What looks like a blank on a screen."""


def uneven(blanks: int) -> str:
    """Return the message for a line that begins at the wrong column."""
    return f"字下げがそろっていません（行頭の空白が {blanks} 個あります）。"


def indent(draft: Draft, column: int) -> None:
    """Let a line begin at a column."""
    draft.replace(0, draft.indent, " " * column)


def correct_indentation(draft: Draft) -> None:
    """Make blanks of tabs and full-width spaces at the beginning of a line."""
    lead = draft.text[: len(draft.text) - len(draft.text.lstrip(BLANKS))]
    if not lead.strip(" "):
        return
    comment = draft.text[len(lead) :].startswith("#") and not lead.strip(" \t")
    for rule, signs, message in (
        ("tab", "\t", "字下げにタブがあります。半角の空白を使います。"),
        ("fullwidth-space", "　", "字下げに全角の空白があります。半角の空白を使います。"),
        ("fullwidth-space", "\xa0", "字下げに特殊な空白（U+00A0）があります。半角の空白を使います。"),
    ):
        at = next((index for index, sign in enumerate(lead) if sign in signs), -1)
        if at >= 0 and not comment:
            end = at
            while lead[end : end + 1] and lead[end] in signs:
                end += 1
            draft.slip(rule, at, end, message)
    draft.replace(0, len(lead), " " * width(draft.text))


def report_blank_line(draft: Draft) -> None:
    """Report a line of nothing but blanks that YAML does not take for blanks."""
    hint = "この行の空白を消してください。"
    if "\t" in draft.text and not draft.text.strip(" \t"):
        draft.slip("tab", 0, len(draft.text), "タブだけの行です。", hint=hint)
    else:
        draft.slip("fullwidth-space", 0, len(draft.text), "全角の空白だけの行です。", hint=hint)


def width(text: str) -> int:
    """Return how far in a line seems to begin, in blanks."""
    return sum(2 if sign in "\t　" else 1 for sign in text[: len(text) - len(text.lstrip(BLANKS))])
