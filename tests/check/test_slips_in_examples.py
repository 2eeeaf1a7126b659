"""Slips in plans of every shape: each is one report, and the line that the hint gives mends it without a new one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planbook.check.check import check
from tests.check.corrections import corrected
from tests.check.test_corrections import TO_FILL_IN

ROOT = Path(__file__).parents[2]
PLANS = {name: (ROOT / "examples" / name / "plan.yaml").read_text("utf-8") for name in ("aomine", "mizuho", "seoto")}
"""Five levels with columns of words; levels without targets; periods and texts."""

ANYWHERE = {
    "full-width colon": (r"^( +)title: ", r"\1title："),
    "equals sign": (r"^( +)title: ", r"\1title = "),
    "one blank too many": (r"^( +title: )", r" \1"),
    "full-width indentation": (r"^ {4}( *title: )", r"　　\1"),
    "lost dash": (r"^( +)- (id: )", r"\1  \2"),
    "ruler": (r"^( +- id: )", r"----------\n\1"),
    "memo in the notation of programs": (r"^( +)(- id: )", r"\1// ここから追加\n\1\2"),
    "line broken far out": (r"^( +title: \S\S)(\S\S.*[^。\n])$", r"\1の\n\2"),
}
"""By their names: what stands in a line of each plan, and what is typed instead."""

SLIPS = [
    *((plan, "full-width colon", *ANYWHERE["full-width colon"]) for plan in PLANS),
    *((plan, slip, *ANYWHERE[slip]) for plan, slip in zip(list(PLANS) * 3, ANYWHERE, strict=False)),
    ("aomine", "columns with a full-width comma", r"^columns: \[現状, ", "columns: [現状、"),
    ("aomine", "column with a full-width colon", r"^( +)現状: \{", r"\1現状：{"),
    ("aomine", "column with another word", r"^( +)令和11年度以降: ", r"\1令和12年度以降: "),
    ("aomine", "mark with full-width commas", r"\{name: 新規, sign: 新, ", "{name: 新規、sign: 新、"),
    ("aomine", "mark by its sign", r"marks: \[重点\]", "marks: [★]"),
    ("aomine", "mark in a title", r"^( +)title: (.*\n +marks: \[拡充\])", r"\1title: 【拡充】\2"),
    ("aomine", "mark with a word for true", "before: true", "before: はい"),
    ("aomine", "numbers with a full-width comma", "measure: 1-1, project", "measure: 1-1、project"),
    ("aomine", "style by its name", "style: book", "style: 冊子"),
    ("aomine", "repetition by its name", "repeated: arrow", "repeated: 矢印"),
    ("aomine", "rows of a table", r"^ +2026: (.*)\n +2027: (.*)$", r"2026\t\1\n2027\t\2"),
    ("mizuho", "bound as a sign", "bound: 以上", "bound: ≧"),
    ("mizuho", "value with its unit", r"(unit: ％\n +values: \{\d+: [\d.]+)", r"\1％"),
    ("mizuho", "bullet before the content", r"content: ", "content: ・"),
    ("mizuho", "heading with a full-width colon", r"現状と課題: \|-", "現状と課題：|-"),
    ("mizuho", "years with a wave", r"^years: (\d+)-(\d+)", r"years: \1～\2"),
    ("mizuho", "allowance without a reason", r"^book: ", "check:\n  allow: [lookalike]\nbook: "),
    ("seoto", "year of an indicator with a full-width colon", r"values: \{2023: ", "values: {2023："),
    ("seoto", "equals sign in a figure", r"figures: \[\{value: ", "figures: [{value="),
    ("seoto", "full-width blank behind a bracket", r"(departments: \[.*\])$", r"\1　"),
    ("seoto", "figure without its unit", r"prefix: 年, value: 200, unit: 件", "prefix: 年, value: 200"),
    ("seoto", "number with unit and bound", r"value: 5, unit: 人, bound: 以上", "value: 5人以上"),
    ("seoto", "list without brackets", r"^( +)departments: \[(.*, .*)\]", r"\1departments: \2"),
    ("seoto", "text without its mark", r"現状と課題: \|-", "現状と課題:"),
]

DECIDED_ELSEWHERE = {"column with another word"}
"""Of these, what was meant is not certain."""

NEWS = {TO_FILL_IN, "unused-allowance"}
"""What is left to write is told until it is; so is an allowance of what the plan does not have."""


def typed(plan: str, right: str, wrong: str) -> str:
    places = list(re.finditer(right, PLANS[plan], re.MULTILINE))
    place = places[len(places) // 2]
    return PLANS[plan][: place.start()] + place.expand(wrong) + PLANS[plan][place.end() :]


@pytest.mark.parametrize(("plan", "slip", "right", "wrong"), SLIPS, ids=[f"{each[0]}: {each[1]}" for each in SLIPS])
def test_slip_is_one_report_and_its_correction_mends(plan: str, slip: str, right: str, wrong: str) -> None:
    text = typed(plan, right, wrong)
    diagnostics = check(text.encode(), "plan").diagnostics
    assert len(diagnostics) == 1, [(each.span.line, each.rule, each.message) for each in diagnostics]
    mended = corrected(text, diagnostics[0])
    if slip in DECIDED_ELSEWHERE:
        return
    assert mended is not None, diagnostics[0].hint
    left = [(each.rule, each.message) for each in check(mended.encode(), "plan").diagnostics if each.rule not in NEWS]
    assert left == []
