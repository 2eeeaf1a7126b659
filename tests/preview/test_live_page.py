"""The open page in a real browser: it follows the plan, and the reader stays where they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import ROOT, Serving, wait_for  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

GOAL, NEW_GOAL = "複合的な課題を抱える市民が", "複合的な課題を抱えるすべての市民が"
NOT_LOADED_ANEW = "window.sameDocument = true"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open the live page; when the test is done, nothing must have been complained of and no other site asked."""
    opened: list[tuple[Page, list[str]]] = []

    def open_page(serving: Serving, where: str = "", width: int = 1440, **options: Any) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda each: (
                None if each.url.startswith(serving.address) or each.url == "data:," else complaints.append(each.url)
            ),
        )
        page.goto(serving.address + where)
        page.evaluate(NOT_LOADED_ANEW)
        page.get_by_text("最新です。").wait_for()
        opened.append((page, complaints))
        return page

    yield open_page
    for page, complaints in opened:
        page.context.close()
        assert complaints == []


def scroll_to(page: Page, selector: str, top: int = 150) -> float:
    """Scroll an element to so many pixels below the top; return how far the page is scrolled then."""
    page.locator(selector).evaluate("(e, top) => scrollBy(0, e.getBoundingClientRect().top - top)", top)
    return float(page.evaluate("scrollY"))


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("e => e.getBoundingClientRect().top"))


def test_an_edit_changes_the_open_page_in_place(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    page.get_by_label("直した所を表示").uncheck()
    before = scroll_to(page, "#part\\:sheets")
    assert before > 500
    serving.edit(GOAL, NEW_GOAL)
    page.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).first.wait_for()
    assert page.evaluate("scrollY") == before
    assert page.evaluate("window.sameDocument")
    page.get_by_text("PDF を開く").wait_for()


def test_what_is_read_stays_where_it_is_when_text_above_grows(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    page.get_by_label("直した所を表示").uncheck()
    sheet = ".sheet >> nth=12"
    scroll_to(page, sheet)
    serving.edit(GOAL, "長い目標" * 300)
    page.locator("#part\\:sheet-list").get_by_text("長い目標長い目標").first.wait_for(state="attached")
    assert top_of(page, sheet) == pytest.approx(150, abs=1)


def test_filter_focus_and_typing_go_on(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    page.locator("[name=text]").press_sequentially("ｶﾞｲﾄﾞ")
    page.locator("[name=text]").press("ArrowLeft")
    status = page.locator(".tools [role=status]").inner_text()
    caret = page.evaluate("document.activeElement.selectionStart")
    assert caret < 5
    serving.edit("title: 白井市第2次地域福祉計画", "title: 白井市第3次地域福祉計画")
    page.get_by_role("heading", level=1).get_by_text("第3次").wait_for()
    assert page.title().startswith("白井市第3次")
    assert page.locator(".tools [role=status]").inner_text() == status
    assert page.evaluate("document.activeElement.name") == "text"
    assert page.evaluate("document.activeElement.selectionStart") == caret
    page.keyboard.type("x")
    assert page.locator("[name=text]").input_value().index("x") == caret
    page.get_by_text("当てはまるものはありません。", exact=True).wait_for()
    page.wait_for_timeout(
        450
    )  # until the address says it: else there would be an entry less to go back, on a quick machine
    page.go_back()
    assert page.locator("[name=text]").input_value() == "ｶﾞｲﾄﾞ"
    page.go_back()
    assert page.locator("[name=text]").input_value() == ""
    assert "すべて" in page.locator(".tools [role=status]").inner_text()
    assert page.evaluate("window.sameDocument")


def test_a_former_page_leaves_no_listener(serving: Serving, visit: Open) -> None:
    """Else each save would keep a whole page in memory."""
    page = visit(serving)
    page.evaluate("window.former = new WeakRef(document.querySelector('main'))")
    serving.edit(GOAL, NEW_GOAL)
    page.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).first.wait_for()
    session = page.context.new_cdp_session(page)

    def gone() -> bool:
        session.send("HeapProfiler.collectGarbage")
        return bool(page.evaluate("window.former.deref() === undefined"))

    wait_for(gone)


def test_focus_on_a_link_is_kept(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    link = page.locator("nav a >> nth=5")
    link.focus()
    text = link.inner_text()
    serving.edit(GOAL, NEW_GOAL)
    page.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).first.wait_for()
    assert page.evaluate("document.activeElement.innerText") == text


def test_errors_stand_over_the_last_good_page_until_mended(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    before = scroll_to(page, "#part\\:sheets")
    good = serving.plan.read_text("utf-8")
    at = next(n for n, line in enumerate(good.splitlines(), 1) if "departments: [社会福祉課" in line)
    serving.edit("departments: [社会福祉課", "departments: [社会福祉か")
    panel = page.get_by_role("complementary", name="プレビューの状態")
    panel.get_by_text(f"data/plan.yaml:{at}:").wait_for()
    assert "担当課「社会福祉か」は、先頭の departments にありません。" in panel.inner_text()
    assert "もしかして「社会福祉課」" in panel.inner_text()
    assert panel.locator("mark").first.inner_text() == "社会福祉か"
    assert "直前の正しい状態を表示しています。" in panel.inner_text()
    assert panel.bounding_box()["y"] + panel.bounding_box()["height"] == 900  # type: ignore[index]
    assert page.locator("#part\\:sheet-list").first.is_visible()
    assert page.evaluate("scrollY") == before
    assert Axe().run(page, ".preview").response["violations"] == []
    serving.plan.write_text(good, encoding="utf-8")
    panel.get_by_text("最新です。").wait_for()
    assert "社会福祉か" not in panel.inner_text()
    assert page.evaluate("scrollY") == before
    assert page.evaluate("window.sameDocument")


def test_hostile_text_in_an_error_is_only_text(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    serving.edit("departments: [社会福祉課", 'departments: ["<img src=x onerror=alert(1)>"')
    page.locator(".preview mark").get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert page.locator(".preview img").count() == 0


def test_a_page_that_was_open_before_there_was_a_plan(workspace: Path, browser: Browser) -> None:
    plan = workspace / "data/plan.yaml"
    good = plan.read_text("utf-8")
    plan.write_text("format: 1\n", encoding="utf-8")
    with Serving(workspace, "--port", "0") as serving:
        page = browser.new_page()
        page.goto(serving.address)
        page.evaluate(NOT_LOADED_ANEW)
        page.locator(".preview").get_by_text("data/plan.yaml:1:1").first.wait_for()
        plan.write_text(good, encoding="utf-8")
        page.locator("#part\\:table").wait_for()
        assert page.evaluate("window.sameDocument")
        page.locator("[name=text]").fill("ガイド")
        page.get_by_text("「ガイド」：").first.wait_for()
        page.close()


@pytest.mark.parametrize(
    ("name", "addition"),
    [
        ("css/web.css", "body { outline: 7px solid }"),
        ("js/navigation.js", "document.body.style.setProperty('outline', '7px solid');"),
    ],
)
def test_a_new_style_or_script_is_loaded(serving: Serving, visit: Open, name: str, addition: str) -> None:
    page = visit(serving)
    before = scroll_to(page, "#part\\:sheets")
    own = serving.folder / "templates" / name
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "templates" / name).read_text("utf-8") + f"\n{addition}\n", encoding="utf-8")
    # A plan's own templates are rendered by a process of their own, which begins beside the one that prints.
    expect(page.locator("body")).to_have_css("outline-width", "7px", timeout=20_000)
    page.get_by_text("最新です。").wait_for()
    assert page.evaluate("scrollY") == before


def test_says_that_the_server_has_gone_and_goes_on_when_it_is_back(workspace: Path, browser: Browser) -> None:
    with Serving(workspace, "--port", "0") as serving:
        page = browser.new_page()
        page.goto(serving.address)
        page.get_by_text("最新です。").wait_for()
        page.evaluate(NOT_LOADED_ANEW)
    page.get_by_text("planbook serve につながりません。").wait_for()
    with Serving(workspace, "--port", str(serving.port)) as again:
        assert again.port == serving.port
        again.edit(GOAL, NEW_GOAL)
        page.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).first.wait_for()
        assert page.evaluate("window.sameDocument")
        page.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_the_panel_fits(serving: Serving, visit: Open, width: int) -> None:
    page = visit(serving, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".preview").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_the_page_shows_what_was_edited(serving: Serving, visit: Open) -> None:
    page = visit(serving)
    assert top_of(page, "#existing-desks") > 900
    serving.edit(GOAL, NEW_GOAL)
    page.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).wait_for()
    assert 0 <= top_of(page, f"#existing-desks dd:has-text('{NEW_GOAL}')") < 900


def line_of(serving: Serving, text: str, after: str = "") -> int:
    """Return the number of the first line of the plan file with a text, below one with another."""
    lines = serving.plan.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if after in line)
    return next(n for n, line in enumerate(lines[start:], start + 1) if text in line)


@pytest.mark.parametrize(
    ("selector", "text", "after"),
    [
        (".masthead h1", "title:", "format:"),
        (".masthead .date", "date:", ""),
        (".masthead .date .whole", "years:", ""),
        (".system-table tbody .vision", "vision:", ""),
        ("#part\\:sheet-list thead th >> nth=1", "years:", ""),
        (".counts td.count >> nth=0", "title: 地域における", ""),
        (".counts tfoot th >> nth=0", "policies:", ""),
        ("footer p >> nth=0", "title:", "format:"),
        ("#existing-desks dd >> nth=1", GOAL, ""),
        ("#existing-desks dd li >> nth=0", "- 保健福祉ガイドブックや", "id: existing-desks"),
        ("#guidebook td >> nth=0 >> p >> nth=1", "value: 2300", "id: guidebook"),
        ("[id='table:guidebook'] .department", "departments: [社会福祉課]", "id: guidebook"),
        ("#part\\:sheet-list h3 >> nth=1", "title: ", "id: service-development"),
    ],
)
def test_a_click_shows_the_line_in_the_file(
    serving: Serving, visit: Open, selector: str, text: str, after: str
) -> None:
    page = visit(serving)
    page.locator(selector).first.click(position={"x": 3, "y": 3}) if "h3" not in selector else page.locator(
        selector
    ).click()
    page.locator(".preview-place").wait_for()
    line = line_of(serving, text, after)
    assert re.match(rf"data/plan.yaml:{line}:\d+\s", page.locator(".preview-place").inner_text())
    address = page.get_by_role("link", name="エディターで開く").get_attribute("href")
    assert address and address.startswith(f"vscode://file{serving.plan.resolve().as_posix()}:{line}:")


def test_the_pdf_stands_beside_the_page_and_renews_itself(serving: Serving, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(serving.address + "beside")
    pdf = page.locator("[name=plan-pdf]")
    wait_for(lambda: pdf.get_attribute("src"))
    before = pdf.get_attribute("src")
    serving.edit(GOAL, NEW_GOAL)
    wait_for(lambda: pdf.get_attribute("src") != before)
    assert str(pdf.get_attribute("src")).endswith("#nameddest=existing-desks")  # where it was edited
    inner = page.frame_locator("[name=plan-page]")
    inner.locator("#part\\:sheet-list").get_by_text(NEW_GOAL).wait_for()
    inner.get_by_text("ページも PDF も最新です。").wait_for()
    assert inner.get_by_text("PDF を横に表示").count() == 0
    page.close()
