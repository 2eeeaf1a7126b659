"""The rule `uncountable-number`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import LEVELS
from planbook.rules.registry import rule
from planbook.typography.counters import pattern
from planbook.typography.number_series import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Numbering, Plan


@rule("uncountable-number", needs=r"numbers(/.*)?|(.*/)?(pillars|policies|measures|projects|actions)(/\d+)?")
def uncountable_number(plan: Plan) -> Iterator[Finding]:
    """Every first number can be counted on, at a level that the plan has, from one above it."""
    levels = (*plan.levels, "action")
    for level in (*LEVELS, "action"):
        numbering: Numbering | None = getattr(plan.numbers, level)
        if numbering is None:
            continue
        at = ("numbers", level)
        above = levels[: levels.index(level)] if level in levels else ()
        if level not in levels:
            message = f"番号を付ける階層「{level}」が、この計画にありません。"
            yield Finding(
                "", at, message, f"この計画の階層は {'、'.join(levels)} です。この行を消してください。", part="key"
            )
        elif numbering.first != NONE and not pattern(numbering.first).counters:
            message = f"「{numbering.first[:30]}」には、数えられる番号がありません。"
            hint = "最初の番号を、(1)、①、1、Ⅰ、ア、一 などで書いてください（例：基本目標1）。"
            hint += "番号がなければ「なし」です。"
            yield Finding("", numbering.at or at, message, hint)
        elif numbering.restart not in (None, "plan", *above):
            message = f"「{level}」の番号を、「{numbering.restart}」ごとに始め直すことはできません。"
            hint = f"使えるのは {'、'.join((*above, 'plan'))} です。"
            yield Finding("", (*at, "restart"), message, hint)
