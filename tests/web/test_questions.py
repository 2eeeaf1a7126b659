"""What citizens and council members ask of targets and departments, answered by the page in both browsers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from .test_browser import ROWS, rows_of  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable

    from planbook.plan.model import Action, Column, Plan

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]


def states(plan: Plan, action: Action, column: Column, before: Column | None) -> set[str]:
    """What can be said of the target of an action in a column, when `before` is the column before it."""
    target = action.target(column)
    said = {
        "none": target.text == "該当なし",
        "undecided": target.text == "未定",
        "figures": bool(target.figures),
        "changed": before is not None and action.target(before).model_dump() != target.model_dump(),
    }
    for figure in target.figures:
        known = [
            earlier.value
            for each in plan.columns_in_use[: plan.columns_in_use.index(column)]
            for earlier in action.target(each).figures
            if (earlier.name, earlier.unit) == (figure.name, figure.unit)
        ]
        if known:
            said["up"] = said.get("up", False) or least(figure.value) > least(known[-1])
            said["down"] = said.get("down", False) or least(figure.value) < least(known[-1])
    return {state for state, true in said.items() if true}


def least(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) else value


def shown_by(visited: Visit, **filters: object) -> list[str]:
    visited.page.evaluate("(asked) => { setFilter({ ...NO_FILTER, ...asked }); finishShowing() }", filters)
    shown: list[str] = visited.shown(ROWS)
    return shown


def test_targets_are_found_by_what_they_are(visit: Open, plans: dict[str, Plan]) -> None:
    for prefix, plan in plans.items():
        visited = visit(f"{prefix}plan.html")
        offered = visited.page.locator("[name=target] option").evaluate_all("all => all.map((each) => each.value)")
        columns = plan.columns_in_use
        pairs = list(zip(columns, (None, *columns), strict=False))
        found: dict[str, dict[str, list[str]]] = {}
        for row, action, _ in rows_of(plan):
            for column, before in pairs if action.targets else ():
                for state in states(plan, action, column, before):
                    found.setdefault(state, {}).setdefault(column.key, []).append(row)
        assert set(offered[1:]) == set(found)
        for state, by_column in found.items():
            everywhere = {row for rows in by_column.values() for row in rows}
            assert shown_by(visited, target=state) == [row for row, _, _ in rows_of(plan) if row in everywhere]
            for column in columns:
                assert shown_by(visited, target=state, year=column.key) == by_column.get(column.key, []), state


def test_what_several_departments_do_together(visit: Open, plans: dict[str, Plan]) -> None:
    for prefix, plan in plans.items():
        visited = visit(f"{prefix}plan.html")
        in_charge = {row: set(plan.departments_of(action)) for row, action, _ in rows_of(plan)}
        several = [row for row, names in in_charge.items() if len(names) > 1]
        assert shown_by(visited, together="yes") == several
        for pair in combinations([department.name for department in plan.departments], 2):
            expected = [row for row, names in in_charge.items() if names >= set(pair)]
            assert shown_by(visited, together="yes", department=pair) == expected
            sheets = {
                section.id
                for section in plan.lowest_sections()
                if set(pair)
                <= set(plan.departments_of(section)).union(
                    *(in_charge[row] for row, _, at in rows_of(plan) if at == section.id)
                )
            }
            assert set(visited.shown("#part\\:sheet-list .sheet")) == sheets


def test_one_department_and_others_by_hand(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    page = visited.page
    page.get_by_label("健康課", exact=True).check()
    page.get_by_label("共同で担当するものだけ").check()
    expected = [row for row, action, _ in rows_of(real_plan) if {"健康課"} < set(real_plan.departments_of(action))]
    assert visited.shown(ROWS) == expected != []
    assert visited.query() == {"department": ["健康課"], "together": ["yes"]}
    assert page.locator(".chips button").all_inner_texts()[1].startswith("共同")
    page.locator(".chips button").nth(1).click()
    assert not page.get_by_label("共同で担当するものだけ").is_checked()
    visited.back()
    assert visited.shown(ROWS) == expected
    assert page.get_by_label("共同で担当するものだけ").is_checked()


def test_what_differs_from_the_year_before_stands_beside_it(visit: Open) -> None:
    """A year alone is one column; what changes in it is not understood without the others."""
    visited = visit("plan.html?year=2019&target=changed")
    assert "平成31年度 (2019)・前の年度から変更：" in visited.status()
    cells = visited.page.locator("#publicity td[data-columns]:visible")
    assert cells.count() == 3
    visited.page.locator("[name=target]").select_option("")
    assert cells.count() == 1


def test_an_address_may_ask_for_a_state_that_is_not_there(visit: Open) -> None:
    visited = visit("plan.html?target=down&together=yes")
    assert "URL にある年度目標「down」は、この計画にありません。" in visited.page.locator(".advice").inner_text()
    assert "共同：" in visited.status()


def test_the_way_from_a_sheet_to_whom_to_call(visit: Open) -> None:
    visited = visit("mizuho-plan.html?year=2030")
    page = visited.page
    page.locator(".sheet:visible header dd a").first.click()
    entry = page.locator(".departments .entry:has(:target)")
    assert "電話" in entry.locator(".contact").inner_text()
    assert entry.evaluate("(each) => each.getBoundingClientRect().top < innerHeight")


def test_escape_closes_the_panel_and_leaves_the_words(visit: Open) -> None:
    page = visit(width=375, height=800).page
    page.locator("search > details > summary").click()
    page.locator("[name=text]").fill("高齢者")
    page.keyboard.press("Escape")
    assert not page.locator("[name=text]").is_visible()
    assert page.locator("[name=text]").input_value() == "高齢者"


def test_words_of_indicators_that_no_filter_shows(visit: Open) -> None:
    visited = visit("mizuho-plan.html?text=環境に配慮した行動")
    page = visited.page
    assert page.locator(".nothing").is_visible()
    page.get_by_role("button", name="「環境に配慮した行動」は「指標一覧」にもあります").click()
    row = page.locator(".indicators tr:focus")
    assert row.locator("th").inner_text().startswith("環境に配慮した行動をしている市民の割合")
    assert row.evaluate(
        "(each) => { const { top } = each.getBoundingClientRect(); return top > 0 && top < innerHeight }"
    )
    page.wait_for_function("CSS.highlights.get('found')?.size === 1")
    visited.back()
    assert page.locator(".nothing").is_visible()
