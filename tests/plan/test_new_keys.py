"""Slips in the keys of the format that let any municipality use it: each told once, at its place, with what to type."""

from __future__ import annotations

import pytest

from planbook.check.check import check

PLAN = """\
format: 1
title: [見本市, 計画]
municipality: 見本市
date: 2024-03
years: 2024-2026
vision: [まち]
departments: [健康課]
columns: [現状, 2024, 2025-2026, 令和9年度以降]
marks: [{name: 新規, sign: 新}, {name: 重点}]
numbers: {policy: 第1章, project: 1-1, action: {first: ①, restart: plan}}
labels: {project: 事務事業}
policies:
  - id: p
    title: 健康づくり
    marks: [重点]
    texts: {現状と課題: 低い, 市民の取組: [健診を受ける]}
    indicators:
      - {name: 受診率, unit: ％, values: {2022: 38.5, 2026: 60}, bound: 以上}
    projects:
      - id: q
        title: 健診事業
        actions:
          - id: a
            title: 受診勧奨
            content: 電話をする。
            departments: [健康課]
            targets: {現状: 電話, 2024-2026: 手紙, 令和9年度以降: 継続}
"""


def test_the_plan_itself_is_clean() -> None:
    assert check(PLAN.encode(), "plan.yaml").diagnostics == ()


@pytest.mark.parametrize(
    ("typed", "slip", "rule", "at", "hint"),
    [
        ("policy: 第1章", "policy: 方針", "uncountable-number", "方針", "なければ「なし」"),
        ("policy: 第1章", "measure: 1-1", "uncountable-number", "measure", "policy、project、action"),
        ("restart: plan", "restart: measure", "uncountable-number", "measure", "policy、project、plan"),
        ("restart: plan", "restart: all", "invalid-choice", "all", "plan（計画を通して）"),
        ("{policy: 第", "{polcy: 第", "unknown-key", "polcy", "もしかして「policy」"),
        ("[現状, 2024,", "[現状, 現状, 2024,", "column-order", "現状, 2024", "どちらか一つ"),
        ("2025-2026, 令", "2024-2026, 令", "column-order", "2024-2026, 令", "古い順"),
        ("2025-2026, 令", "2026-2025, 令", "column-order", "2026-2025", "2025-2026"),
        ("[現状, 2024,", "[現状, 令和6年度,", "column-order", "令和6年度", "[現状, 2024,"),
        ("{現状:", "{現在:", "unknown-column", "現在", "現状、令和9年度以降"),
        ("以降: 継続}", "以降: 継続, 2030: 拡充}", "target-years", "2030", "令和9年度以降"),
        (", 令和9年度以降: 継続", "", "target-years", "targets", "令和9年度以降: ○○"),
        ("marks: [重点]", "marks: [重要]", "unknown-mark", "重要", "新規、重点"),
        ("marks: [重点]", "marks: [重点, 重点]", "unknown-mark", "重点]", "どちらか一つ"),
        ("marks: [重点]", "mark: [重点]", "unknown-key", "mark", "「marks」"),
        ("marks: [重点]", "marks: 重点", "wrong-type", "重点", "marks: [重点]"),
        ("sign: 新}", "sign: 新, before: はい}", "invalid-choice", "はい", "true か false"),
        ("{name: 重点}]", "{name: 重点}, {name: 新規}]", "unknown-mark", "name: 新規}]", "どちらか一つ"),
        ("{2022: 38.5,", "{2022: ,", "empty-value", ", 2026", "値を書いて"),
        ("{2022: 38.5,", "{令和4年度: 38.5,", "invalid-year", "令和4年度", "2022"),
        ("values: {2022: 38.5, 2026: 60}", "values: [38.5, 60]", "wrong-type", "[38.5", "values: {"),
        ("bound: 以上", "bound: より多い", "invalid-choice", "より多い", "以上、以下"),
        ("bound: 以上", "better: 低い", "invalid-choice", "低い", "lower（少ないほどよい）"),
        ("{現状と課題: 低い,", "{現状と課題: ,", "empty-value", ", 市民", "値を書いて"),
        ("texts: {現状と課題: 低い, 市民の取組: [健診を受ける]}", "texts: 低い", "wrong-type", "低い", "現状と課題"),
        ("content: 電話", "contents: 電話", "unknown-key", "contents", "「content」"),
        ("content: 電話", "内容: 電話", "unknown-key", "内容", "「content」"),
        ("    marks: [重点]", "    現状と課題: 低い", "unknown-key", "現状と課題", "texts:"),
        ("years: 2024-2026", "years: 2026-2024", "wrong-type", "2026-2024", "years: 2024-2026"),
        ("{project: 事務", "{projects: 事務", "unknown-key", "projects", "「project」"),
        ("{project: 事務", "{事業: 事務", "unknown-key", "事業", "「project」"),
    ],
)
def test_slips_are_told_once_at_their_place_with_what_to_type(
    typed: str, slip: str, rule: str, at: str, hint: str
) -> None:
    assert typed in PLAN
    text = PLAN.replace(typed, slip, 1)
    (found,) = check(text.encode(), "plan.yaml").diagnostics
    assert found.rule == rule
    assert text.split("\n")[found.span.line - 1][found.span.column - 1 :].startswith(at)
    assert hint in found.hint
