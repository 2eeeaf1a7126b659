"""What several tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from planbook.check.check import check
from planbook.project.bundled_files import bundled_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from planbook.plan.model import Plan

# The same examples in every run: a red run can be repeated.
settings.register_profile("planbook", derandomize=True)
settings.load_profile("planbook")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_plan() -> Plan:
    """The plan of data/plan.yaml."""
    path = ROOT / "data/plan.yaml"
    plan = check(path.read_bytes(), str(path)).plan
    assert plan is not None
    return plan


# Not for the whole session: Playwright keeps an event loop running, which other tests could not bear.
@pytest.fixture(scope="module")
def launch() -> Iterator[Callable[..., Browser]]:
    """Start Debian's Chromium, with the bundled fonts and no others."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few tests need a browser

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            f"No browser: the web page is tested in one of {', '.join(BROWSERS)} (Debian: apt install chromium)."
        )
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    environment["FONTCONFIG_FILE"] = str(bundled_fonts() / "fonts.conf")
    with sync_playwright() as playwright:
        browsers = []

        def start(*arguments: str) -> Browser:
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu", *arguments], env=environment
            )
            browsers.append(browser)
            return browser

        yield start
        for browser in browsers:
            browser.close()


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()
