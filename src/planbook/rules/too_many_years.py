"""The rule `too-many-years`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

MOST_YEARS = 10
"""The pages have room for so many columns."""


_YEARS = r"years(/\d+)?"


@rule("too-many-years", needs=f"{_YEARS}|columns(/\\d+)?")
def too_many_years(plan: Plan) -> Iterator[Finding]:
    """A plan has ten columns of targets at most: its years, or those that it declares."""
    if plan.columns is not None:
        if len(plan.columns) > MOST_YEARS:
            message = f"目標の欄が {len(plan.columns)} あります（{MOST_YEARS} まで）。"
            yield Finding("", ("columns", MOST_YEARS), message, f"{MOST_YEARS} 以内にしてください。")
    elif len(plan.years) > MOST_YEARS and plan.columns_in_use:
        message = f"計画年度が {len(plan.years)} 年あります（{MOST_YEARS} 年まで）。"
        hint = f"{MOST_YEARS} 年以内にするか、何年かをまとめた欄を columns に書いてください"
        hint += f"（例：columns: [{plan.years[0]}-{plan.years[MOST_YEARS // 2 - 1]}, …]）。"
        yield Finding("", ("years", MOST_YEARS), message, hint)
