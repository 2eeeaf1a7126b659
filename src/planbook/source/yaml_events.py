"""Lines → the events of YAML, read by libyaml, and where in the file they were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.source.repair.line import TypedLine

MAX_DEPTH = 40
"""Format 1 nests 11 deep; a file far beyond that is not a plan."""

# libyaml where the wheel has it: ten times faster than the reader in Python, with the same events.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlLine(NamedTuple):
    """A line as YAML is to read it, and where it was typed.

    `number` counts the lines of the file from 0; `text` begins at the column `offset` of the corrected `line`.
    """

    text: str
    number: int
    line: TypedLine | None = None
    offset: int = 0

    def column(self, column: int) -> int:
        """Return the column, from 0, at which a character of this line was typed."""
        return self.line.origin(self.offset + column) if self.line else column


def yaml_lines(typed_lines: list[TypedLine]) -> list[YamlLine]:
    """Return corrected lines as YAML is to read them. A correction may have broken one line into several."""
    found = []
    for line in typed_lines:
        if line.is_as_typed(line.number):
            found.append(YamlLine(line.text, line.number))
            continue
        for part in line.parts:
            if part.above:
                found.append(YamlLine(part.above, line.number))
            offset = 0
            for text in part.text.split("\n"):
                found.append(YamlLine(text, line.number, part, offset))
                offset += len(text) + 1
    return found


def yaml_events(text: str) -> Iterator[Any]:
    """Yield the events of YAML, as deep as a plan may nest: libyaml takes time with the square of the depth.

    Raises:
        yaml.YAMLError: the text is not YAML.
        UnreadableYaml: it nests too deep.

    """
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH * 2 + 1:  # as deep as `Builder` reads, and reads over what it skips
                mark: Any = event.start_mark
                raise too_deep(Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        yield event


def too_deep(at: Span) -> UnreadableYaml:
    """Return the error for a list or mapping in too many others."""
    message = f"入れ子が深すぎます（{MAX_DEPTH} 段まで）。"
    hint = "字下げと、「[」「{」の数を確かめてください。"
    return UnreadableYaml(Finding("nesting", at, message, hint))


def ends_of_nodes(text: str) -> dict[int, int]:
    """Return for every line on which a value goes on over the next lines the last line of that value.

    Values are texts and what stands in brackets, the outermost; lines count from 0. The text is one that YAML can read.
    """
    ends: dict[int, int] = {}
    begun = depth = 0
    for event in yaml_events(text):
        start: Any = event.start_mark
        end: Any = event.end_mark
        if isinstance(event, yaml.CollectionStartEvent) and (depth or event.flow_style):
            begun = begun if depth else start.line
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent) and depth:
            depth -= 1
        elif depth or not isinstance(event, yaml.ScalarEvent):
            continue
        else:
            begun = start.line
        if not depth:
            ends.update((line, end.line) for line in range(begun, end.line))
    return ends


class UnreadableYaml(Exception):
    """YAML can not read the text from somewhere on.

    `yaml_line` is the index of the line without which it perhaps can; None where leaving out a line would not help.
    """

    def __init__(self, finding: Finding, yaml_line: int | None = None) -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.yaml_line = yaml_line
