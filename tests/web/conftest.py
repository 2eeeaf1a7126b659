"""The pages in real browsers: Debian's Chromium and Firefox, with the bundled fonts and no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.project.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from planbook.plan.model import Plan

ROOT = Path(__file__).parents[2]

# Everything that a page could stumble over: seven years, ids that mean something to a browser or to JavaScript, text
# that looks like markup, like a template or like the end of a script, a department with a project but no action.
HOSTILE = """
format: 1
title: <b>計画</b> & {{ 7 * 7 }}
municipality: '"市"'
synonyms: [[カタカナ, 仮名, "a[b"], ["</script>", 12のまち]]
stage: <案>
date: 2024-03
years: [2024, 2025, 2026, 2027, 2028, 2029, 2030]
vision: ["</span><script>alert(1)</script>", 12のまち]
departments: [<総務課>, "企画's課", "\\\\u003c/script\\\\u003e課", 使われない課]
policies:
  - id: location
    title: "{% raw %}"
    measures:
      - id: __proto__
        title: </section></main>
        projects:
          - id: constructor
            title: '<img src="https://example.org/x.png" onerror="alert(1)">'
            departments: [<総務課>, "企画's課"]
            goal: "--> <!-- ]]>"
            approaches: ["・", "https://example.org/"]
            actions:
              - id: ガイドブック
                title: "</script><script>alert(1)</script>"
                departments: [<総務課>]
                targets:
                  2024: {text: 'a" onclick="alert(1)', figures: [{value: -3, unit: <件>}]}
                  2025: 該当なし
                  2026-2030: {text: "=HYPERLINK(1)", figures: [{value: 12.50, unit: <件>, note: "</td>"}]}
      - id: hasOwnProperty
        title: "&amp;"
        projects:
          - id: "20"
            title: ＡＢＣ　ｶﾞｲﾄﾞ
            goal: ひらがな
            actions:
              - relist: ガイドブック
              - id: "2024"
                title: カタカナ
                departments: ["\\\\u003c/script\\\\u003e課"]
                targets: {2024-2030: 未定}
"""


@pytest.fixture(scope="session")
def hostile_plan() -> Plan:
    checked = check(HOSTILE.encode(), "hostile.yaml")
    assert checked.plan is not None, checked.diagnostics
    return checked.plan


def example(name: str) -> Plan:
    """Return the plan of examples/NAME."""
    path = ROOT / "examples" / name / "plan.yaml"
    plan = check(path.read_bytes(), str(path)).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="session")
def plans(real_plan: Plan, hostile_plan: Plan) -> dict[str, Plan]:
    """The plans that there are pages of, by how the names of these begin.

    aomine: five levels, words among the columns, marks, indicators; mizuho: three levels, indicators of the plan;
    seoto: periods, texts, merged cells for what is repeated.
    """
    examples = {f"{name}-": example(name) for name in ("aomine", "mizuho", "seoto")}
    return {"": real_plan, "hostile-": hostile_plan, **examples}


@pytest.fixture(scope="session")
def pages(plans: dict[str, Plan], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of all these plans."""
    folder = tmp_path_factory.mktemp("pages")
    for prefix, plan in plans.items():
        for document in Publication:
            html = render_web_page(plan, document, Templates())
            (folder / f"{prefix}{document}.html").write_text(html, encoding="utf-8")
    return folder


@dataclass
class Visit:
    """An open page, and all that it should not do: errors and requests."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def shown(self, selector: str) -> list[str]:
        """Return the ids, or what the elements are for, of those that a reader sees."""
        script = "all => all.filter(e => e.checkVisibility()).map(e => e.dataset.for ?? e.id)"
        found: list[str] = self.page.locator(selector).evaluate_all(script)
        return found

    def status(self) -> str:
        return self.page.locator(".status").inner_text()

    def query(self) -> dict[str, list[str]]:
        """Return what the address asks for, once it has been written: that waits until the reader pauses."""
        self.page.wait_for_timeout(450)
        script = """() => { const query = new URLSearchParams(location.search);
          return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)])) }"""
        found: dict[str, list[str]] = self.page.evaluate(script)
        return found

    def back(self) -> None:
        """Go back in the history; Firefox tells nobody when it is there, where that is within a page."""
        self._step("back")

    def forward(self) -> None:
        self._step("forward")

    def _step(self, way: str) -> None:
        self.page.wait_for_timeout(450)
        script = f"new Promise((done) => {{ addEventListener('popstate', done, {{ once: true }}); history.{way}() }})"
        self.page.evaluate(f"() => {script}.then(() => null)")


def _opening(browser: Browser, pages: Path) -> Iterator[Callable[..., Visit]]:
    """Open pages; when the test is done, they must have had no error and asked for nothing but themselves."""
    visits: list[Visit] = []

    def open_page(where: str = "plan.html", width: int = 1440, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        visit = Visit(context.new_page(), (pages / where.partition("?")[0].partition("#")[0]).as_uri())
        watch(visit)
        visit.page.goto(pages.as_uri() + "/" + where)
        visits.append(visit)
        return visit

    yield open_page
    for visited in visits:
        visited.page.context.close()
        assert visited.complaints == []


@pytest.fixture
def visit(any_browser: Browser, pages: Path) -> Iterator[Callable[..., Visit]]:
    """Open pages in Chromium and in Firefox."""
    yield from _opening(any_browser, pages)


@pytest.fixture
def visit_chromium(browser: Browser, pages: Path) -> Iterator[Callable[..., Visit]]:
    """Open pages in Chromium alone: for what only it can be asked to do, such as to print, or to run no script."""
    yield from _opening(browser, pages)


def watch(visit: Visit) -> None:
    complain = visit.complaints.append
    visit.page.on("console", lambda message: complain(message.text))
    visit.page.on("pageerror", lambda error: complain(str(error)))
    visit.page.on("dialog", lambda dialog: (complain(dialog.message), dialog.dismiss()))
    visit.page.on(
        "request",
        lambda request: None if request.url.partition("?")[0] in (visit.address, "data:,") else complain(request.url),
    )
