"""指標一覧: columns that fit the page, and no empty ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from planbook.check.check import check
from planbook.views.indicators import IndicatorsTable, indicators_table, section_indicators
from planbook.views.indicators_columns import IndicatorTexts, ValueTexts, indicator_widths
from planbook.views.page_widths import A4

if TYPE_CHECKING:
    from planbook.plan.model import Plan

_WORDS = st.lists(st.text("地域福祉計画あいうabc", min_size=1, max_size=40), min_size=1, max_size=6)


def planned(indicators: str, years: str = "2024-2029") -> Plan:
    text = f"""\
format: 1
title: 見本市計画
municipality: 見本市
date: 2024-03
years: {years}
vision: [まち]
numbers: {{policy: 基本目標1}}
policies:
  - id: p
    title: 健康づくり
    indicators: [{indicators}]
    actions: [{{id: a, title: 健診}}]
"""
    plan = check(text.encode(), "plan.yaml").plan
    assert plan
    return plan


def listed(indicators: str, years: str = "2024-2029") -> IndicatorsTable:
    table = indicators_table(planned(indicators, years), {})
    assert table
    return table


def headings(table: IndicatorsTable) -> list[str]:
    return [f"{each.label} {each.heading.label if each.heading else '－'}" for each in table.columns]


def test_baselines_of_different_years_share_a_column_and_say_their_years() -> None:
    table = listed("{name: 甲, values: {2019: 1, 2029: 2}}, {name: 乙, values: {2022: 3, 2029: 4}}")
    assert headings(table) == ["現状値 －", "目標値 令和11年度"]
    assert [[value.text for value in row.cells[0]] for row in table.rows] == [["1"], ["3"]]


def test_years_have_columns_where_a_row_has_several() -> None:
    table = listed("{name: 甲, values: {2022: 1, 2026: 2, 2029: 3}}")
    assert headings(table) == ["現状値 令和4年度", "目標値 令和8年度", "目標値 令和11年度"]


def test_columns_that_nothing_stands_in_are_left_out() -> None:
    table = listed("{name: 甲, values: {2022: 1, 2029: 3}}")
    assert (table.unit_label, table.source_label) == (None, None)
    assert len(table.widths) == len(["番号", "段", "指標", "現状値", "目標値", "ページ"])


def test_many_years_need_the_long_side_of_the_page_and_more_than_it_has_go_into_one_column() -> None:
    ten = ", ".join(f"{year}: {year}.25" for year in range(2020, 2030))
    wide = listed(f"{{name: 受診率, values: {{{ten}}}}}", years="2021-2029")
    assert (wide.landscape, len(wide.columns)) == (True, 10)
    more = ", ".join(f"{year}: {year}.25" for year in range(2020, 2040))
    several = listed(f"{{name: 受診率, values: {{{more}}}}}", years="2021-2039")
    assert headings(several) == ["現状値 令和2年度", "目標値 －"]
    assert len(several.rows[0].cells[1]) == 19


def test_at_its_section_an_indicator_has_the_columns_it_needs_and_no_others() -> None:
    plan = planned(
        "{name: 受診率, unit: ％, values: {2022: 38.5, 2029: 60}, bound: 以上}, {name: 拠点, values: {2029: 設置}}"
    )
    table = section_indicators(plan, plan.policies[0], 45)
    assert (table.number_label, table.section_label, table.source_label, table.page_label) == (None,) * 4
    assert headings(table) == ["現状値 令和4年度", "目標値 令和11年度"]
    assert [[[value.text for value in cell] for cell in row.cells] for row in table.rows] == [
        [["38.5"], ["60以上"]],
        [[], ["設置"]],
    ]
    assert len(table.widths) == len(["指標", "単位", "現状値", "目標値"])


def test_at_its_section_years_that_have_no_room_for_columns_stand_beside_their_values() -> None:
    values = ", ".join(f"{year}: {year}" for year in range(2020, 2030))
    plan = planned(f"{{name: 受診率, values: {{{values}}}}}", years="2021-2029")
    narrow, wide = (section_indicators(plan, plan.policies[0], measure) for measure in (45, 90))
    assert (len(narrow.columns), len(wide.columns)) == (2, 10)
    assert len(narrow.rows[0].cells[1]) == 9


@given(st.lists(_WORDS, min_size=5, max_size=5), st.integers(1, 12), st.booleans())
def test_any_texts_fill_the_table(words: list[list[str]], years: int, page: bool) -> None:  # noqa: FBT001
    numbers, sections, names, units, values = words
    columns = [ValueTexts("令和6年度", word=False, values=[(value, "") for value in values])] * years
    widths = indicator_widths(IndicatorTexts(numbers, sections, names, units, columns, values, page=page), A4)
    if widths is None:
        assert years > 3
        return
    assert abs(sum(widths.columns) - 100) < 1
    assert min(widths.columns) > 1
