"""Numbers that planbook adds: counters, several in one, what begins them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.typography.counters import pattern
from planbook.views.numbering import bracketed, full_numbers, numbers

if TYPE_CHECKING:
    from planbook.plan.model import Plan

HEAD = """\
format: 1
title: ためし計画
municipality: ためし市
date: 2024-03
years: [2024, 2025]
vision: [ともに生きる, まち]
"""

TREE = """\
policies:
  - id: p1
    title: 健康づくり
    measures:
      - id: m1
        title: 健診の充実
        actions: [{id: a1, title: 受診の勧奨}, {id: a2, title: 結果の説明}]
      - id: m2
        title: 運動の普及
        actions: [{id: a3, title: 教室の開催}, {relist: a1}, {id: a4, title: 公園の整備}]
  - id: p2
    title: 支え合い
    measures:
      - id: m3
        title: 見守りの推進
        actions: [{id: a5, title: 訪問の実施}]
"""


def plan(numbers: str = "") -> Plan:
    checked = check((HEAD + numbers + TREE).encode(), "plan.yaml")
    assert checked.plan is not None, checked.diagnostics
    return checked.plan


@pytest.mark.parametrize(
    ("first", "counted"),
    [
        ("(1)", "(2) (3) (10) (51)"),
        ("①", "② ③ ⑩ (51)"),
        ("1", "2 3 10 51"),
        ("１", "２ ３ １０ ５１"),
        ("01", "02 03 10 51"),
        ("Ⅰ", "Ⅱ Ⅲ Ⅹ ⅬⅠ"),
        ("i", "ii iii x li"),
        ("ア", "イ ウ コ アオ"),
        ("あ", "い う こ あお"),
        ("イ", "ロ ハ ヌ イニ"),
        ("い", "ろ は ぬ いに"),
        ("(ａ)", "(ｂ) (ｃ) (ｊ) (ａｙ)"),
        ("A", "B C J AY"),
        ("a", "b c j ay"),
        ("一", "二 三 十 五十一"),
        ("第1章", "第2章 第3章 第10章 第51章"),
        ("第一章", "第二章 第三章 第十章 第五十一章"),
        ("基本目標1", "基本目標2 基本目標3 基本目標10 基本目標51"),
        ("No.1", "No.2 No.3 No.10 No.51"),
        ("(ア)", "(イ) (ウ) (コ) (アオ)"),
        ("❶", "❷ ❸ ❿ (51)"),
        ("プロジェクトA", "プロジェクトB プロジェクトC プロジェクトJ プロジェクトAY"),
    ],
)
def test_first_number_is_counted_on_in_its_own_form(first: str, counted: str) -> None:
    read = pattern(first)
    assert read.number([1]) == first
    assert " ".join(read.number([value]) for value in (2, 3, 10, 51)) == counted


@pytest.mark.parametrize("text", ["計画", "なし", "インフラ", "いのち", "統一", "アイデア", "Plan", "一体的に"])
def test_words_are_no_counters(text: str) -> None:
    assert not pattern(text).counters


def test_plan_without_numbers_has_those_of_the_first_plan() -> None:
    found = numbers(plan())
    assert [found[id_] for id_ in ("p1", "p2", "m1", "m2", "m3", "a1")] == ["(1)", "(2)", "①", "②", "①", ""]
    assert full_numbers(plan())["m2"] == "(1)②"
    assert full_numbers(plan())["a3"] == "(1)②"


def test_several_counters_are_those_of_the_levels_above() -> None:
    found = numbers(plan("numbers: {policy: Ⅰ, measure: Ⅰ-1, action: Ⅰ-(1)-①}\n"))
    assert [found[id_] for id_ in ("p2", "m2", "m3")] == ["Ⅱ", "Ⅰ-2", "Ⅱ-1"]
    assert [found[id_] for id_ in ("a1", "a2", "a3", "a4", "a5")] == [
        *("Ⅰ-(1)-①", "Ⅰ-(1)-②", "Ⅰ-(2)-①", "Ⅰ-(2)-②", "Ⅱ-(1)-①"),
    ]
    assert full_numbers(plan("numbers: {measure: 1-1}\n"))["m2"] == "1-2"


def test_numbers_in_words_are_no_counters_of_levels() -> None:
    found = numbers(plan("numbers: {measure: 第2次計画 目標1-1}\n"))
    assert [found[id_] for id_ in ("m1", "m2", "m3")] == [f"第2次計画 目標{each}" for each in ("1-1", "1-2", "2-1")]


def test_a_series_begins_anew_where_the_plan_says() -> None:
    through = numbers(
        plan("numbers: {measure: {first: 施策1, restart: plan}, action: {first: No.01, restart: plan}}\n")
    )
    assert [through[id_] for id_ in ("m1", "m2", "m3")] == ["施策1", "施策2", "施策3"]
    assert [through[id_] for id_ in ("a1", "a2", "a3", "a4", "a5")] == [f"No.0{at}" for at in range(1, 6)]
    by_policy = numbers(plan("numbers: {action: {first: ア, restart: policy}}\n"))
    assert [by_policy[id_] for id_ in ("a1", "a2", "a3", "a4", "a5")] == ["ア", "イ", "ウ", "エ", "ア"]


def test_none_is_said() -> None:
    found = numbers(plan("numbers: {policy: なし, measure: なし}\n"))
    assert set(found.values()) == {""}


def test_first_number_need_not_be_one() -> None:
    found = numbers(plan("numbers: {policy: 第3章, measure: 3-1}\n"))
    assert [found[id_] for id_ in ("p1", "p2", "m2", "m3")] == ["第3章", "第4章", "3-2", "4-1"]


def test_marks_stand_in_full_width_brackets() -> None:
    assert bracketed("再掲") == "（再掲）"
