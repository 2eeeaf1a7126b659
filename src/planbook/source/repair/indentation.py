"""The blanks at the beginning of lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.source.repair.open_nodes import STEP

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine

BLANKS = " \t　\xa0\u2002\u2003\u2009"
"""What looks like a blank on a screen."""


def uneven(blanks: int) -> str:
    """Return the message for a line that begins at the wrong column."""
    return f"字下げがそろっていません（行頭の空白が {blanks} 個あります）。"


def indent(line: TypedLine, column: int) -> None:
    """Let a line begin at a column."""
    line.replace(0, line.indent, " " * column)


def correct_indentation(line: TypedLine) -> None:
    """Make blanks of tabs and full-width spaces at the beginning of a line."""
    lead = line.text[: len(line.text) - len(line.text.lstrip(BLANKS))]
    if not lead.strip(" "):
        return
    comment = line.text[len(lead) :].startswith("#") and not lead.strip(" \t") and line.file_is_readable()
    for rule, characters, message in (
        ("tab", "\t", "字下げにタブがあります。半角の空白を使います。"),
        ("fullwidth-space", "　", "字下げに全角の空白があります。半角の空白を使います。"),
        ("fullwidth-space", BLANKS[3:], "字下げに特殊な空白（U+{0:04X}）があります。半角の空白を使います。"),
    ):
        at = next((index for index, character in enumerate(lead) if character in characters), -1)
        if at >= 0 and not comment:
            message = message.format(ord(lead[at]))  # noqa: PLW2901
            end = at
            while lead[end : end + 1] and lead[end] in characters:
                end += 1
            line.slip(rule, at, end, message)
    line.replace(0, len(lead), " " * width(line.text))


def report_blank_line(line: TypedLine) -> None:
    """Report a line of nothing but blanks that YAML does not take for blanks."""
    hint = "この行の空白を消してください。"
    if "\t" in line.text and not line.text.strip(" \t"):
        line.slip("tab", 0, len(line.text), "タブだけの行です。", hint=hint)
    else:
        line.slip("fullwidth-space", 0, len(line.text), "全角の空白だけの行です。", hint=hint)


def width(text: str) -> int:
    """Return how far in a line seems to begin, in blanks."""
    return sum(2 if character in "\t　\u2003" else 1 for character in text[: len(text) - len(text.lstrip(BLANKS))])


def step_of_lists(lines: list[str]) -> int:
    """Return how many blanks most lists stand further in than their keys: those of one style have none."""
    beside = deeper = 0
    for above, line in pairwise(lines):
        if above.endswith(":") and line.lstrip(" ").startswith("- "):
            begin = len(above) - len(above.lstrip(" -"))
            if len(line) - len(line.lstrip(" ")) > begin:
                deeper += 1
            else:
                beside += 1
    return 0 if beside > deeper else STEP
