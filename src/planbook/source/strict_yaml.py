"""What PyYAML's own reader refuses and libyaml, the quick one, lets pass.

That is tabs, `?` in texts between brackets, and comments that touch the indicator of a block (`|`, `>`). Whoever reads
a plan file with PyYAML shall read what planbook prints, with either of the two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from planbook.diagnostics.corrections import MAX_LINE_LENGTH, quoted
from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding
from planbook.source.yaml_events import yaml_events

if TYPE_CHECKING:
    from collections.abc import Iterator


_TOUCHED = re.compile(r"[|>][-+0-9]*(?:[ ]*\t|#)")
"""The indicator of a block, as long as no text has the like of it, with what PyYAML takes for no comment behind it."""


def refused_by_pyyaml(lines: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding for each line that libyaml reads and PyYAML does not."""
    doubtful = {number for number, line in enumerate(lines) if "\t" in line or "?" in line or _TOUCHED.search(line)}
    if not doubtful:
        return
    texts: dict[int, list[tuple[int, int]]] = {}
    in_brackets = 0
    for event in yaml_events("\n".join(lines)):
        if isinstance(event, yaml.CollectionStartEvent) and (in_brackets or event.flow_style):
            in_brackets += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            in_brackets = max(in_brackets - 1, 0)
        elif isinstance(event, yaml.ScalarEvent):
            spans = dict(_spans(event, lines, doubtful))
            start: Any = event.start_mark
            if event.style in {"|", ">"} and _TOUCHED.match(lines[start.line], start.column):
                yield _touching(lines[start.line], start.line, start.column)
            if in_brackets and not event.style and "?" in event.value:
                yield from (_question(lines, number, *span) for number, span in list(spans.items())[:1])
            for number, (first, last) in spans.items():
                # Of a plain text, only a comment behind it is looked for past its end.
                texts.setdefault(number, []).append((first, last) if event.style else (last, last))
    for number in sorted(doubtful):
        yield from _tabs(lines, number, texts.get(number, []))


def _spans(event: Any, lines: tuple[str, ...], numbers: set[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield from which column to which a text stands, on each of some lines."""
    start, end = event.start_mark, event.end_mark
    for number in range(start.line, min(end.line + 1, len(lines))):
        if number in numbers:
            first = start.column if number == start.line else 0
            yield number, (first, end.column if number == end.line else len(lines[number]))


def _touching(line: str, number: int, column: int) -> Finding:
    indicator = line[column:].split("#", 1)[0].rstrip()
    comment = line[column + len(indicator) :].strip()
    message = f"「{indicator}」の後のコメントの前には、半角の空白が必要です。"
    hint = _corrected(f"{line[:column]}{indicator} {comment}")
    return Finding("yaml", Span(number + 1, column + 1, number + 1, len(line.rstrip()) + 1), message, hint)


def _corrected(line: str) -> str:
    """Return the hint to type a line anew; nothing where it is too long to be shown."""
    return f"次のように直してください。\n{line.strip()}" if len(line) <= MAX_LINE_LENGTH else ""


def _question(lines: tuple[str, ...], number: int, first: int, last: int) -> Finding:
    text = lines[number][first:last]
    at = first + max(text.find("?"), 0)
    message = "かっこの中の「?」を含む文字は、引用符で囲みます。"
    whole = f"{lines[number][:first]}{quoted(text.strip())}{lines[number][last:]}"
    return Finding("needs-quotes", Span(number + 1, at + 1, number + 1, at + 2), message, _corrected(whole))


def _tabs(lines: tuple[str, ...], number: int, texts: list[tuple[int, int]]) -> Iterator[Finding]:
    for match in re.finditer(r"\t+", lines[number]):
        if not _is_harmless(lines[number], match.start(), texts):
            message = "タブがあります。半角の空白を使います。"
            hint = f"タブを半角の空白にします。{_corrected(lines[number].replace(chr(9), ' '))}"
            yield Finding("tab", Span(number + 1, match.start() + 1, number + 1, match.end() + 1), message, hint)
            return


def _is_harmless(line: str, at: int, texts: list[tuple[int, int]]) -> bool:
    """Whether a tab is inside a text between quotes or in a block, or in a comment."""
    if any(first <= at < last for first, last in texts):
        return True
    behind = max((last for _, last in texts if last <= at), default=0)
    return re.search(r"[ \t]#" if behind else r"(^|[ \t])#", line[behind:at]) is not None
