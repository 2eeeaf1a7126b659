"""The rule `folded-text`, for texts between quotes: those without are reported while the file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan


@typed_rule("folded-text", severity=Severity.WARNING)
def folded_text(plan: Plan, document: Document) -> Iterator[Finding]:
    """A text that goes on in the next line has a blank there: in the middle of a Japanese sentence."""
    for path, text in texts(plan):
        if " " not in text:
            continue
        span = document.span(path)
        typed = [document.lines[number - 1] for number in range(span.line, span.end_line + 1)]
        if len(typed) == 1 or typed[0][span.column - 1 : span.column] not in {'"', "'"}:
            continue
        pieces = [typed[0][span.column - 1 :], *typed[1:-1], typed[-1][: span.end_column - 1]]
        if wrong := next((n for n in range(1, len(pieces)) if _joins(pieces[n - 1], pieces[n])), 0):
            line = typed[wrong]
            start = len(line) - len(line.lstrip()) + 1
            end = len(pieces[wrong].rstrip()) + 1
            message = "前の行の続きとして読まれ、つなぎ目に空白が入ります。"
            joined = typed[0][: span.column - 1].strip() + " " + _join(pieces)
            rows = f"{span.line} 行目から {span.end_line} 行目までを、"
            hint = f"{rows}次のように一行につなげて書いてください。\n{joined.strip()}{typed[-1][span.end_column - 1 :]}"
            yield Finding("", Span(span.line + wrong, start, span.line + wrong, end), message, hint)


def _joins(before: str, after: str) -> bool:
    """Tell whether a blank between two lines stands between Japanese characters; behind a backslash there is none."""
    if before.endswith("\\") or not before.strip() or not after.strip():
        return False
    return not (before.rstrip()[-1] + after.lstrip()[0]).isascii()


def _join(pieces: list[str]) -> str:
    text = pieces[0].rstrip()
    for piece in pieces[1:]:
        if text[0] == '"' and text.endswith("\\"):
            text = text[:-1] + piece.strip()
        else:
            text += ("" if _joins(text, piece) else " ") + piece.strip()
    return text
