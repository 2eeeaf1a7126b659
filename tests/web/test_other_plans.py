"""Plans of other shapes: their own levels, columns, marks and indicators, as the YAML says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.plan.model import Action
from planbook.project.publication import Publication

from .conftest import ROOT  # type: ignore[import-not-found]
from .test_browser import ROWS, RULES_BUT_CONTRAST, TABLE_ROWS  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from planbook.plan.model import Plan, Section

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]

PREFIXES = ("aomine-", "mizuho-", "seoto-")


def rows_of(plan: Plan) -> Iterator[tuple[str, Section, Action]]:
    """Anchor, section and action of every row, read from the plan without any view."""
    for section in plan.lowest_sections():
        for entry in section.actions:
            action = plan.original(entry)
            yield (entry.id if isinstance(entry, Action) else f"{section.id}:{action.id}"), section, action


def filters_of(plan: Plan) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Every single choice that the page offers, and the rows that it has to find."""
    rows = list(rows_of(plan))
    for department in plan.departments:
        found = [anchor for anchor, _, action in rows if department.name in plan.departments_of(action)]
        if found:
            yield {"department": [department.name]}, found
    for mark in plan.marks:
        found = [
            anchor
            for anchor, section, action in rows
            if any(mark.name in part.marks for part in (*plan.ancestors(section), section, action))
        ]
        if found:
            yield {"mark": [mark.name]}, found
    for column in plan.columns_in_use:
        yield (
            {"year": column.key},
            [anchor for anchor, _, action in rows if action.targets and not action.target(column).not_applicable],
        )


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_choice_finds_what_the_plan_says(visit: Open, plans: dict[str, Plan], prefix: str) -> None:
    visited = visit(f"{prefix}plan.html")
    cases = list(filters_of(plans[prefix]))
    assert len(cases) > 4
    for chosen, expected in cases:
        visited.page.evaluate("(chosen) => setFilter({ ...NO_FILTER, ...chosen })", chosen)
        assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == expected, chosen
        if "year" in chosen:  # it is a column of the table, under its own heading
            heads = visited.page.locator(".system-table th.target")
            assert heads.evaluate_all("all => all.map((each) => each.dataset.columns)") == [chosen["year"]]
        boxes = visited.page.locator("#part\\:filter :checked").evaluate_all("all => all.map((each) => each.value)")
        assert [value for values in chosen.values() for value in ([values] if isinstance(values, str) else values)] == [
            value for value in boxes if value
        ]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_a_section_says_is_found(visit: Open, plans: dict[str, Plan], prefix: str) -> None:
    """Its texts and its indicators, by the rows below it."""
    plan = plans[prefix]
    visited = visit(f"{prefix}plan.html")
    for section in plan.sections():
        for indicator in section.indicators:
            visited.page.evaluate("(text) => setFilter({ ...NO_FILTER, text })", "".join(indicator.name.split()))
            below = [anchor for anchor, lowest, _ in rows_of(plan) if section in (lowest, *plan.ancestors(lowest))]
            assert visited.shown(ROWS) == below != [], indicator.name


# What stands in a chart is as large as it was meant, and no text lies on another.
CHART_FAULTS = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
  const own = chart.viewBox.baseVal.width, shown = chart.getBoundingClientRect();
  const faults = shown.width < own * 0.85 ? [`${shown.width} of ${own}`] : [];
  const boxes = [...chart.querySelectorAll("text")].map((each) => [each.textContent, each.getBoundingClientRect()]);
  for (const [at, [a, one]] of boxes.entries()) for (const [b, other] of boxes.slice(at + 1)) {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across > 0.5 && down > 3) faults.push(`${a} on ${b}`);
  }
  return faults;
})"""


@pytest.mark.parametrize("prefix", PREFIXES)
def test_charts_can_be_read_and_nothing_is_wider_than_the_window(visit: Open, prefix: str) -> None:
    page = visit(f"{prefix}plan.html").page
    assert page.locator(".chart").count() > 0
    for width in (320, 768, 940, 1160, 1320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CHART_FAULTS) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # What a chart shows is said in words, and stands beside it as numbers.
    for chart in page.locator(".chart").all():
        row = chart.locator("xpath=ancestor::tr").inner_text()
        for value in chart.locator("text:not(.axis)").all_text_contents():
            (number,) = re.findall(r"[\d.,]+", value)
            assert number in row
            assert number in (chart.get_attribute("aria-label") or "")


# Words in katakana that stand on two lines, and cells whose text is wider than they are.
TORN = """() => {
  const faults = [];
  for (const table of document.querySelectorAll("main table")) {
    const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.checkVisibility() || node.parentElement.closest("svg, .unseen")) continue;
      for (const { 0: word, index } of node.data.matchAll(/[ァ-ヴー]{2,}/g)) {
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) faults.push(node.data);
      }
    }
    for (const cell of table.querySelectorAll("th:not(.vision), td")) {
      if (cell.closest("thead") || cell.clientWidth === 0) continue;
      if (cell.scrollWidth > cell.clientWidth + 1) faults.push(cell.textContent);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("page");
  return faults;
}"""


def test_no_word_in_katakana_is_torn_in_a_table(visit: Open) -> None:
    page = visit("aomine-plan.html").page
    for chosen in ({}, {"year": "2027"}, {"department": ["こども家庭センター"]}):
        page.evaluate("(chosen) => setFilter({ ...NO_FILTER, ...chosen })", chosen)
        for width in (320, 704, 768, 1024, 1160, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(TORN) == [], (chosen, width)


CHAPTER = """# 第1章　計画の概要

| 区分 | ボランティアセンター | コミュニケーションの支援 | ファミリー・サポート・センター |
|---|---|---|---|
| アンケート | サービスの利用者へのインタビューとアンケート | メール | ワークショップ、フォーラム |
| ア | インターネットによるパブリックコメント | ホームページ | スクールソーシャルワーカー |

コーディネーターとボランティアが、コミュニティーセンターでサービスの案内をします。
"""


def test_no_word_in_katakana_is_torn_in_a_chapter_and_words_are_found_there(
    any_browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "plan.yaml"
    text = (ROOT / "examples/seoto/plan.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("book: {", "book: {parts: [cover, {chapter: outline.md}, sheets], "), encoding="utf-8")
    (tmp_path / "outline.md").write_text(CHAPTER, encoding="utf-8")
    plan = check(path.read_bytes(), str(path), path).plan
    assert plan is not None
    (tmp_path / "plan.html").write_text(render_web_page(plan, Publication.PLAN, Templates()), encoding="utf-8")
    page = any_browser.new_page()
    page.goto((tmp_path / "plan.html").as_uri())
    assert page.locator(".chapter table").count() == 1
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TORN) == [], width
    # Where it is wider than the window it is moved by the keyboard.
    page.set_viewport_size({"width": 320, "height": 900})
    page.locator(".chapter [tabindex]").press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.locator(".chapter [tabindex]").evaluate("e => e.scrollLeft") > 0
    # No filter shows it: what is found there is said, and led to.
    page.goto((tmp_path / "plan.html").as_uri() + "?text=スクールソーシャルワーカー")
    title = page.locator(".chapter h2").text_content()
    page.get_by_role("button", name=f"「スクールソーシャルワーカー」は「{title}」にもあります").click()
    assert "スクールソーシャルワーカー" in page.locator(".chapter tr:focus").inner_text()
    page.close()


def test_the_page_says_whom_to_call(visit: Open, plans: dict[str, Plan]) -> None:
    """Who looks at what a department does finds its telephone number, and its address for mail."""
    page = visit("mizuho-plan.html?department=環境政策課").page
    entries = page.locator("[data-department]:visible")
    assert entries.locator("h3").all_inner_texts() == ["環境政策課"]
    (contact,) = (each.contact for each in plans["mizuho-"].departments if each.name == "環境政策課")
    assert entries.locator(".contact").inner_text() == contact
    links = entries.locator(".contact a").evaluate_all("all => all.map((link) => link.getAttribute('href'))")
    assert links == ["tel:0000-21-2110", "mailto:kankyo@city.mizuho.example.jp"]


def test_the_way_back_to_the_top_is_there_once_the_top_is_not(visit: Open) -> None:
    for width in (320, 768, 1440):
        page = visit("mizuho-plan.html", width=width).page
        up = page.locator(".up a")
        up.wait_for(state="hidden")
        page.locator(".sheet").last.scroll_into_view_if_needed()
        up.wait_for(state="visible")
        # It is above everything, and as large as a finger needs it.
        box = up.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        assert up.evaluate("(e, [x, y]) => e === document.elementFromPoint(x, y)", [box["x"] + 12, box["y"] + 12]), (
            width
        )
        up.click()
        up.wait_for(state="hidden")
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("prefix", PREFIXES)
def test_axe_finds_nothing(visit_chromium: Open, prefix: str) -> None:
    page = visit_chromium(f"{prefix}plan.html").page
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for chosen in ({}, {"text": "相談"}, {"text": "ありえないことば"}):
            page.evaluate("(chosen) => setFilter({ ...NO_FILTER, ...chosen })", chosen)
            results = Axe().run(page, options=RULES_BUT_CONTRAST)
            assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_overview_counts_what_the_plan_has(visit_chromium: Open, plans: dict[str, Plan], prefix: str) -> None:
    plan = plans[prefix]
    tables = visit_chromium(f"{prefix}plan.html").page.locator(".counts")
    shown = [
        dict(
            zip(
                table.locator("tbody th").all_inner_texts(),
                table.locator("tbody td:nth-of-type(1)").all_inner_texts(),
                strict=True,
            )
        )
        for table in tables.all()
    ]
    originals = list(plan.originals.values())
    assert list(shown[0].values()) == [
        str(sum(top in (section, *plan.ancestors(section)) for section, _ in originals)) for top in plan.top
    ]
    assert shown[1] == {
        each.name: str(count)
        for each in plan.departments
        if (count := sum(each.name in plan.departments_of(action) for _, action in originals))
    }
