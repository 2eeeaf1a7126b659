"""The rule `similar-titles`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action
from planbook.rules.common.plan_parts import copied_from, identified, word
from planbook.rules.common.similarity import Collection, Comparisons, are_parallel
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan

SHORT_TITLE, LONG_TITLE = 6, 12
"""Titles from these lengths on may differ by one and by two characters and still be the same by mistake."""

_OF_EVERY_SHEET = re.compile(
    "(?:.{0,8}の)?(?:量の見込み?|見込み?量|確保の?(?:内容|方策|数|量)|実績|計画値|実施体制|提供体制|過不足)"
)
"""Titles that every sheet of some plans has."""


@rule("similar-titles", severity=Severity.WARNING, needs=r".*/(relist|actions/\d+)")
def similar_titles(plan: Plan) -> Iterator[Finding]:  # noqa: C901 - all that two titles may be, in one place
    """What has the same title is one thing, or a relisting of it."""
    collections: dict[str, Collection] = {}
    comparisons = Comparisons()
    copies = copied_from(plan)
    ids: set[str] = set()
    parts = {part.at: fold(part.title) for _, part in identified(plan)}
    first: dict[str, Path] = {}
    for level, part in identified(plan):
        known = part.id in ids
        ids.add(part.id)
        if copies.get(part.at) == "inside" or (known and part.at in copies):
            continue  # reported with the copy, or by its id
        collection = collections.setdefault(level, Collection(_tolerance, comparisons))
        folded = fold(part.title)
        similar = collection.nearest(folded)
        path = (*part.at, "title")
        name = word(plan, level)
        if similar is None:
            collection.add(folded, part.title)
            first[level + part.title] = part.at
        elif _in_parallel_sections(part.at, first[level + similar], parts):
            pass
        elif part.at in copies:
            message = f"{name}「{part.title[:60]}」が、コピーしたままです。中身が前のものとすべて同じです。"
            hint = "書き換えるか、不要ならこの項目を消してください。"
            if isinstance(part, Action):
                hint += "同じ取組なら、relist で再掲してください。"
            yield Finding("", path, message, hint)
        elif _OF_EVERY_SHEET.fullmatch(part.title) and _OF_EVERY_SHEET.fullmatch(similar):
            pass
        elif similar == part.title:
            message = f"同じ名称の{name}「{part.title[:60]}」がほかにもあります。"
            hint = "同じ取組なら relist で再掲し、別の取組なら名称で区別してください。"
            if not isinstance(part, Action):
                hint = "別のものなら、名称で区別してください。"
            yield Finding("", path, message, hint)
        else:
            message = f"よく似た名称の{name}「{similar[:60]}」がほかにあります。"
            hint = "同じ取組なら relist で再掲するか、表記をそろえてください。"
            if not isinstance(part, Action):
                hint = "同じものなら、表記をそろえてください。"
            yield Finding("", path, message, hint)


def _in_parallel_sections(one: Path, other: Path, titles: dict[Path, str]) -> bool:
    """Tell whether two parts stand in sections that are parallel (区域A and 区域B): there, titles are alike."""
    pairs = ((one[:length], other[:length]) for length in range(2, min(len(one), len(other)), 2))
    return any(are_parallel(titles.get(here, ""), titles.get(there, "")) for here, there in pairs)


def _tolerance(length: int) -> int:
    return (length >= SHORT_TITLE) + (length >= LONG_TITLE)
