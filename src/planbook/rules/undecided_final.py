"""The rule `undecided-final`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.rules.registry import rule
from planbook.rules.undecided import undecided_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.finding import Finding
    from planbook.plan.model import Plan


@rule("undecided-final", needs="stage")
def undecided_final(plan: Plan) -> Iterator[Finding]:
    """A plan without a stage is final, and every target is decided."""
    if plan.stage is None:
        hint = "目標を書いてください。まだ案のうちは、先頭に「stage: 案」と書けば「未定」のままにできます。"
        yield from undecided_targets(plan, hint)
