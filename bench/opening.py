"""Open the web page of the book in a browser again and again, as a reader does for the first time.

Prints lines of a name and the median of seconds by the clock: until the page can be used (its script has run, and its
first screen is shown), and from a first word in the filter until its outcome is shown.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

OPENINGS = 5

# In the page itself: else the way from here to the browser would count, too.
_FILTER = """
const onScreen = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done));
window.taken = parsed.then(async () => {
  const usable = await onScreen();
  const field = document.querySelector("input[type=search]");
  field.value = "高齢者";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return [usable, (await onScreen()) - usable];
});
"""


def main(name: str, program: str, page: Path, openings: int = OPENINGS) -> None:
    """Measure with the page in a file, in chromium or in firefox."""
    with sync_playwright() as playwright:
        browser = _launched(playwright, name, program)
        runs = [_opened(browser, page) for _ in range(openings)]
        browser.close()
    for what, walls in zip(("page usable", "page filtered"), zip(*runs, strict=True), strict=True):
        print(f"{what}, {name}", statistics.median(walls), sep="\t")


def _launched(playwright: Playwright, name: str, program: str) -> Browser:
    if name == "firefox":  # that of the system, which speaks WebDriver BiDi
        return playwright.firefox.launch(channel="moz-firefox", executable_path=program)
    return playwright.chromium.launch(executable_path=program)


def _opened(browser: Browser, page: Path) -> list[float]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        tab = context.new_page()
        tab.add_init_script(_FILTER)
        tab.goto(page.as_uri())
        taken: list[float] = tab.evaluate("window.taken")
        if not tab.evaluate("document.documentElement.classList.contains('filtered')"):
            raise SystemExit("the filter has not filtered")
        return [milliseconds / 1000 for milliseconds in taken]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *map(int, sys.argv[4:]))
