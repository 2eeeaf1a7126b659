"""What a planner does who follows a hint to the letter, as a program."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.diagnostics.finding import Diagnostic

_WORD = re.compile(r"もしかして「([^」]+)」ですか|例えば「([^」]+)」としてください|ここを「([^」]+)」に直してください")
_ROWS = re.compile(r"(\d+) 行目から (\d+) 行目までを、次の")
_ABOVE = re.compile(r"この行の上に.*行頭の空白は半角 (\d+) 個")
_INDENT = re.compile(r"行頭の空白は半角 (\d+) 個")
_ADDED = "次の行を足してください"
_GONE = re.compile(r"(?:[^\n]*[、。])?この(?:再掲の)?行(?:から (?P<last>\d+) 行目まで)?を消してください。")
_BLANKS_GONE = "この行の空白を消してください。"
_COMMENT_GONE = "このコメントを消してください。"


def corrected(text: str, diagnostic: Diagnostic) -> str | None:
    """Return the file after the hint was followed to the letter; None where the hint leaves something to decide."""
    said, _, literal = diagnostic.hint.partition("\n")
    lines = text.split("\n")
    first = diagnostic.span.line - 1
    if match := _GONE.fullmatch(diagnostic.hint):
        return "\n".join(lines[:first] + lines[int(match["last"] or first + 1) :])
    if diagnostic.hint in {_BLANKS_GONE, _COMMENT_GONE}:
        lines[first] = lines[first][: diagnostic.span.column - 1].rstrip()
        return "\n".join(lines)
    if literal and "次の" in said and "次のキー" not in said:
        new = textwrap.dedent(literal).split("\n")
        if match := _ABOVE.search(said):
            lines[first:first] = [" " * int(match[1]) + line for line in new]
        elif _ADDED in said:
            indent = " " * (diagnostic.span.column - 1)
            if diagnostic.source_line[: len(indent)].strip(" -"):  # at the key of a block: its keys stand deeper
                return None
            lines[first + 1 : first + 1] = [indent + line for line in new]
        else:
            last = first + 1
            if match := _ROWS.search(said):
                first, last = int(match[1]) - 1, int(match[2])
            lines[first:last] = _indented(new, lines[first], said)
        return "\n".join(lines)
    if words := [word for match in _WORD.finditer(said) for word in match.groups() if word]:
        span = diagnostic.span
        line = lines[first]
        lines[first] = line[: span.column - 1] + words[0] + line[span.end_column - 1 :]
        return "\n".join(lines)
    return None


def _indented(new: list[str], old: str, said: str) -> list[str]:
    match = _INDENT.search(said)
    indent = int(match[1]) if match else len(old) - len(old.lstrip(" \t　"))
    if not match and old.lstrip().startswith("- ") and new[0].lstrip()[:1] not in "-#":
        new = [f"- {new[0]}", *new[1:]]
    deeper = len(new[0]) - len(new[0].lstrip())
    if deeper <= indent:  # a line below may stand further out
        return [" " * (indent - deeper) + line for line in new]
    return [" " * indent + line[deeper:] for line in new]
