"""What a reader takes away as CSV: the files of `planbook export --format csv`, whole or as the filter leaves them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from planbook.exchange.open_data_files import files
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.project.publication import Publication
from planbook.views.selection import Selection

from .test_browser import ROWS, choose  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from planbook.plan.model import Plan

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]

# What is handed to the browser to be saved; Firefox tells nobody of downloads.
CATCH = """() => {
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.saved = blob; return create.call(URL, blob) };
  HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };
}"""
SAVED = "async () => [window.savedAs, [...new Uint8Array(await window.saved.arrayBuffer())]]"


def prepare(page: Page) -> None:
    page.evaluate(CATCH)
    page.get_by_text("印刷・データ（CSV）").click()


def save(page: Page, name: str) -> tuple[str, bytes]:
    """Press the button of a file; return its name and content."""
    page.evaluate("delete window.saved")
    page.locator(f"[data-file={name}]").click()
    saved_as, content = page.evaluate(SAVED)
    return saved_as, bytes(content)


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("prefix", "document"), [("", "plan"), ("", "system-table"), ("hostile-", "plan"), ("aomine-", "plan")]
)
def test_the_plan_is_saved_as_it_is_exported(visit: Open, plans: dict[str, Plan], prefix: str, document: str) -> None:
    page = visit(f"{prefix}{document}.html").page
    prepare(page)
    exported = {name: content for name, content in files(plans[prefix]).items() if name.endswith(".csv")}
    offered = page.locator("[data-file]").evaluate_all("all => all.map((each) => `${each.dataset.file}.csv`)")
    assert offered == list(exported)
    for name, content in exported.items():
        assert save(page, name.removesuffix(".csv")) == (name, content)


def test_a_formula_stays_text(visit: Open) -> None:
    page = visit("hostile-plan.html").page
    prepare(page)
    texts = {line["text"] for line in lines_of(save(page, "targets")[1])}
    assert "'=HYPERLINK(1)" in texts


def test_what_is_found_is_saved(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    page = visited.page
    prepare(page)
    choose(page, department="高齢者福祉課", year="2020")
    exported = {name: lines_of(content) for name, content in files(real_plan).items() if name.endswith(".csv")}
    shown = visited.shown(ROWS)
    name, content = save(page, "actions")
    assert name == "actions-selection.csv"
    found = lines_of(content)
    assert [line["id"] or f"{line['project_id']}:{line['relists']}" for line in found] == shown
    assert all(line in exported["actions.csv"] for line in found)
    ids = {anchor.rpartition(":")[2] for anchor in shown}
    for name in ("targets", "figures"):
        expected = [line for line in exported[f"{name}.csv"] if line["action_id"] in ids and line["column"] == "2020"]
        assert lines_of(save(page, name)[1]) == expected != []


def test_a_table_without_rows_is_said_and_not_saved(visit: Open) -> None:
    page = visit("plan.html?text=情報提供の手法の検討").page
    prepare(page)
    page.locator("[data-file=figures]").click()
    assert page.locator(".copied").inner_text() == "この表示に当てはまる数値目標はありません。"
    assert page.evaluate("window.saved === undefined")


def test_the_browser_saves_it(visit_chromium: Open, real_plan: Plan, tmp_path: Path) -> None:
    page = visit_chromium().page
    page.get_by_text("印刷・データ（CSV）").click()
    with page.expect_download() as download:
        page.locator("[data-file=targets]").click()
    download.value.save_as(tmp_path / "file")
    assert download.value.suggested_filename == "targets.csv"
    assert (tmp_path / "file").read_bytes() == files(real_plan)["targets.csv"]


def test_the_page_of_a_department_has_its_data_alone(real_plan: Plan) -> None:
    whole, part = (
        render_web_page(real_plan, Publication.PLAN, Templates(), selection)
        for selection in (Selection(), Selection(department="保育課"))
    )
    assert "ガイドブックの発行" in whole
    assert "ガイドブックの発行" not in part
    assert "学童" in part
