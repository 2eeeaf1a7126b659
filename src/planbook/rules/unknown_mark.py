"""The rule `unknown-mark`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import SHORT_LIST, suggest
from planbook.rules.common.plan_parts import identified
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planbook.plan.model import Plan

_ADD = "先頭の marks に足すか、ここから消してください。"


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
                hint = f"もしかして「{signs[name]}」ですか。" if signs.get(name) else ""
                hint = hint or suggest(name, known) or _added(known, name)
                yield Finding("", (*part.at, "marks", at), message, hint)
            seen.add(name)


def _added(known: Collection[str], name: str) -> str:
    """Return the line of the list with one mark more, where that is short enough to be typed."""
    return f"先頭に足してください。\nmarks: [{', '.join((*known, name))}]" if len(known) <= SHORT_LIST else _ADD
