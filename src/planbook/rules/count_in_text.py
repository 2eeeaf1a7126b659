"""The rule `count-in-text`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import target_path
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_COUNT = re.compile(
    r"(?<![第0-9０-９.．,，:：/／])(?:年|月|週|各|計|延べ|約)?(?P<value>[0-9０-９][0-9０-９,，.．]*)[ 　]*"
    r"(?P<unit>回|人|名|部|講座|か所|カ所|ヶ所|ケ所|箇所|個所|件|世帯|団体|小学校区|地区|校|園|棟|台|基|冊|枚|種類|時間|[%％]|パーセント|割|円|千円|万円|億円|組|社|店|店舗|事業所|施設)"
    r"(?!目|以内に生|生|年生)"
)
"""A number with a counter; not an ordinal (第1層, 2回目) and not part of a date or time."""


@rule("count-in-text", severity=Severity.WARNING)
def count_in_text(plan: Plan) -> Iterator[Finding]:
    """A number that counts something is a figure: it goes to charts and comparisons."""
    for _, action in plan.originals.values():
        for years, target in action.targets.items():
            if match := _COUNT.search(target.text or ""):
                message = f"目標の文章の中に数値「{match[0]}」があります。"
                value = match["value"].replace(",", "").replace("，", "")
                hint = "数値は figures に書くと、一覧や比較に使えます。\n"
                hint += f"figures: [{{value: {value}, unit: {match['unit']}}}]"
                yield Finding("", (*target_path(action, years), "text"), message, hint, within=match[0])
