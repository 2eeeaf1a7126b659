"""The rule `duplicate-department`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.common.plan_parts import department_holders
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document, Path
    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


@typed_rule("duplicate-department", needs=_LIST)
def duplicate_department(plan: Plan, document: Document) -> Iterator[Finding]:
    """No department stands twice in one list."""
    lists: list[tuple[Path, tuple[str, ...]]] = [((), tuple(department.name for department in plan.departments))]
    lists += [(holder.at, holder.departments or ()) for holder in department_holders(plan)]
    for at, names in lists:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                message = f"{plan.word('department')}「{name[:60]}」が二度書かれています。"
                yield _finding((*at, "departments"), index, message, document)
            seen.add(name)


def _finding(names: Path, index: int, message: str, document: Document) -> Finding:
    """Return the finding about a name; in brackets, of the comma before it too: both are to go."""
    before, span = document.span((*names, index - 1)), document.span((*names, index))
    if before.end_line == span.line == span.end_line:
        comma = document.lines[span.line - 1][before.end_column - 1 : span.end_column - 1]
        if comma.startswith(","):
            both = span._replace(column=before.end_column)
            hint = "ほかの課の書き間違いでなければ、どちらか一つを消します。"
            return Finding("", both, message, hint, edits=((comma, ""),))
    return Finding("", (*names, index), message, "ほかの課の書き間違いでなければ、この行を消してください。")
