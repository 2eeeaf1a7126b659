"""The rule `long-title`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import titles, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

MAX_LENGTH = 200
"""Characters, three times as many as the longest titles of plans have."""

_SHOWN = 20


@rule("long-title", severity=Severity.WARNING)
def long_title(plan: Plan) -> Iterator[Finding]:
    """A title is short: it stands in tables, in the contents and above pages."""
    parts = [(path, word(plan, level), title) for path, level, title in titles(plan)]
    for path, name, title in [(("title",), "計画", plan.title), *parts]:
        if len(title) > MAX_LENGTH:
            message = f"{name}の名称「{title[:_SHOWN]}…」が長すぎます（{len(title):,} 字）。"
            hint = f"{MAX_LENGTH} 字以内の名称にしてください。文章を貼り付けたのでしたら、文章の欄に移してください。"
            yield Finding("", path, message, hint)
