"""The rule `unknown-example`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import nearest, perhaps, suggest
from planbook.plan.model import LEVEL_KEYS
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("unknown-example", needs=r".*/(id|(projects|measures|policies)/\d+)")
def unknown_example(plan: Plan) -> Iterator[Finding]:
    """The sample sheet is the sheet of a lowest section of the plan."""
    ids = [section.id for section in plan.lowest_sections()]
    titles = {section.title: section.id for section in plan.lowest_sections()}
    if plan.example and plan.example.project not in ids and ids:
        word = plan.word(plan.levels[-1])
        message = f"記載例にする、id が「{plan.example.project[:60]}」の{word}がありません。"
        hint = suggest(plan.example.project, ids) or f"{word}（{LEVEL_KEYS[plan.levels[-1]]}）の id を書いてください。"
        if titled := nearest(plan.example.project, titles):
            hint = f"名称でなく id を書きます。{perhaps(titles[titled[0]])}"
        yield Finding("", ("example", "project"), message, hint)
