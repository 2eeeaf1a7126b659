"""The rule `mixed-levels`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.plan.model import LEVEL_KEYS
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Level, Plan, Section


@rule("mixed-levels")
def mixed_levels(plan: Plan) -> Iterator[Finding]:
    """A plan has the same levels in every branch: one report, at the first branch that is not like most."""
    found = [(section, _branch(plan, section)) for section in plan.lowest_sections()]
    if not found:
        return
    usual = Counter(branch for _, branch in found).most_common(1)[0][0]
    for section, branch in found:
        if branch != usual or section.children:
            shown = " → ".join([*(LEVEL_KEYS[level] for level in usual), "actions"])
            message = f"「{section.title[:60]}」の階層が、ほかと違います。"
            hint = f"この計画の階層は {shown} です。どの枝も同じ階層にしてください。"
            yield Finding("", (*section.at, "actions"), message, hint, part="key")
            return


def _branch(plan: Plan, section: Section) -> tuple[Level, ...]:
    return tuple(each.level for each in (*plan.ancestors(section), section))
