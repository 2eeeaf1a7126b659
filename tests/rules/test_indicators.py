"""The rules about indicators: what cities print is clean, slips are told."""

from __future__ import annotations

import pytest

from planbook.check.check import check

PLAN = """\
format: 1
title: 見本市計画
municipality: 見本市
date: 2024-03
years: 2024-2029
vision: [まち]
numbers: {{policy: 第１節}}
marks: [{{name: デジタル, sign: ＤＸ}}]
policies:
  - id: p
    title: DX の推進
    marks: [デジタル]
    indicators:
      - {{name: {name}, {rest}}}
    actions: [{{id: a, title: 健診}}]
"""


def rules(name: str, rest: str) -> list[str]:
    return [each.rule for each in check(PLAN.format(name=name, rest=rest).encode(), "plan.yaml").diagnostics]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("待機児童数", "unit: 人, values: {2022: 42, 2029: 0}"),
        ("認知度", "unit: ％, values: {2022: 35, 2029: 20}, bound: 未満"),
        ("要介護認定率", "unit: ％, values: {2023: 17.2, 2029: 18.0}, better: lower, bound: 以下"),
        ("拠点の数", "unit: か所, values: {2022: 9, 2029: 8}, note: 統合のため"),
        ("温室効果ガス", "unit: 千t, values: {2013: 100, 2030: 54, 2050: 0}, better: lower"),
        ("支援拠点", "values: {2022: 未整備, 2029: 2か所設置}"),
        ("協議の場", "values: {2022: ×, 2029: ○}"),
        ("名簿", "values: {2022: 24/24校, 2029: 24/24校}"),
        ("欠食", "unit: ％, values: {2022: 33.3, 2029: 減少}, better: lower"),
        ("経常収支比率", "unit: ％, values: {2022: 101.2, 2029: 100.5}, better: lower"),
        ("進捗", "unit: 件, values: {2022: 12, 2026: 0, 2029: 0}, better: lower"),
        ("登用率", "unit: ％, values: {2022: 31.8, 2029: 40-60}, bound: 以上"),
    ],
)
def test_indicators_as_cities_print_them_are_clean(name: str, rest: str) -> None:
    assert rules(name, rest) == []


@pytest.mark.parametrize(
    ("rest", "rule"),
    [
        ("unit: ％, values: {2022: 38.5, 2029: 30}", "indicator-direction"),
        ("unit: ％, values: {2022: 38.5, 2029: 40}, better: lower", "indicator-direction"),
        ("values: {2022: 38.5, 2092: 60}", "indicator-years"),
        ("values: {1922: 38.5, 2029: 60}", "indicator-years"),
        ("values: {2022: 38.5, 2090: 60}", "indicator-years"),
        ("values: {2010: 38.5, 2029: 60}", "indicator-years"),
        ("values: {2022: 38.5}", "indicator-target"),
        ("unit: ％, values: {2022: 38.5, 2026: 600, 2029: 650}", "indicator-percent"),
        ("unit: g, values: {2022: 268, 2026: 3100, 2029: 350}", "indicator-direction"),
        ("unit: ％, values: {2022: 15.2, 2029: 21}, better: lower, bound: 以下", "indicator-direction"),
        ("values: {2022: 38.5％, 2029: 60}", "indicator-number"),
        ("values: {2022: 55、0, 2029: 60}", "indicator-number"),
        ('values: {2022: "1,200", 2029: 1500}', "indicator-number"),
        ("unit: 人, values: {2022: 8人, 2029: 10}", "indicator-number"),
        ("unit: ％, values: {2022: 38, 2029: 45以上}", "indicator-number"),
        ("unit: ％, values: {2022: ３８, 2029: 45}", "indicator-number"),
    ],
)
def test_slips_are_told(rest: str, rule: str) -> None:
    assert rule in rules("受診率", rest)


@pytest.mark.parametrize(
    ("again", "found"),
    [
        ("{name: 受診率, unit: ％, values: {2022: 38.5, 2029: 60}}", []),
        ("{name: 受診率, unit: 人, values: {2022: 38.5, 2029: 60}}", ["indicator-twice"]),
        ("{name: 受診率, unit: ％, values: {2022: 38.5, 2029: 65}}", ["indicator-twice"]),
        ("{name: 受診率, unit: ％, values: {2022: 21.0, 2029: 65}}", []),
        ("{name: 受診率, unit: 人, values: {2022: 38.5, 2029: 60}, note: 人数で見たもの}", []),
    ],
)
def test_an_indicator_that_stands_twice_says_the_same(again: str, found: list[str]) -> None:
    assert rules("受診率", f"unit: ％, values: {{2022: 38.5, 2029: 60}}}}\n      - {again[:-1]}") == found


@pytest.mark.parametrize(("target", "found"), [("年2回", []), ("月１回以上", []), ("検討会 年2回", ["count-in-text"])])
def test_a_target_that_only_says_how_often_is_text(target: str, found: list[str]) -> None:
    text = PLAN.format(name="受診率", rest="values: {2022: 1, 2029: 2}")
    text = text.replace("title: 健診}", f"title: 健診, targets: {{2024-2029: {target}}}}}")
    assert [each.rule for each in check(text.encode(), "plan.yaml").diagnostics] == found


@pytest.mark.parametrize("key", ["現状値", "目標", "基準値"])
def test_a_value_without_its_year_is_told_what_to_write(key: str) -> None:
    text = PLAN.format(name="拠点の数", rest=f"unit: か所, values: {{{key}: 9, 2029: 12}}")
    (told,) = check(text.encode(), "plan.yaml").diagnostics
    assert told.rule == "invalid-year"
    assert told.hint.startswith("現状値も目標値も、その値の年度を西暦4桁で")
