"""The rule `empty-value`, for the words that YAML takes for no value: loading reports what is not there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan

_NULL = {"~", "null", "Null", "NULL"}


@typed_rule("empty-value")
def empty_value(plan: Plan, document: Document) -> Iterator[Finding]:
    """`null` and `~` stand for nothing, in editors and in other programs: they are no text unless they are quoted."""
    for path, text in texts(plan):
        if text in _NULL:
            span = document.span(path)
            if document.lines[span.line - 1][span.column - 1 : span.end_column - 1] == text:
                message = f"「{text}」は、YAML では空の値です。"
                hint = f"値を書いてください。文字として「{text}」と印刷するときは、引用符で囲みます。"
                yield Finding("", path, message, hint)
