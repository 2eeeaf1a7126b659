"""What a planner is to type: the lines of the file as they would be with the right words in them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Scalar, Span

if TYPE_CHECKING:
    from planbook.diagnostics.document import Document
    from planbook.diagnostics.finding import Finding

MAX_LINE_LENGTH = 1_000
"""Characters of a line that a hint repeats; of a longer one it has only the words that are wrong."""

_NEEDS_QUOTES = re.compile(r"""[\[\]{}#&*!|>@`"'%,]|[-?:](?= |$)|.*(?::(?= |$)| \#)""", re.DOTALL)
"""A plain value that YAML would read as something else: by its first character, by a colon, by a comment in it."""


def with_correction(finding: Finding, document: Document) -> str:
    """Return the hint of a finding with the corrected lines, as far as what is wrong stands in the file as it reads."""
    span = finding.at if isinstance(finding.at, Span) else document.span(finding.at, finding.part)
    if any(len(line) > MAX_LINE_LENGTH for line in document.lines[span.line - 1 : span.end_line]):
        return _in_words(finding)
    if finding.added and not finding.instead:
        return _with_added(finding, span, document)
    if finding.instead:
        instead = finding.instead + _beside(finding, span, document)
        corrected = _instead_of_collection(finding, span, document) or _replaced(span, instead, document)
    else:
        corrected = _edited(span, finding.edits, document)
    if not corrected:
        return finding.hint if finding.hint.endswith("。") else _in_words(finding)
    first, lines = corrected
    last = max(first + len(lines) - 1, span.end_line)
    if first < span.line and not isinstance(finding.at, Span):  # a list or mapping below its key
        depth = len(finding.at)
        inside = (each for path, each in document.values.items() if path[:depth] == finding.at)
        last = max([last, *(each.end_line - (each.end_column == 1) for each in inside)])
    rows = f"{first} 行目から {last} 行目までを、" if last > first else ""
    return f"{finding.hint}{rows}次のように直してください。\n{textwrap.dedent(chr(10).join(lines)).strip()}"


def _in_words(finding: Finding) -> str:
    """Return the hint with the words to put in, for a line that is too long to be repeated with every finding in it."""
    hint = finding.hint
    if finding.instead:
        hint += f"次のように直してください。\n{finding.instead}"
    elif finding.edits and not finding.added:
        pairs = "、".join(f"「{wrong}」を「{right}」に" for wrong, right in finding.edits[:10])
        hint += f"{pairs}直してください。"
    if finding.added:
        hint += "次のキーを足してください（値は例です）。\n" + "\n".join(finding.added)
    return hint


def _with_added(finding: Finding, span: Span, document: Document) -> str:
    """Return the hint with the keys that a mapping lacks: in its line, where it stands between braces on one."""
    line = document.lines[span.line - 1]
    if finding.part == "key" and not isinstance(finding.at, Span):
        rows = _below_key(finding.added, span, document.span(finding.at), line)
        return f"{finding.hint}次のように直してください（値は例です）。\n{textwrap.dedent(rows)}"
    end = _closing_brace(line, span.column - 1)
    if end and not any("\n" in each for each in finding.added):
        full = line[:end].rstrip(" ,") + ", " + ", ".join(finding.added) + line[end:]
        return f"{finding.hint}次のように直してください（値は例です）。\n{full.replace('{, ', '{').strip()}"
    rows = "\n".join(finding.added)
    return f"{finding.hint}次の行を足してください（値は例です）。\n{rows}"


def _below_key(added: tuple[str, ...], key: Span, value: Span, line: str) -> str:
    """Return the line of a key whose mapping lacks keys, with these in its braces, or below it."""
    opening = line.find("{", key.end_column - 1)
    if value.line > key.line or opening < 0:
        return "\n".join([line.rstrip(), *(" " * (value.column - 1) + each for each in added)])
    if end := _closing(line, opening):
        return f"{line[:end].rstrip(' ,')}, {', '.join(added)}{line[end:]}"
    return f"{line[: opening + 1]}{', '.join(added)}, {line[opening + 1 :].lstrip()}"


def _closing_brace(line: str, start: int) -> int:
    """Return where the braces are closed that open before or at `start` of a line; 0 where there are none."""
    if "{" not in line[: start + 1] or line[: start + 1].rstrip()[-1:] not in {"{", line[start : start + 1]}:
        return 0
    return _closing(line, line.rindex("{", 0, start + 1))


def _closing(line: str, opening: int) -> int:
    """Return where the bracket is closed that stands at `opening` of a line; 0 where it is not."""
    depth, quote = 0, ""
    for index in range(opening, len(line)):
        character = line[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in {'"', "'"} and line[index - 1] in " ,{[:":
            quote = character
        else:
            depth += (character in "[{") - (character in "]}")
            if not depth:
                return index
    return 0


def _instead_of_collection(finding: Finding, span: Span, document: Document) -> tuple[int, list[str]] | None:
    """Return the first line of a list or mapping and what is to stand instead of it, as `_replaced` does for a text.

    `span` is where its first item or key stands.
    """
    if isinstance(finding.at, Span) or isinstance(document.value(finding.at), Scalar):
        return None
    line = document.lines[span.line - 1]
    opening = (
        span.column - 1 if line.startswith(("[", "{"), span.column - 1) else len(line[: span.column - 1].rstrip()) - 1
    )
    if line.startswith(("[", "{"), max(opening, 0)) and (end := _closing(line, opening)):
        return span.line, [line[:opening] + finding.instead + line[end + 1 :]]
    key = document.keys.get(finding.at)
    if key and key.line < span.line:
        first, *below = finding.instead.split("\n")
        head = f"{document.lines[key.line - 1][: key.end_column - 1]}: {first}".rstrip()
        return key.line, [head, *(" " * (key.column - 1) + line for line in below)]
    return None


def _beside(finding: Finding, span: Span, document: Document) -> str:
    """Return the keys to stand beside a value, as they are typed there: between braces, or each on its line."""
    if not finding.added:
        return ""
    line = document.lines[span.line - 1]
    if "{" in line[: span.column - 1] and line[span.end_column - 1 :].lstrip()[:1] in {",", "}"}:
        return "".join(f", {each}" for each in finding.added)
    key = document.span(finding.at, "key") if not isinstance(finding.at, Span) else span
    return "".join(f"\n{' ' * (key.column - 1)}{each}" for each in finding.added)


def _replaced(span: Span, instead: str, document: Document) -> tuple[int, list[str]] | None:
    """Return the number of the line of a value that stands on one line, and that line with another value."""
    if span.line != span.end_line:
        return None
    line = document.lines[span.line - 1]
    before = line[: span.column - 1]
    if before.endswith((":", "-")):  # where no value stands
        before += " "
    return span.line, [before + instead + line[span.end_column - 1 :]]


def _edited(span: Span, edits: tuple[tuple[str, str], ...], document: Document) -> tuple[int, list[str]] | None:
    """Return the number of the first line that the edits change, and the lines from there to the last one."""
    changed: dict[int, str] = {}
    for number in range(span.line, min(span.end_line, len(document.lines)) + 1):
        line = document.lines[number - 1]
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(line)
        typed = line[start:end]
        right = typed
        for wrong, replacement in edits:
            right = right.replace(wrong, replacement)
        if right != typed:
            if span.line == span.end_line and typed[:1] not in {'"', "'"}:
                right = quoted(right) if _NEEDS_QUOTES.match(right) else right
            changed[number] = line[:start] + right + line[end:]
    if not changed or not all(line.strip(" -") for line in changed.values()):
        return None
    first = min(changed)
    return first, [changed.get(number, document.lines[number - 1]) for number in range(first, max(changed) + 1)]


def quoted(text: str) -> str:
    """Return a text between quotes that need no escapes in it, where there are such."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
