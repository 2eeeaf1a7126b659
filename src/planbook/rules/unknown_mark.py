"""The rule `unknown-mark`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import perhaps, suggest
from planbook.rules.common.plan_parts import identified
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_ADD = "先頭の marks に足すか、ここから消してください。"
_NO_MARKS = "先頭に「marks: [{}]」のように書き足すか、ここから消してください。"


@rule("unknown-mark", needs=r"marks(/\d+(/name)?)?")
def unknown_mark(plan: Plan) -> Iterator[Finding]:
    """Every mark of a section or action is in the list at the top, once."""
    known: dict[str, None] = {}
    signs: dict[str | None, str] = {}
    for mark in plan.marks:
        signs.setdefault(mark.sign, mark.name)
        if mark.name in known:
            message = f"印「{mark.name[:30]}」が、先頭の marks に二度書かれています。"
            yield Finding("", mark.at, message, "どちらか一つを消してください。")
        known[mark.name] = None
    for _, part in identified(plan):
        seen: set[str] = set()
        for at, name in enumerate(part.marks):
            if name in seen:
                message = f"印「{name[:30]}」が二度書かれています。"
                yield Finding("", (*part.at, "marks", at), message, "どちらか一つを消してください。")
            elif name not in known:
                message = f"印「{name[:30]}」は、先頭の marks にありません。"
                hint = perhaps(signs.get(name)) or suggest(name, known)
                hint = hint or (_ADD if known else _NO_MARKS.format(name[:30]))
                yield Finding("", (*part.at, "marks", at), message, hint)
            seen.add(name)
