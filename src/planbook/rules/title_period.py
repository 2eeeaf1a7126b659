"""The rule `title-period`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import titles, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("title-period", severity=Severity.WARNING)
def title_period(plan: Plan) -> Iterator[Finding]:
    """A title is no sentence."""
    for path, level, title in titles(plan):
        text = title.rstrip()
        if text.endswith(("。", "．")):
            message = f"{word(plan, level)}の名称が「{text[-1]}」で終わっています。"
            yield Finding("", path, message, within=text[-1], edits=((text, text.rstrip("。．")),))
