"""The rule `era-year`."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.eras import ERAS
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan, YearMonth

_ENDED = {before.name: (before, after) for after, before in pairwise(ERAS)}
"""Eras that are over, each with the one after it."""

_YEAR = re.compile(f"(?P<era>{'|'.join(_ENDED)})(?P<year>[0-9０-９]{{2}})年")


_NO_YEAR = f"(?:{'|'.join(era.name for era in ERAS)})[0０]{{1,2}}年"


@rule("era-year", severity=Severity.WARNING, needs="date")
def era_year(plan: Plan) -> Iterator[Finding]:
    """A year of an era is one that it had."""
    for path, text in texts(plan):
        if match := re.search(_NO_YEAR, text):
            message = f"「{match[0]}」はありません（元年から始まります）。"
            yield Finding("", path, message, "年度を確かめてください。", within=match[0])
        found = {match[0]: _right(match) for match in _YEAR.finditer(text) if _is_over(match, plan.date)}
        if found:
            wrong, right = next(iter(found.items()))
            last = _last(wrong[:2])
            message = f"「{wrong}」はありません（{wrong[:2]}は{last}年までです）。"
            yield Finding("", path, message, f"「{right}」のことなら、", edits=tuple(found.items()))


def _last(era: str) -> int:
    """Return the last year of an era that is over."""
    before, after = _ENDED[era]
    return after.year - before.year + 1


def _is_over(match: re.Match[str], date: YearMonth) -> bool:
    # Before it had ended, nobody knew when: a plan of 2018 says 平成32年.
    end = _ENDED[match["era"]][1]
    return int(match["year"]) > _last(match["era"]) and date >= (end.year, end.month)


def _right(match: re.Match[str]) -> str:
    era = _ENDED[match["era"]][0]
    year = era.western(int(unicodedata.normalize("NFKC", match["year"])))
    return next(each.label(year) for each in ERAS if each.year <= year)
