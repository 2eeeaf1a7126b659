"""What several tests share."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from planbook.check.check import check
from planbook.project.paths import bundled_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Playwright

    from planbook.plan.model import Plan

# The same examples in every run: a red run can be repeated.
# How long a machine takes to make an example says nothing of planbook.
settings.register_profile("planbook", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("planbook")

# Commands that run in the background of a shell ignore Ctrl-C, and hand that on to what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
FIREFOX = ("firefox-esr", "firefox")

ROOT = Path(__file__).parents[1]

LONGEST = ("web", "html", "layout", "preview", "pdf", "bench", "installed", "output", "cli", "exchange", "source")
"""Folders whose files take longest: begun first, so that no worker is left with one of them at the end."""

SLOW = frozenset({"playwright", "any_browser", "running", "workspace", "fresh_clone"})
"""Fixtures that start a browser or a server or copy the project: a test that uses one of them is slow."""


@pytest.hookimpl(tryfirst=True)  # before pytest picks the tests that `-m` asks for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests by their folders, and mark those as slow that use a slow fixture."""
    folders = {name: place for place, name in enumerate(LONGEST)}
    tests = ROOT / "tests"
    items.sort(key=lambda item: folders.get(item.path.relative_to(tests).parts[0], len(LONGEST)))
    for item in items:
        if not SLOW.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def real_plan() -> Plan:
    """The plan of data/plan.yaml."""
    path = ROOT / "data/plan.yaml"
    plan = check(path.read_bytes(), str(path)).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder once in a run of the tests, whichever of the workers asks first; the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, made = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of one who failed
                folder.mkdir()
                fill(folder)
                made.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def built(once: Callable[[str, Callable[[Path], object]], Path]) -> Callable[..., Path]:
    """Build a plan of the project by its command, once in a run of the tests."""
    # All that a build must not depend on is chosen here; who compares chooses something else.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}

    def build(plan: str, *options: str) -> Path:
        """Return the folder of what `planbook build` makes of a plan, named from the top of the project."""

        def fill(folder: Path) -> None:
            command = [sys.executable, "-m", "planbook", "build", ROOT / plan, "-o", folder, *options]
            subprocess.run(command, check=True, capture_output=True, env=environment)

        return once(f"built-{hashlib.sha256(repr((plan, options)).encode()).hexdigest()[:16]}", fill)

    return build


# Not for the whole session: Playwright keeps an event loop running, which other tests could not bear.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, for the tests of one module."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few tests need a browser

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def launch(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Start Debian's Chromium, with the bundled fonts and no others."""

    def start(*arguments: str) -> Browser:
        return playwright.chromium.launch(
            executable_path=_installed(CHROMIUM, "chromium"),
            args=["--no-sandbox", "--disable-gpu", *arguments],
            env=_environment(),
        )

    yield from _closing_afterwards(start)


@pytest.fixture(scope="module")
def launch_firefox(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Start Debian's Firefox with some settings. Playwright's own build is not needed: it speaks WebDriver BiDi."""

    def start(**settings: str | float | bool) -> Browser:
        return playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=_installed(FIREFOX, "firefox-esr"),
            firefox_user_prefs=settings,
            env=_environment(),
        )

    yield from _closing_afterwards(start)


def _closing_afterwards(start: Callable[..., Browser]) -> Iterator[Callable[..., Browser]]:
    """Hand out what starts browsers; close those that it has started."""
    started = []

    def start_and_keep(*arguments: Any, **settings: Any) -> Browser:
        started.append(start(*arguments, **settings))
        return started[-1]

    yield start_and_keep
    for browser in started:
        browser.close()


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    """Chromium: for what a test has to ask of it that no other browser can tell."""
    return launch()


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def any_browser(request: pytest.FixtureRequest) -> Browser:
    """Each of the browsers in which the page has to be right."""
    if request.param == "chromium":
        return request.getfixturevalue("browser")  # type: ignore[no-any-return]
    return request.getfixturevalue("launch_firefox")()  # type: ignore[no-any-return]


def _installed(names: tuple[str, ...], package: str) -> str:
    if path := next(filter(None, map(shutil.which, names)), None):
        return path
    pytest.fail(f"No browser: the web page is tested in one of {', '.join(names)} (Debian: apt install {package}).")


def _environment() -> dict[str, str | float | bool]:
    kept: dict[str, str | float | bool] = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ
    }
    return {**kept, "FONTCONFIG_FILE": str(bundled_fonts() / "fonts.conf")}
