"""The rule `era-year`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan, YearMonth

_YEAR = re.compile("(?P<era>明治|大正|昭和|平成)(?P<year>[0-9０-９]{2})年")

_LAST = {"明治": (45, 44, "大正"), "大正": (15, 14, "昭和"), "昭和": (64, 63, "平成"), "平成": (31, 30, "令和")}
"""The last year of an era, what to take off for the next one, and that one."""

REIWA = (2019, 5)
"""Before, nobody knew when 平成 would end: a plan of 2018 says 平成32年."""


@rule("era-year", severity=Severity.WARNING, needs="date")
def era_year(plan: Plan) -> Iterator[Finding]:
    """A year of an era is one that it had."""
    for path, text in texts(plan):
        found = {match[0]: _right(match) for match in _YEAR.finditer(text) if _is_over(match, plan.date)}
        if found:
            wrong, right = next(iter(found.items()))
            last = _LAST[wrong[:2]][0]
            message = f"「{wrong}」はありません（{wrong[:2]}は{last}年までです）。"
            yield Finding("", path, message, f"「{right}」のことなら、", edits=tuple(found.items()))


def _is_over(match: re.Match[str], date: YearMonth) -> bool:
    return int(match["year"]) > _LAST[match["era"]][0] and (match["era"] != "平成" or date >= REIWA)


def _right(match: re.Match[str]) -> str:
    era, year = match["era"], int(unicodedata.normalize("NFKC", match["year"]))
    while era in _LAST and year > _LAST[era][0]:
        _, before, era = _LAST[era]
        year -= before
    return f"{era}{year if year > 1 else '元'}年"
