"""Every text of every page can be read: contrast computed, at every width, in both schemes, in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]

DOCUMENTS = (
    "plan.html", "system-table.html", "sheets.html", "hostile-plan.html", "hostile-system-table.html",
    "aomine-plan.html", "mizuho-plan.html", "seoto-plan.html",
)  # fmt: skip
STATES = ("", "?text=会議", "?department=高齢福祉課", "?text=ありえないことば", "#guidebook", "#existing-desks")
WIDTHS = (320, 768, 1280, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

TOO_FAINT = """() => {
  const channel = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const parsed = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const over = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)) };
  const known = new Map();
  function background(element) {
    // What a browser paints where nothing is opaque: the canvas, which the root element colours.
    if (!element) return [255, 255, 255];
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      if (style.backgroundImage !== "none") throw new Error("a picture behind text can not be computed");
      const own = parsed(style.backgroundColor);
      known.set(element, (own[3] ?? 1) === 1 ? own : over(own, background(element.parentElement)));
    }
    return known.get(element);
  }
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, .unseen, option, [hidden]")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    seen += 1;
    const style = getComputedStyle(element);
    const colour = element.closest("svg") ? style.fill : style.color;
    const behind = background(element);
    const text = over(parsed(colour), behind);
    const [low, high] = [luminance(text), luminance(behind)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const text_ = walker.currentNode.data.trim().slice(0, 30);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${element.className} ${text_}`);
  }
  return { seen, faint: [...new Set(faint)] };
}"""


def too_faint(page: Page) -> list[str]:
    found = page.evaluate(TOO_FAINT)
    assert found["seen"] > 3
    faint: list[str] = found["faint"]
    return faint


@pytest.mark.parametrize("document", DOCUMENTS)
def test_text_can_be_read_in_every_state(visit_chromium: Open, document: str) -> None:
    page = visit_chromium(document).page
    address = page.url
    ids = set(page.locator("[id]").evaluate_all("all => all.map((each) => each.id)"))
    for state in STATES:
        if state.startswith("#") and state[1:] not in ids:
            continue  # the same page as without it
        page.goto(address + state)
        if state.startswith("#"):
            page.reload()  # where only what is behind the # is another, nothing is loaded
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert too_faint(page) == [], (document, width, state, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_links_can_be_read_under_the_pointer(visit_chromium: Open, width: int, scheme: str) -> None:
    page = visit_chromium(width=width, color_scheme=scheme).page
    for place in (
        ".system-table tbody a >> nth=0",
        ".section h3 >> nth=0",
        ".sheet header >> nth=0",
        ".sheet tr[id] >> nth=0",
    ):
        page.locator(place).hover()
        assert too_faint(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_that_were_found_can_be_read(visit_chromium: Open, scheme: str) -> None:
    page = visit_chromium("plan.html?text=会議", color_scheme=scheme).page
    page.wait_for_function("CSS.highlights.get('found')?.size > 0")
    page.evaluate(
        "() => { document.querySelector('main h2').style.cssText = 'color: var(--on-word); background: var(--word)' }"
    )
    assert too_faint(page) == []
