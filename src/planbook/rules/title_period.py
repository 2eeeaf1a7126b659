"""The rule `title-period`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import titles
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("title-period", severity=Severity.WARNING)
def title_period(plan: Plan) -> Iterator[Finding]:
    """A title is no sentence."""
    for path, kind, title in titles(plan):
        if title.rstrip().endswith(("。", "．")):
            message = f"{kind}の名称が「{title.rstrip()[-1]}」で終わっています。"
            yield Finding("", path, message, f"次のように直してください。\ntitle: {title.rstrip().rstrip('。．')[:80]}")
