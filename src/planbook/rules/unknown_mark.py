"""The rule `unknown-mark`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import suggest
from planbook.rules.plan_parts import identified
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("unknown-mark", needs=r"marks(/\d+(/name)?)?")
def unknown_mark(plan: Plan) -> Iterator[Finding]:
    """Every mark of a section or action is in the list at the top, once."""
    known = list(dict.fromkeys(mark.name for mark in plan.marks))
    for at, mark in enumerate(plan.marks):
        if any(mark.name == before.name for before in plan.marks[:at]):
            message = f"印「{mark.name[:30]}」が、先頭の marks に二度書かれています。"
            yield Finding("", mark.at, message, "どちらか一つを消してください。")
    for _, part in identified(plan):
        for at, name in enumerate(part.marks):
            if name in part.marks[:at]:
                message = f"印「{name[:30]}」が二度書かれています。"
                yield Finding("", (*part.at, "marks", at), message, "どちらか一つを消してください。")
            elif name not in known:
                message = f"印「{name[:30]}」は、先頭の marks にありません。"
                by_sign = next((mark.name for mark in plan.marks if mark.sign == name), "")
                hint = f"もしかして「{by_sign}」ですか。" if by_sign else ""
                hint = hint or suggest(name, known) or f"先頭に足してください。\nmarks: [{', '.join((*known, name))}]"
                yield Finding("", (*part.at, "marks", at), message, hint)
