"""Diagnostics for people at a terminal: place, message, the line, a caret under the exact characters, a hint."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity

if TYPE_CHECKING:
    from planbook.check.reports.report import Report
    from planbook.diagnostics.finding import Diagnostic

WINDOW = 100
"""Terminal cells of the source line that are shown; of a longer line, the part around the caret."""

MAX_SHOWN = 100
"""Diagnostics of a rule that are shown: more of them are one fault, or a day's work. No rule is hidden by another."""

LEAD = 40
"""Cells shown before the caret where the start of a long line is cut off."""

_BOLD, _RED, _YELLOW, _CYAN, _RESET = "\033[1m", "\033[31m", "\033[33m", "\033[36m", "\033[0m"
_COLORS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}


def write(report: Report, *, color: bool) -> str:
    """Return the report as text."""
    number: Counter[str] = Counter()
    blocks = []
    for diagnostic in report.diagnostics:
        number[diagnostic.rule] += 1
        if number[diagnostic.rule] <= MAX_SHOWN:
            blocks.append(_block(diagnostic, color=color))
    if more := {rule: found - MAX_SHOWN for rule, found in number.items() if found > MAX_SHOWN}:
        rules = "、".join(f"[{rule}] ほか {left} 件" for rule, left in more.items())
        advice = "まず上のものを直して、もう一度確かめてください。すべては --format json で見られます。"
        blocks.append(f"ほかに {sum(more.values())} 件あります（{rules}）。{advice}\n")
    return "\n".join([*blocks, report.summary])


def _block(diagnostic: Diagnostic, *, color: bool) -> str:
    def paint(text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if color else text

    place = f"{diagnostic.file}:{diagnostic.span.line}:{diagnostic.span.column}"
    name = paint(diagnostic.severity.word, _BOLD + _COLORS[diagnostic.severity])
    margin = f"{diagnostic.span.line:>5} | "
    source, blank, carets = _excerpt(diagnostic)
    lines = [f"{paint(place, _BOLD)}: {name}: {printable(diagnostic.message)} [{diagnostic.rule}]"]
    if source:
        lines += [margin + source, " " * (len(margin) - 2) + "| " + blank + paint(carets, _COLORS[diagnostic.severity])]
    if diagnostic.hint:
        label, *more = printable(diagnostic.hint).split("\n")
        lines += [f"      {paint('直し方', _CYAN)}: {label}", *(f"        {line}" for line in more)]
    return "\n".join(lines) + "\n"


def _excerpt(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """Return the source line (or the part around the caret), the blank before the caret, and the carets."""
    text, span = diagnostic.source_line, diagnostic.span
    start = min(span.column - 1, len(text))
    end = min(span.end_column - 1, len(text)) if span.end_line == span.line else len(text.rstrip())
    first = 0 if start < WINDOW and width(text[:start]) <= WINDOW - LEAD else _before(text, start, LEAD)
    shown = _cut(text, first, WINDOW)
    lead, tail = ("…" if first else ""), ("…" if len(text) > first + len(shown) else "")
    marked = _cut(text[:end], start, max(WINDOW - width(text[first:start]), 1))
    return (
        f"{lead}{printable(shown)}{tail}",
        " " * (width(lead) + width(text[first:start])),
        "^" * max(width(marked), 1),
    )


def _before(text: str, end: int, cells: int) -> int:
    """Return the last place before `end` from which the text takes so many cells, or the beginning."""
    used = 0
    for index in range(end - 1, -1, -1):
        used += _cells(text[index])
        if used >= cells:
            return index
    return 0


def _cut(text: str, start: int, cells: int) -> str:
    """Return as much of a text from `start` on as so many cells hold; a line may be as long as a file."""
    used = 0
    for index in range(start, len(text)):
        used += _cells(text[index])
        if used > cells:
            return text[start:index]
    return text[start:]


def width(text: str) -> int:
    """Return how many cells of a terminal the text takes: two for wide characters, none for combining marks.

    Ambiguous characters (※, ①, …) count one, as terminals draw them unless set otherwise (Unicode TR 11).
    """
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """Return the text with a visible stand-in for what would steer a terminal or vanish on it."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return "\N{SYMBOL FOR HORIZONTAL TABULATION}"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and _cells(character):
        return "\N{REPLACEMENT CHARACTER}"
    return character
