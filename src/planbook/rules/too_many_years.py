"""The rule `too-many-years`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

MAX_YEARS = 10
"""The pages have room for so many columns."""


_YEARS = r"years(/\d+)?"


@rule("too-many-years", needs=f"{_YEARS}|columns(/\\d+)?")
def too_many_years(plan: Plan) -> Iterator[Finding]:
    """A plan has ten columns of targets at most: its years, or those that it declares."""
    if plan.columns is not None:
        if len(plan.columns) > MAX_YEARS:
            message = f"目標の欄が {len(plan.columns)} あります（{MAX_YEARS} まで）。"
            yield Finding("", ("columns", MAX_YEARS), message, f"{MAX_YEARS} 以内にしてください。")
    elif len(plan.years) > MAX_YEARS and plan.columns_in_use:
        message = f"計画年度が {len(plan.years)} 年あります（{MAX_YEARS} 年まで）。"
        hint = f"{MAX_YEARS} 年以内にするか、何年かをまとめた欄を columns に書いてください"
        hint += f"（例：columns: [{plan.years[0]}-{plan.years[MAX_YEARS // 2 - 1]}, …]）。"
        yield Finding("", ("years", MAX_YEARS), message, hint)
