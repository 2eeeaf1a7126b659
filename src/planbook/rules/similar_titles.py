"""The rule `similar-titles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.rules.plan_parts import titles
from planbook.rules.registry import rule
from planbook.rules.similarity import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

SHORT_TITLE, LONG_TITLE = 6, 12
"""Titles from these lengths on may differ by one and by two characters and still be the same by mistake."""


@rule("similar-titles", severity=Severity.WARNING)
def similar_titles(plan: Plan) -> Iterator[Finding]:
    """What has the same title is one thing, or a relisting of it."""
    collections: dict[str, Collection] = {}
    for path, kind, title in titles(plan):
        collection = collections.setdefault(kind, Collection(_tolerance))
        folded = fold(title)
        similar = collection.nearest(folded)
        if similar is None:
            collection.add(folded, title)
        elif similar == title:
            message = f"同じ名称の{kind}「{title[:60]}」がほかにもあります。"
            hint = "同じ取組なら relist で再掲し、別の取組なら名称で区別してください。"
            if kind != "取組項目":
                hint = "別のものなら、名称で区別してください。"
            yield Finding("", path, message, hint)
        else:
            message = f"よく似た名称の{kind}「{similar[:60]}」がほかにあります。"
            hint = "同じ取組なら relist で再掲するか、表記をそろえてください。"
            if kind != "取組項目":
                hint = "同じものなら、表記をそろえてください。"
            yield Finding("", path, message, hint)


def _tolerance(length: int) -> int:
    return (length >= SHORT_TITLE) + (length >= LONG_TITLE)
