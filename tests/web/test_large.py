"""A page of a large plan: its system table in pieces, and a filter that shows first what the reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.plans import enlarged
from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.plan.model import Action
from planbook.project.publication import Publication

from .conftest import ROOT  # type: ignore[import-not-found]
from .test_browser import ROWS, TABLE_ROWS  # type: ignore[import-not-found]
from .test_other_plans import TORN  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planbook.plan.model import Plan

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]

TIMES = 8
# Asked in the page: to wait for a text of script is forbidden by its policy.
UNTIL = "() => new Promise((done) => {{ const look = () => ({}) ? done() : setTimeout(look, 20); look() }})"
FINISHED = UNTIL.format("left === null")


@pytest.fixture(scope="module")
def large_plan() -> Plan:
    text = enlarged((ROOT / "data/plan.yaml").read_text(encoding="utf-8"), TIMES)
    plan = check(text.encode(), "plan.yaml").plan
    assert plan is not None
    return plan


@pytest.fixture
def large(visit: Open, pages: Path, large_plan: Plan) -> Visit:
    page = pages / "large.html"
    if not page.exists():
        page.write_text(render_web_page(large_plan, Publication.PLAN, Templates()), encoding="utf-8")
    return visit("large.html")


def rows(plan: Plan, department: str = "") -> Iterator[str]:
    for section in plan.lowest_sections():
        for entry in section.actions:
            action = plan.original(entry)
            if not department or department in plan.departments_of(action):
                yield entry.id if isinstance(entry, Action) else f"{section.id}:{action.id}"


def test_the_table_is_in_pieces_and_complete(large: Visit, large_plan: Plan) -> None:
    tables = large.page.locator(".system-table")
    captions = tables.locator("caption").all_text_contents()
    assert len(captions) == len(set(captions)) == len(large_plan.top)
    assert tables.nth(1).locator("thead th").all_inner_texts() == [
        "基本方針", "施策", "事業名", "取組項目", "担当課"
    ]  # fmt: skip
    assert large.page.locator(".motto").inner_text().removeprefix("めざす姿").split() == ["".join(large_plan.vision)]
    shown = large.page.locator(TABLE_ROWS).evaluate_all("all => all.map((row) => row.dataset.for)")
    assert shown == list(rows(large_plan))


def test_a_filter_shows_what_is_seen_first_and_then_the_rest(large: Visit, large_plan: Plan) -> None:
    page = large.page
    page.evaluate("setFilter({ ...NO_FILTER, department: ['健康課'] })")
    page.evaluate(FINISHED)
    expected = list(rows(large_plan, "健康課"))
    assert large.shown(ROWS) == large.shown(TABLE_ROWS) == expected
    first = list(rows(large_plan))[:20]
    script = """() => {
      setFilter(NO_FILTER);
      return [left !== null, document.querySelectorAll("tr[id^='table:']:not([hidden])").length];
    }"""
    waits, at_once = page.evaluate(script)
    assert waits
    assert len(first) < at_once < len(list(rows(large_plan)))
    assert large.shown(TABLE_ROWS)[:20] == first
    page.evaluate(FINISHED)
    assert large.shown(TABLE_ROWS) == list(rows(large_plan))


def test_who_prints_or_follows_a_link_has_all_of_it(large: Visit, large_plan: Plan) -> None:
    page = large.page
    visible = "document.querySelectorAll(`#part\\\\:sheet-list tr[data-for]:not([hidden])`).length"
    set_and = (
        "() => {{ setFilter({{ ...NO_FILTER, department: ['健康課'] }}); finishShowing(); setFilter(NO_FILTER); {} }}"
    )
    page.evaluate(set_and.format("dispatchEvent(new Event('beforeprint'))"))
    assert page.evaluate(visible) == len(list(rows(large_plan)))
    last = list(rows(large_plan))[-1]
    page.evaluate("() => { setFilter({ ...NO_FILTER, department: ['健康課'] }); finishShowing() }")
    page.evaluate(f"location.hash = '#{last}'")
    page.evaluate(UNTIL.format(f"document.getElementById('{last}').checkVisibility()"))
    assert page.evaluate(visible) == len(list(rows(large_plan)))


def test_no_word_in_katakana_is_torn_in_a_table_of_fixed_columns(large: Visit) -> None:
    # All of it is laid out, and not what is near alone. The policy of the page allows no style of its own.
    rule = ".large * { content-visibility: visible !important }"
    large.page.evaluate("(rule) => { document.styleSheets[0].insertRule(rule) }", rule)
    for width in (320, 768, 1440):
        large.page.set_viewport_size({"width": width, "height": 900})
        assert large.page.evaluate(TORN) == [], width


def test_a_year_is_shown_in_every_piece(large: Visit, large_plan: Plan) -> None:
    large.page.evaluate("setFilter({ ...NO_FILTER, year: '2020' })")
    large.page.evaluate(FINISHED)
    shown = large.shown(TABLE_ROWS)
    texts = large.page.locator(".system-table tr:not([hidden]) > td.target").count()
    assert texts == len(shown) > 300
    assert large.page.locator(".system-table th.target").count() == len(large_plan.top)
    large.page.evaluate("setFilter(NO_FILTER)")
    large.page.evaluate(FINISHED)
    assert large.page.locator(".system-table .target").count() == 0
