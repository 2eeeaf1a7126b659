"""The web page as readers use it: filter, history, keyboard, large type, narrow screens, no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from planbook.plan.model import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from planbook.plan.model import Plan

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]

WIDTHS = (320, 768, 1440)
ROWS = "#part\\:sheet-list tr[data-for]"
TABLE_ROWS = ".system-table tr[data-for]"
SHEETS = "#part\\:sheet-list .sheet"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # and not a selector for each of the thousands of elements that are right
}
RULES_BUT_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
"""For pages whose contrast test_contrast.py computes, in more states and in a tenth of the time."""


def rows_of(plan: Plan) -> Iterator[tuple[str, Action, str]]:
    """Anchor, action and project of every row, read from the plan without any view."""
    for project in plan.lowest_sections():
        for entry in project.actions:
            action = plan.original(entry)
            yield (entry.id if isinstance(entry, Action) else f"{project.id}:{action.id}"), action, project.id


def choose(page: Page, *, department: str | list[str] | None = None, **values: str) -> None:
    """Set fields of the filter; of the departments, exactly those that are given are chosen then."""
    if department is not None:
        names = [department] if isinstance(department, str) else department
        boxes = page.locator("[name=department]")
        other = "(all, names) => all.flatMap((box, at) => (box.checked === names.includes(box.value) ? [] : [at]))"
        for at in boxes.evaluate_all(other, names):
            boxes.nth(at).set_checked(not boxes.nth(at).is_checked())
    for name, value in values.items():
        field = page.locator(f"#part\\:filter-{name}")
        if name == "text":
            field.fill(value)
        else:
            field.select_option(value)


def grid_faults(page: Page) -> list[str]:
    """Rows of the system table in which cells are missing or overlap, counted as a browser does."""
    script = """() => {
      const faults = [], open = [];
      for (const row of document.querySelectorAll(".system-table tbody tr:not([hidden])")) {
        let cells = open.filter((left) => left > 0).length;
        for (const cell of row.cells) { cells += 1; open.push(cell.rowSpan); }
        const own = [...row.cells].filter((cell) => !cell.matches(".target"));
        cells -= row.cells.length - own.length;
        if (cells !== 6 || own[own.length - 2].className !== "action") faults.push(row.id);
        for (const at in open) open[at] -= 1;
      }
      return open.some((left) => left > 0) ? [...faults, "beyond the end"] : faults;
    }"""
    faults: list[str] = page.evaluate(script)
    return faults


# ---- Reading ----


@pytest.mark.parametrize("document", ["plan.html", "system-table.html", "sheets.html"])
def test_everything_is_there_without_a_script(visit_chromium: Open, real_plan: Plan, document: str) -> None:
    visited = visit_chromium(document, java_script_enabled=False)
    text = visited.page.locator("main").inner_text()
    for _, action, _ in rows_of(real_plan):
        assert action.title in text
    if document != "system-table.html":
        for project in real_plan.lowest_sections():
            assert project.goal in text
    assert not visited.page.locator("#part\\:filter").is_visible()
    assert visited.page.locator("nav li").first.is_visible()


@pytest.mark.parametrize(("document", "rules"), [("plan.html", RULES_BUT_CONTRAST), ("hostile-plan.html", RULES)])
def test_axe_finds_nothing(visit: Open, document: str, rules: dict[str, Any]) -> None:
    page = visit(document).page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('search details').forEach((each) => { each.open = true })")
        results = Axe().run(page, options=rules)
        assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("document", ["hostile-system-table.html", "hostile-sheets.html"])
def test_axe_finds_nothing_in_documents_of_their_own_nor_in_the_dark(visit_chromium: Open, document: str) -> None:
    results = Axe().run(visit_chromium(document, color_scheme="dark").page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("document", ["plan.html", "hostile-plan.html"])
def test_nothing_has_to_be_scrolled_sideways(visit: Open, document: str) -> None:
    page = visit(document).page
    for width in (*WIDTHS, 940, 1160, 1320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_says_what_was_filtered(visit_chromium: Open, tmp_path: Path) -> None:
    visited = visit_chromium("plan.html?department=高齢者福祉課&year=2020")
    visited.page.pdf(path=tmp_path / "page.pdf", format="A4")
    text = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
    assert visited.status() in text.replace("\n", "")
    assert not re.search("しぼり込み|目次", text)


def test_paper_has_everything(visit_chromium: Open, tmp_path: Path, real_plan: Plan) -> None:
    visit_chromium().page.pdf(path=tmp_path / "page.pdf", format="A4")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages)
    assert not re.search("しぼり込み|分だけを表示", text)
    for word in ("取り組み目標", "主な取り組み"):
        assert text.count(word) >= len(list(real_plan.lowest_sections()))


@pytest.mark.parametrize("width", [640, 1440])
def test_type_of_twice_the_size_fits(launch: Callable[..., Browser], pages: Path, width: int) -> None:
    page = launch("--blink-settings=defaultFontSize=32").new_page(viewport={"width": width, "height": 900})
    page.goto(pages.as_uri() + "/plan.html")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = """() => [...document.querySelectorAll("main :is(td, th, dd, h1, h2, h3, h4, h5, p, a)")]
      .filter((e) => !e.closest(".unseen, thead, .vision") && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
      .map((e) => e.textContent)"""
    assert page.evaluate(clipped) == []


def test_the_vision_is_written_vertically_where_there_is_room(visit: Open) -> None:
    style = "e => getComputedStyle(e).writingMode"
    assert visit(width=1440).page.locator("th.vision > span").first.evaluate(style) == "vertical-rl"
    assert visit(width=320).page.locator("th.vision > span").first.evaluate(style) == "horizontal-tb"


# Links, history and the filter


def test_every_link_leads_to_something_that_is_shown(visit: Open) -> None:
    page = visit().page
    dead = """() => [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href"))
      .filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))?.checkVisibility())"""
    assert page.evaluate(dead) == []
    assert page.evaluate("[...document.links].every((a) => /^([#?]|plan.pdf(#|$))/.test(a.getAttribute('href')))")


def test_a_relisting_leads_to_its_original_and_back(visit: Open) -> None:
    page = visit().page
    page.locator("[id='service-information:guidebook'] a.elsewhere").click()
    assert page.evaluate("location.hash") == "#guidebook"
    assert page.locator("#guidebook").evaluate("e => e.matches(':target') && e.getBoundingClientRect().top < 400")
    page.locator("#guidebook a.elsewhere").click()
    assert page.evaluate("location.hash") == "#service-information:guidebook"


def test_a_department_in_a_year(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    choose(visited.page, department="高齢者福祉課", year="2020")
    expected = [
        anchor
        for anchor, action, _ in rows_of(real_plan)
        if "高齢者福祉課" in action.departments and not action.target(2020).not_applicable
    ]
    assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == expected
    assert visited.status() == (
        "高齢者福祉課・平成32年度 (2020)：取組項目55件中11件（うち再掲2件）、"
        "事業26件中8件（ほかに、事業全体だけを担当するもの1件）"
    )
    assert len(expected) == 11
    headings = visited.page.locator("#part\\:sheet-list thead th[data-columns]:visible").all_inner_texts()
    assert {text.replace("\n", " ") for text in headings} == {"平成32年度 (2020)"}
    # What a mail with this address shows is the same.
    assert visited.query() == {"department": ["高齢者福祉課"], "year": ["2020"]}
    again = visit("plan.html?department=高齢者福祉課&year=2020")
    assert again.shown(ROWS) == expected
    assert again.status() == visited.status()


def test_every_department_in_every_year(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    for department in real_plan.departments:
        for year in real_plan.years:
            choose(visited.page, department=department.name, year=str(year))
            expected = {
                anchor: action.target(year).text
                for anchor, action, _ in rows_of(real_plan)
                if department.name in action.departments and not action.target(year).not_applicable
            }
            assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == list(expected)
            assert f"取組項目55件中{len(expected)}件" in visited.status()
            assert grid_faults(visited.page) == []
            # What it is to reach in that year stands beside each row.
            texts = visited.page.locator(".system-table td.target").all_inner_texts()
            for text, shown in zip(expected.values(), texts, strict=True):
                assert re.sub(r"\s", "", text or "") in re.sub(r"\s", "", shown)
    choose(visited.page, year="")
    assert visited.page.locator(".system-table .target").count() == 0


def test_the_column_of_a_year_has_its_figures(visit: Open) -> None:
    page = visit("plan.html?year=2019&text=ガイドブックの発行").page
    assert page.locator(".system-table th.target").inner_text() == "平成31年度 (2019)"
    lines = page.locator("[id='table:guidebook'] .target p").all_inner_texts()
    assert lines == ["保健福祉ガイドブックの発行", "・発行部数：2,300部"]


def test_a_sheet_of_a_department_with_none_of_its_actions(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    choose(visited.page, department="社会福祉協議会")
    named = [
        project.id for project in real_plan.lowest_sections() if "社会福祉協議会" in real_plan.departments_of(project)
    ]
    assert visited.shown(SHEETS) == named
    assert "coordinated-consultation" in named
    assert visited.page.locator("#coordinated-consultation tr:visible").count() == 0


def test_every_department_has_its_rows(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    for department in real_plan.departments:
        choose(visited.page, department=department.name)
        expected = [anchor for anchor, action, _ in rows_of(real_plan) if department.name in action.departments]
        assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == expected
        assert grid_faults(visited.page) == []
        (shown,) = visited.page.locator(".departments .entry:visible h3").all_inner_texts()
        assert shown == department.name


def test_text_is_found_however_it_is_typed(visit: Open) -> None:
    visited = visit()
    for typed in ("ガイドブック", "がいどぶっく", "ｶﾞｲﾄﾞﾌﾞｯｸ", "  ガイド　ブック "):
        choose(visited.page, text=typed)
        # The actions of both projects whose approaches speak of it, too.
        assert visited.shown(ROWS) == [
            "guidebook", "publicity", "service-information:guidebook", "service-information:publicity"
        ]  # fmt: skip
        assert visited.query() == {"text": [typed]}


def test_a_word_is_looked_for_when_it_is_converted(visit_chromium: Open) -> None:
    visited = visit_chromium()
    page = visited.page
    page.locator("#part\\:filter-text").focus()
    session = page.context.new_cdp_session(page)
    for typed in ("ｋ", "か", "かいｇ", "かいぎ", "会議"):
        at = len(typed)
        session.send("Input.imeSetComposition", {"text": typed, "selectionStart": at, "selectionEnd": at})
        assert len(visited.shown(ROWS)) == 55
    session.send("Input.insertText", {"text": "会議"})
    assert visited.query() == {"text": ["会議"]}
    assert visited.status().startswith("「会議」：")


def test_text_is_looked_for_in_the_chosen_year(visit: Open) -> None:
    visited = visit()
    choose(visited.page, text="情報提供の手法の検討")
    assert visited.shown(ROWS) == ["publicity", "service-information:publicity"]
    choose(visited.page, year="2020")
    assert visited.shown(ROWS) == []
    assert visited.status() == "平成32年度 (2020)・「情報提供の手法の検討」：当てはまるものはありません。"


def test_a_year_without_a_target_is_left_out(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    choose(visited.page, year="2020")
    expected = [anchor for anchor, action, _ in rows_of(real_plan) if not action.target(2020).not_applicable]
    assert visited.shown(ROWS) == expected
    assert len(expected) == 54


def test_merged_cells_are_right_whatever_is_hidden(visit: Open) -> None:
    page = visit().page
    before = page.locator(".system-table tbody").inner_html()
    hide_some = """(seed) => {
      for (const row of document.querySelectorAll(".system-table tbody tr")) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        row.hidden = seed / 2147483648 < 0.6;
      }
      redraw((row) => row.hidden);
    }"""
    page.evaluate(
        "() => { show(NO_FILTER); globalThis.redraw = mergedCells(document.querySelector('.system-table tbody')) }"
    )
    for seed in range(40):
        page.evaluate(hide_some, seed)
        assert grid_faults(page) == []
    page.evaluate("show(NO_FILTER)")
    assert page.locator(".system-table tbody").inner_html() == before


def test_back_and_forward(visit: Open) -> None:
    visited = visit()
    page = visited.page
    everything = visited.shown(ROWS)
    choose(page, department="健康課")
    healthy = visited.shown(ROWS)
    page.locator("#part\\:filter-text").press_sequentially("センター")
    page.locator("nav a").first.click()
    visited.back()
    visited.back()
    assert (visited.shown(ROWS), visited.query()) == (healthy, {"department": ["健康課"]})
    assert page.locator("#part\\:filter-text").input_value() == ""
    visited.back()
    assert (visited.shown(ROWS), visited.query()) == (everything, {})
    visited.forward()
    visited.forward()
    assert visited.query() == {"department": ["健康課"], "text": ["センター"]}
    page.get_by_role("button", name="条件を消す").click()
    assert visited.shown(ROWS) == everything


def test_what_a_filter_found_comes_into_view(visit: Open) -> None:
    page = visit().page
    page.locator("#after-school-care").scroll_into_view_if_needed()
    choose(page, department="社会福祉課")
    assert 0 < page.locator(".system-table tbody tr:visible").first.evaluate("e => e.getBoundingClientRect().top") < 450


def test_a_link_to_what_is_hidden_lifts_the_filter(visit: Open) -> None:
    visited = visit("plan.html?text=福祉サービス・施設の情報提供")
    assert not visited.page.locator("#guidebook").is_visible()
    visited.page.locator("[id='service-information:guidebook'] a.elsewhere").click()
    assert visited.page.locator("#guidebook").is_visible()
    assert "しぼり込みを解除しました" in visited.status()
    assert visited.query() == {}
    visited.back()
    assert visited.query() == {"text": ["福祉サービス・施設の情報提供"]}
    assert not visited.page.locator("#guidebook").is_visible()


def test_an_address_that_says_nothing_shows_everything(visit: Open) -> None:
    visited = visit()
    address = visited.page.url
    for query in ("?department=ない課&year=1999", "?x=1#%E0%A4%A", "?text=%20", "?y=2#nowhere"):
        visited.page.goto(address + query)
        assert len(visited.shown(ROWS)) == 55, query


def test_the_index_leads_to_a_department(visit: Open) -> None:
    visited = visit()
    visited.page.get_by_role("link", name="保育課の分だけを表示").click()
    visited.page.wait_for_url("**department=**")
    assert visited.shown(ROWS) == ["after-school-care"]


def test_documents_of_their_own_can_be_filtered(visit: Open) -> None:
    table = visit("system-table.html")
    choose(table.page, text="避難訓練", department="危機管理課")
    assert table.shown(TABLE_ROWS) == ["lifesaving-courses", "evacuation-drills", "local-disaster-readiness"]
    assert grid_faults(table.page) == []
    sheets = visit("sheets.html")
    choose(sheets.page, department="保育課")
    assert sheets.shown(ROWS) == ["after-school-care"]


# ---- Keyboard and narrow screens ----


def test_a_trip_by_keyboard(visit: Open) -> None:
    page = visit().page
    focused = "document.activeElement.textContent.trim() || document.activeElement.name"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "本文へ移動"
    assert page.locator(".skip").evaluate("e => e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.system-table') !== null")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash.length > 1")
    page.reload()
    page.locator("#part\\:filter-text").focus()
    page.keyboard.type("会議")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**text=*")
    assert page.locator("[name=department]").first.is_checked()
    page.get_by_role("button", name="条件を消す").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "?" not in address)


@pytest.mark.parametrize("width", WIDTHS)
def test_focus_is_always_seen(visit: Open, width: int) -> None:
    page = visit(width=width).page
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 40:
        page.keyboard.press(key)
        seen = page.evaluate(
            """() => {
              const e = document.activeElement, box = e.getBoundingClientRect();
              // Firefox does not scroll to what can be seen in part: WCAG 2.4.11 asks for no more.
              const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
              const at = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, y);
              return parseFloat(getComputedStyle(e).outlineWidth) >= 2 && (e.contains(at) || at?.contains(e));
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_the_panel_follows_the_reader_but_does_not_move_below_the_pointer(visit: Open) -> None:
    page = visit(width=1440, height=500).page
    panel = page.locator(".tools")
    page.mouse.move(100, 250)
    page.evaluate("scrollTo(0, 9000)")
    current = page.locator("nav a[aria-current]")
    before = current.inner_text()
    assert panel.evaluate("e => e.scrollTop") == 0
    page.mouse.move(900, 250)
    page.evaluate("scrollTo(0, 6000)")
    expect(current).not_to_have_text(before)
    assert panel.evaluate("e => e.scrollTop") > 0


def test_where_there_is_little_height_nothing_stays_in_view(visit: Open) -> None:
    # 1280 × 1024 at 400 %.
    assert visit(width=320, height=256).page.locator(".tools").evaluate("e => getComputedStyle(e).position") == "static"
    assert visit(width=320, height=640).page.locator(".tools").evaluate("e => getComputedStyle(e).position") == "sticky"


def test_panels_open_over_the_page_where_it_is_narrow(visit: Open) -> None:
    page = visit(width=320, height=640).page
    contents = page.locator("nav summary")
    assert not page.locator("nav li").first.is_visible()
    contents.press("Enter")
    page.locator("nav a").nth(5).click()
    assert not page.locator("nav li").first.is_visible()
    contents.press("Enter")
    page.keyboard.press("Escape")
    assert not page.locator("nav li").first.is_visible()
    assert contents.evaluate("e => e === document.activeElement")
    # Room is made for the bar, by nothing that the whole page inherits: else a large one is styled twice.
    room, inherited = page.evaluate("""() => { const { style } = document.documentElement;
      return [style.scrollPaddingTop, [...style].filter((name) => name.startsWith("--"))] }""")
    assert "px" in room
    assert inherited == []


def test_the_reading_form_is_still_a_table_to_a_screen_reader(visit: Open) -> None:
    page = visit(width=320).page
    tree = page.locator(".system-table").aria_snapshot()
    assert "rowheader" in tree
    assert "columnheader" in tree


# ---- Hostile text ----


@pytest.mark.parametrize("document", ["hostile-plan.html", "hostile-system-table.html", "hostile-sheets.html"])
def test_text_is_shown_as_typed(visit: Open, document: str) -> None:
    visited = visit(document)
    text = visited.page.locator("body").inner_text()
    assert "<b>計画</b> & {{ 7 * 7 }}" in text
    assert "</script><script>alert(1)</script>" in text
    assert '<img src="https://example.org/x.png" onerror="alert(1)">' in text
    choose(visited.page, department="\\u003c/script\\u003e課")
    assert "3件中1件" in visited.status()
    choose(visited.page, department="", text="<script>")
    assert visited.status().startswith("「<script>」：取組項目3件中2件（うち再掲1件）")


def test_ids_may_be_words_of_the_browser(visit: Open) -> None:
    visited = visit("hostile-plan.html")
    visited.page.locator("[id='20:ガイドブック'] a.elsewhere").click()
    assert visited.page.locator("#ガイドブック").evaluate("e => e.matches(':target')")
    choose(visited.page, text="abc がいど")
    assert visited.shown(ROWS) == ["20:ガイドブック", "2024"]
    choose(visited.page, text="", year="2025")
    assert visited.shown(ROWS) == ["2024"]
    choose(visited.page, year="", text="仮名")  # found with カタカナ, since the plan says so
    assert visited.shown(ROWS) == ["2024"]
    choose(visited.page, text="A[b")
    assert visited.shown(ROWS) == ["2024"]
