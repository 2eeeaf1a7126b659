"""What goes on over lines: a quoted text, a bracket, a block of text, a plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.plan.key_names import NAME_LISTS
from planbook.plan.shape import all_keys
from planbook.source.repair.flow_tokens import CLOSING, closing, tokens
from planbook.source.repair.indentation import BLANKS, correct_indentation, indent, report_blank_line, uneven, width
from planbook.source.repair.line import rows
from planbook.source.repair.open_nodes import STEP
from planbook.source.repair.values import closes
from planbook.source.yaml_events import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.source.repair.line import TypedLine


MAX_LINE_LENGTH = 2_000
"""Characters; a longer line is nobody's typing and is left to the YAML reader."""

USUAL_LINE = 300
"""Characters; up to here a line takes no time worth counting."""

MAX_EFFORT = 12_000_000
"""Squares of the lengths of lines beyond the usual: what looks for slips in these may take so long, in a whole file."""

MAX_LINES = 5_000
"""Lines that are read one by one (see `sound_items`), eight times what the real plan has; the rest is left to YAML."""

MAX_SLIPS = 300
"""Lines with slips that are corrected; what is behind them is read when these have been mended."""


_ID = re.compile(r"[a-z0-9][a-z0-9_-]* *")


@dataclass(slots=True)
class OpenValue:
    """A value that is not complete at the end of its line: the next lines may belong to it."""

    kind: str  # "quote" | "flow" | "block" | "plain"
    line: TypedLine
    column: int
    """Of the entry that it belongs to."""
    character: str = ""
    begin: int = 0
    """Where a plain text begins on its line."""
    inside: int | None = None
    """How far in the lines of a block of text stand; None until its first one."""
    reported: bool = False

    @property
    def in_quotes_or_brackets(self) -> bool:
        """Whether it ends with a quote or a bracket."""
        return self.kind in ("quote", "flow")

    @property
    def is_id(self) -> bool:
        """Whether it looks like an id, which never goes on in the next line."""
        return bool(_ID.fullmatch(self.line.text, self.begin))

    @property
    def text(self) -> str:
        """The line on which it begins, without blanks around it."""
        return self.line.text.strip()


def is_in_block(open_value: OpenValue, line: TypedLine, below: Iterable[TypedLine]) -> bool:
    """Whether a line belongs to a block of text (`|`); its indentation is corrected where it can only be that.

    `below` are the lines after it.
    """
    stripped = line.text.strip(BLANKS)
    begin = line.indent
    outer = open_value.column - open_value.line.moved  # as typed: the lines of a block that was moved move too
    if stripped and open_value.inside is None and open_value.column < begin <= outer:
        open_value.line.moved, outer = 0, open_value.column  # only its first line was moved
    moved = open_value.line.moved
    if not stripped:
        if begin < (open_value.inside or outer + 1):
            if line.text.strip(" "):
                report_blank_line(line)
            line.replace(0, len(line.text), "")
        return True
    if (
        open_value.inside is None
        and begin > outer
        and (usual := _usual_in_block(begin, outer, below)) < begin
        and not line.file_is_readable()  # as with `|2`
    ):
        line.slip("indentation", 0, begin, uneven(begin))
        indent(line, usual + moved)
        open_value.inside = usual
        return True
    if begin > outer and (open_value.inside is None or begin >= open_value.inside or line.file_is_readable()):
        open_value.inside = open_value.inside or begin
        _fold(open_value)
        indent(line, begin + moved)
        return True
    wide = line.text[begin] in BLANKS[1:] and width(line.text) > outer
    looks_like_entry = re.match(r"(-[ \t]|#|\S[^：]*?:([ \t]|$))", stripped) or stripped == "-"
    if begin <= outer and not wide and looks_like_entry:
        return False
    if wide or (begin <= outer and line.text[begin] in BLANKS[1:]):
        correct_indentation(line)
    else:
        line.slip("indentation", 0, max(begin, 1), uneven(begin))
    open_value.inside = open_value.inside or outer + STEP
    indent(line, open_value.inside + moved)
    return True


def _usual_in_block(begin: int, outer: int, below: Iterable[TypedLine]) -> int:
    """Return where a block of text stands whose first line begins at a column: as its lines below, if further out."""
    usual = begin
    for line in below:
        if line.text.strip(BLANKS):
            if line.indent <= outer:
                break
            usual = min(usual, line.indent)
    return usual


def _fold(open_value: OpenValue) -> None:
    """Warn where `>` joins lines with blanks between them."""
    if open_value.character == ">" and open_value.reported:
        line = open_value.line
        at = line.text.rindex(">")
        message = "「>」を使うと、行のつなぎ目に空白が入ります。"
        hint = f"改行を残すなら、次のように「|-」を使ってください。\n{f'{line.text[:at].strip()} |-'.strip()}"
        line.slip("folded-text", at, len(line.text.rstrip()), message, hint=hint, severity=Severity.WARNING)
    open_value.reported = True


def go_on(open_value: OpenValue, line: TypedLine, typed_lines: list[TypedLine]) -> OpenValue | None:
    """Read a line inside a quoted text or a bracket; return what is open after it."""
    if open_value.kind == "quote":
        return None if closes(open_value.character + line.text, 0) else open_value
    if line.text.lstrip(" ")[:1] in tuple(BLANKS[1:]):
        correct_indentation(line)
    remaining, _ = closing(line.text, 0, open_value.character)
    if len(remaining) > MAX_DEPTH:
        return None  # nobody types this; the YAML reader reports it
    if (
        line.indent <= open_value.column
        and len(open_value.line.text) < MAX_LINE_LENGTH
        and not re.match(r"[\]} \t]*(#|$)", line.text)
    ):
        _join(open_value, [*typed_lines[open_value.line.number + 1 : line.number], line])
    return OpenValue("flow", open_value.line, open_value.column, remaining) if remaining else None


def _join(open_value: OpenValue, inside: list[TypedLine]) -> None:
    """Put lines, the last of which stands too far out, where they belong: behind the line with the bracket."""
    line = inside[-1]
    message = f"前の行の「{open_value.character[0]}」の続きのようですが、字下げが足りません。"
    above = whole = open_value.line.text.rstrip()
    names = re.search(rf"\b(?:{'|'.join(NAME_LISTS)}): *\[", above)
    for below in inside:
        text = below.text.strip()
        comma = ", " if names and whole[-1:] not in "[、" and text[:1] not in {",", "、", "]"} else ""
        whole += (" " if whole[-1:] in ",:" else comma) + text
    hint = f"{rows(open_value.line, line)}一行につなげて書いてください。\n{whole.strip()}"
    line.slip("indentation", line.indent, len(line.text.rstrip()), message, hint=hint)
    open_value.line.replace(len(above), len(open_value.line.text), whole[len(above) :])
    for below in inside:
        below.replace(0, len(below.text), "")


def ends_before(open_value: OpenValue, line: TypedLine) -> bool:
    """Whether a line clearly begins something new, so that a quote or bracket before it was forgotten."""
    begin = len(line.text) - len(line.text.lstrip(" \t　"))
    stripped = line.text.strip(" \t　")
    word = re.match(rf"-[ 　]|(?:{'|'.join(all_keys())})[ 　]*[:：]|[0-9]{{4}}(-[0-9]{{4}})?:", stripped)
    if open_value.kind == "quote" and begin == open_value.column and _without_colon().match(stripped):
        return True
    return bool(word) and not (open_value.kind == "flow" and begin > open_value.column)


@cache
def _without_colon() -> re.Pattern[str]:
    """Return the pattern of a key that lacks its colon."""
    return re.compile(rf"(?:{'|'.join(all_keys())})[ 　]+[^\s:：]")


def close(open_value: OpenValue, inside: list[TypedLine]) -> None:
    """Close a quote or bracket that was forgotten; the lines inside so far are texts that nobody could place."""
    source, opening = open_value.line, open_value.character[0]
    first = max(source.text.find(opening), 0)
    if open_value.kind == "quote":
        source.slip("unclosed-quote", first, first + 1, f"引用符「{opening}」が閉じていません。")
        ending = opening
    else:
        source.slip("unclosed-bracket", first, first + 1, f"「{opening}」が閉じていません。")
        ending = _open_quote(source.text, first) + open_value.character[::-1].translate(CLOSING)
    source.replace(len(source.text.rstrip()), len(source.text), ending)
    for line in inside:
        line.replace(0, len(line.text), "")


def _open_quote(text: str, start: int) -> str:
    """Return the quote that is still open at the end of a value with brackets, or nothing."""
    last = ""
    for match in tokens(text, start):
        last = match["plain"] or ""
    quote = re.match(r"""\s*(?:\w+: +)?(["'])""", last)
    return quote[1] if quote else ""
