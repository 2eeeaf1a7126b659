"""What goes on over lines: a quoted text, a bracket, a block of text, a plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.plan.shape import all_keys
from planbook.source.compose import MAX_DEPTH
from planbook.source.repair.flow import CLOSING, closing
from planbook.source.repair.indentation import BLANKS, correct_indentation, indent, report_blank_line, uneven, width
from planbook.source.repair.nesting import STEP
from planbook.source.repair.values import closes

if TYPE_CHECKING:
    from planbook.source.repair.line import Draft


LONGEST_LINE = 2_000
"""Characters; a longer line is nobody's typing and is left to the YAML reader."""

USUAL_LINE = 300
"""Characters; up to here a line takes no time worth counting."""

MOST_EFFORT = 12_000_000
"""Squares of the lengths of lines beyond the usual: what looks for slips in these may take so long, in a whole file."""

MOST_SLIPS = 1_000
"""Lines with slips that are corrected; a file with more is not one that slips were made in."""


@dataclass(slots=True)
class Opened:
    """Something that an entry opened, and that the next lines may be inside of."""

    kind: str  # "quote" | "flow" | "block" | "plain"
    draft: Draft
    column: int
    """Of the entry that it belongs to."""
    sign: str = ""
    begin: int = 0
    """Where a plain text begins on its line."""
    inside: int | None = None
    """How far in the lines of a block of text stand; None until its first one."""
    told: bool = False

    @property
    def in_signs(self) -> bool:
        """Whether it ends with a sign: a quote or a bracket."""
        return self.kind in ("quote", "flow")

    @property
    def text(self) -> str:
        """The line that opened it, without blanks around it."""
        return self.draft.text.strip()


def is_in_block(opened: Opened, draft: Draft) -> bool:
    """Whether a line belongs to a block of text (`|`); its indentation is corrected where it can only be that."""
    stripped = draft.text.strip(BLANKS)
    begin = draft.indent
    outer = opened.column - opened.draft.moved  # as typed: a block that slid takes its lines along
    if stripped and opened.inside is None and opened.column < begin <= outer:
        opened.draft.moved, outer = 0, opened.column  # only its first line slid
    moved = opened.draft.moved
    if not stripped:
        if begin < (opened.inside or outer + 1):
            if draft.text.strip(" "):
                report_blank_line(draft)
            draft.replace(0, len(draft.text), "")
        return True
    if begin > outer and (opened.inside is None or begin >= opened.inside):
        opened.inside = opened.inside or begin
        _fold(opened)
        indent(draft, begin + moved)
        return True
    wide = draft.text[begin] in BLANKS[1:] and width(draft.text) > outer
    looks_like_entry = re.match(r"(-[ \t]|#|\S[^：]*?:([ \t]|$))", stripped) or stripped == "-"
    if begin <= outer and not wide and looks_like_entry:
        return False
    if wide:
        correct_indentation(draft)
    else:
        draft.slip("indentation", 0, max(begin, 1), uneven(begin))
    opened.inside = opened.inside or outer + STEP
    indent(draft, opened.inside + moved)
    return True


def _fold(opened: Opened) -> None:
    """Warn where `>` joins lines with blanks between them."""
    if opened.sign == ">" and opened.told:
        draft = opened.draft
        at = draft.text.rindex(">")
        message = "「>」を使うと、行のつなぎ目に空白が入ります。"
        hint = f"改行を残すなら、次のように「|-」を使ってください。\n{draft.text[:at].strip()} |-"
        draft.slip("folded-text", at, len(draft.text.rstrip()), message, hint=hint, severity=Severity.WARNING)
    opened.told = True


def go_on(opened: Opened, draft: Draft) -> Opened | None:
    """Read a line inside a quoted text or a bracket; return what is open after it."""
    if opened.kind == "quote":
        return None if closes(opened.sign + draft.text, 0) else opened
    if draft.text.lstrip(" ")[:1] in tuple(BLANKS[1:]):
        correct_indentation(draft)
    remaining, _ = closing(draft.text, 0, opened.sign)
    if len(remaining) > MAX_DEPTH:
        return None  # nobody's typing; told by the YAML reader
    if (
        draft.indent <= opened.column
        and len(opened.draft.text) < LONGEST_LINE
        and draft.text.strip("]} \t")
        and not draft.text.lstrip().startswith("#")
    ):
        _join(opened, draft)
    return Opened("flow", opened.draft, opened.column, remaining) if remaining else None


def _join(opened: Opened, draft: Draft) -> None:
    """Put a line that stands too far out where it belongs: behind the line with the bracket."""
    message = f"前の行の「{opened.sign[0]}」の続きのようですが、字下げが足りません。"
    above = opened.draft.text.rstrip()
    both = above + (" " if above[-1] in ",:" else "") + draft.text.strip()
    hint = f"前の行につなげて、一行で書いてください。\n{both.strip()}"
    draft.slip("indentation", draft.indent, len(draft.text.rstrip()), message, hint=hint)
    opened.draft.replace(len(above), len(opened.draft.text), both[len(above) :])
    draft.replace(0, len(draft.text), "")


def ends_before(opened: Opened, draft: Draft) -> bool:
    """Whether a line clearly begins something new, so that a quote or bracket before it was forgotten."""
    begin = len(draft.text) - len(draft.text.lstrip(" \t　"))
    stripped = draft.text.strip(" \t　")
    word = re.match(rf"-[ 　]|(?:{'|'.join(all_keys())})[ 　]*[:：]|[0-9]{{4}}(-[0-9]{{4}})?:", stripped)
    return bool(word) and not (opened.kind == "flow" and begin > opened.column)


def close(opened: Opened, inside: list[Draft]) -> None:
    """Close a quote or bracket that was forgotten; the lines inside so far are texts that nobody could place."""
    source = opened.draft
    end = len(source.text.rstrip())
    if opened.kind == "quote":
        rule, message, closer = "unclosed-quote", f"引用符「{opened.sign}」が閉じていません。", opened.sign
    else:
        rule, message = "unclosed-bracket", f"「{opened.sign[0]}」が閉じていません。"
        closer = opened.sign[::-1].translate(CLOSING)
    first = max(source.text.find(opened.sign[0]), 0)
    source.slip(rule, first, first + 1, message)
    source.replace(end, len(source.text), closer)
    for draft in inside:
        draft.replace(0, len(draft.text), "")
