"""What a planner is to type: the lines of the file as they would be with the right words in them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from planbook.diagnostics.document import Scalar, Span

if TYPE_CHECKING:
    from planbook.diagnostics.document import Document
    from planbook.diagnostics.finding import Finding

MAX_LINE_LENGTH = 1_000
"""Characters of a line that a hint repeats; of a longer one it has only the words that are wrong."""

_NEEDS_QUOTES = re.compile(r"""[\[\]{}#&*!|>@`"'%,]|[-?:](?= |$)|.*(?::(?= |$)| \#)""", re.DOTALL)
"""A plain value that YAML would read as something else: by its first character, by a colon, by a comment in it."""


_MAX_ROWS = 50
"""Lines between two brackets that a list is looked for in."""


class _Corrected(NamedTuple):
    """What is to stand in a file instead of the lines from `first` to `last`."""

    first: int
    last: int
    lines: list[str]


def with_correction(finding: Finding, document: Document) -> str:
    """Return the hint of a finding with the corrected lines, as far as what is wrong stands in the file as it reads."""
    if finding.instead_of is not None:
        finding = replace(finding, at=finding.instead_of, part="value", instead_of=None)
    span = finding.at if isinstance(finding.at, Span) else document.span(finding.at, finding.part)
    if any(len(line) > MAX_LINE_LENGTH for line in document.lines[span.line - 1 : span.end_line]):
        return _in_words(finding)
    if finding.added and not finding.instead:
        return _with_added(finding, span, document)
    if finding.instead:
        instead = finding.instead + _beside(finding, span, document)
        value = None if isinstance(finding.at, Span) else document.value(finding.at)
        is_text = value is None or isinstance(value, Scalar)
        corrected = _replaced(span, instead, document) if is_text else _instead_of_list(finding, span, document)
    else:
        corrected = _edited(span, finding.edits, document)
    if not corrected:
        return finding.hint if finding.hint.endswith("。") else _in_words(finding)
    first, last, lines = corrected
    rows = f"{first} 行目から {last} 行目までを、" if last > first else ""
    return f"{finding.hint}{rows}次のように直してください。\n{textwrap.dedent(chr(10).join(lines)).strip()}"


def _in_words(finding: Finding) -> str:
    """Return the hint with the words to put in, for a line that is too long to be repeated with every finding in it."""
    hint = finding.hint
    if finding.instead:
        hint += f"ここを「{finding.instead}」に直してください。"
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


def _instead_of_list(finding: Finding, span: Span, document: Document) -> _Corrected | None:
    """Return the lines of a list or mapping with what is to stand instead of it; `span` is where its first part stands.

    Between brackets it may stand on several lines; else each part has a line of its own, below its key.
    """
    if isinstance(finding.at, Span):
        return None
    key = document.keys.get(finding.at)
    line = document.lines[span.line - 1]
    number, opening = span.line, span.column - 1
    if not line.startswith(("[", "{"), opening):
        opening = len(line[:opening].rstrip()) - 1
    if key and key.line < span.line:
        rest = document.lines[key.line - 1].partition(" #")[0].rstrip()
        if rest.endswith(("[", "{")):
            number, opening = key.line, len(rest) - 1
    if document.lines[number - 1].startswith(("[", "{"), max(opening, 0)):
        rows = document.lines[number - 1 : number + _MAX_ROWS]
        if not (end := _closing("\n".join(rows), opening)):
            return None
        last = "\n".join(rows)[:end].count("\n")
        after = "\n".join(rows[: last + 1])[end + 1 :]
        return _Corrected(number, number + last, [rows[0][:opening] + finding.instead + after])
    if not key or key.line == span.line:
        return _replaced(span, finding.instead, document)  # typed as a text, and read as the list that was meant
    first, *below = finding.instead.split("\n")
    head = f"{document.lines[key.line - 1][: key.end_column - 1]}: {first}".rstrip()
    last = max(document.last_line(finding.at), span.line)
    return _Corrected(key.line, last, [head, *(" " * (key.column - 1) + each for each in below)])


def _beside(finding: Finding, span: Span, document: Document) -> str:
    """Return the keys to stand beside a value, as they are typed there: between braces, or each on its line."""
    if not finding.added:
        return ""
    line = document.lines[span.line - 1]
    if "{" in line[: span.column - 1] and line[span.end_column - 1 :].lstrip()[:1] in {",", "}"}:
        return "".join(f", {each}" for each in finding.added)
    key = document.span(finding.at, "key") if not isinstance(finding.at, Span) else span
    return "".join(f"\n{' ' * (key.column - 1)}{each}" for each in finding.added)


def _replaced(span: Span, instead: str, document: Document) -> _Corrected | None:
    """Return the line of a value that stands on one line, or those of a block of text, with another value."""
    line = document.lines[span.line - 1]
    before = line[: span.column - 1]
    first, *below = instead.split("\n")
    if before.endswith((":", "-")) and first:  # where no value stands
        before += " "
    margin = " " * (len(before) - len(before.lstrip(" -")))
    if line.startswith(("|", ">"), span.column - 1):
        last = span.end_line - (span.end_column == 1)
        return _Corrected(span.line, last, [(before + first).rstrip(), *(margin + each for each in below)])
    if span.line != span.end_line:
        return None
    return _Corrected(span.line, span.line, [before + instead + line[span.end_column - 1 :]])


def _edited(span: Span, edits: tuple[tuple[str, str], ...], document: Document) -> _Corrected | None:
    """Return the lines from the first to the last one that the edits change."""
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
    first, last = min(changed), max(changed)
    lines = [changed.get(number, document.lines[number - 1]) for number in range(first, last + 1)]
    return _Corrected(first, last, lines)


def quoted(text: str) -> str:
    """Return a text between quotes that need no escapes in it, where there are such."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
