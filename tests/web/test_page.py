"""The web page as a file: whole, small, and closed against everything but itself."""

from __future__ import annotations

import base64
import hashlib
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.project.publication import Publication
from planbook.views.web_figures import web_figures
from planbook.views.web_filter import page_filter
from planbook.views.web_index import department_projects
from planbook.views.web_page import web_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planbook.plan.model import Plan


class Outline(HTMLParser):
    """Ids, links and levels of headings of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.sources: list[str] = []
        self.headers: list[str | None] = []
        self.tables = self.captions = 0
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(cast("str", values["id"]))
        if tag == "a":
            self.links.append(values["href"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.headers += [values.get("scope")] if tag == "th" else []
        self.captions += tag == "caption"
        self.tables += tag == "table"
        self.sources += [f"{tag} {name}" for name in values if name in {"src", "srcset", "style", "action"}]
        self.sources += [f"{tag} {name}" for name in values if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def html_of(plan: Plan, document: Publication) -> str:
    return render_web_page(plan, document, Templates())


@pytest.fixture(params=["real_plan", "hostile_plan"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return cast("Plan", request.getfixturevalue(request.param))


@pytest.mark.parametrize("document", list(Publication))
def test_links_resolve_ids_are_unique_and_headings_in_order(plan: Plan, document: Publication) -> None:
    outline = Outline(html_of(plan, document))
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert outline.levels[0] == outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.sources == []
    assert set(outline.headers) == {"row", "col"}
    assert outline.captions == outline.tables > 0


def test_everything_with_an_id_has_an_address(plan: Plan) -> None:
    ids = set(Outline(html_of(plan, Publication.PLAN)).ids)
    elements = [*plan.policies, *plan.sections("measure"), *plan.sections("project")]
    assert {element.id for element in elements} | set(plan.originals) <= ids


def test_relistings_and_originals_lead_to_each_other(real_plan: Plan) -> None:
    html = html_of(real_plan, Publication.PLAN)
    row = re.search(r'<tr id="service-information:guidebook".*?</tr>', html, re.DOTALL)
    original = re.search(r'<tr id="guidebook".*?</tr>', html, re.DOTALL)
    assert row
    assert 'href="#guidebook"' in row[0]
    assert original
    assert 'href="#service-information:guidebook"' in original[0]


@pytest.mark.parametrize("document", list(Publication))
def test_the_policy_admits_its_own_style_and_script_only(hostile_plan: Plan, document: Publication) -> None:
    html = html_of(hostile_plan, document)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src &#39;none&#39;; ")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;;" in policy
    assert html.count("<script") == 3  # one runs, the others are data
    # Where a tag bears a text of the plan it is the name of a link, and nothing that is asked for.
    within = re.findall(r"<[^>]*example\.org[^>]*>", html)
    assert "https://example.org/x.png" not in "".join(re.sub(r' aria-label="[^"]*"', "", tag) for tag in within)


def test_a_sheet_leads_to_where_it_is_in_the_pdf(built: Callable[..., Path], real_plan: Plan) -> None:
    """A viewer opens the page that has the place of this name, and says its number."""
    book = PdfReader(built("data/plan.yaml") / "plan.pdf").named_destinations
    led = [
        unquote(link) for link in re.findall(r'href="plan.pdf#nameddest=([^"]*)"', html_of(real_plan, Publication.PLAN))
    ]
    assert led == [section.id for section in real_plan.lowest_sections()]
    assert set(led) <= set(book)
    assert "nameddest" not in render_web_page(real_plan, Publication.PLAN, Templates(), pdf=False)


def test_the_page_says_for_which_years_the_plan_is(real_plan: Plan) -> None:
    assert "計画期間　平成30年度～平成32年度" in html_of(real_plan, Publication.PLAN)


def test_size_of_the_real_page(real_plan: Plan) -> None:
    assert len(html_of(real_plan, Publication.PLAN).encode()) < 300_000


def test_sheets_of_a_large_plan_are_laid_out_when_needed(real_plan: Plan) -> None:
    large = real_plan.model_copy(update={"policies": real_plan.policies * 8})
    assert web_page(large, large.book.parts, "plan.pdf").large
    assert not web_page(real_plan, real_plan.book.parts, "plan.pdf").large


def test_facts_of_the_filter(hostile_plan: Plan) -> None:
    found = page_filter(hostile_plan, sheets=True)
    assert found.departments == ("<総務課>", "企画's課", "\\u003c/script\\u003e課")
    rows = cast("dict[str, dict[str, object]]", found.facts["rows"])
    assert list(rows) == ["ガイドブック", "20:ガイドブック", "2024"]
    assert rows["20:ガイドブック"] == {
        "sheet": "20",
        "departments": [0],
        "marks": [],
        "columns": ["2024", "2026", "2027", "2028", "2029", "2030"],
        "states": {
            "figures": ["2024", "2026", "2027", "2028", "2029", "2030"],
            "none": ["2025"],
            "changed": ["2025", "2026"],
            "up": ["2026"],
        },
        "relisted": True,
    }
    assert found.facts["sheets"] == {"constructor": [1], "20": []}
    assert page_filter(hostile_plan, sheets=False).facts["sheets"] == {"constructor": [], "20": []}


def test_words_of_the_plan_are_put_together_with_those_that_are_known(real_plan: Plan) -> None:
    plan = real_plan.model_copy(update={"synonyms": (("高齢者", "お年寄り"), ("コドモ", "児童"), ("児童", "若者"))})
    same = cast("list[list[str]]", page_filter(plan, sheets=True).facts["same"])
    assert ["高齢者", "お年寄り"] in same
    (children,) = [words for words in same if "児童" in words]
    assert set(children) == {"子ども", "子供", "コドモ", "児童", "若者"}
    assert ["障がい", "障害", "障碍"] in same


def test_titles_that_go_on_from_that_of_the_plan_stand_alone(real_plan: Plan) -> None:
    table = real_plan.labels.table.model_copy(update={"title": "の施策体系"})
    plan = real_plan.model_copy(update={"labels": real_plan.labels.model_copy(update={"table": table})})
    assert web_page(plan, ["system-table"], "system-table.pdf").parts[0].title == "施策体系"


def test_the_index_has_a_project_without_actions(hostile_plan: Plan) -> None:
    by_name = {department.name: department.projects for department in department_projects(hostile_plan)}
    assert [(project.anchor, project.actions) for project in by_name["企画's課"]] == [("constructor", ())]
    assert [project.anchor for project in by_name["<総務課>"]] == ["constructor", "20"]
    assert "使われない課" not in by_name


def plan_with(*values: str) -> Plan:
    """A plan with one figure, which has one of the values in each year; "" is a year without it."""
    years = range(2024, 2024 + len(values))
    targets = "\n".join(
        f"                  {year}: {{figures: [{{value: {value}, unit: 人}}]}}"
        if value
        else f"                  {year}: 未定"
        for year, value in zip(years, values, strict=True)
    )
    checked = check(
        f"""
format: 1
title: 計画
municipality: 市
stage: 案
date: 2024-03
years: [{", ".join(map(str, years))}]
vision: [まち]
departments: [課]
policies:
  - id: a
    title: 方針
    measures:
      - id: b
        title: 施策
        projects:
          - id: c
            title: 事業
            goal: 目標
            actions:
              - id: d
                title: 取組
                departments: [課]
                targets:
{targets}
""".encode(),
        "plan.yaml",
    )
    assert checked.plan is not None, checked.diagnostics
    return checked.plan


@pytest.mark.parametrize(
    ("values", "heights"),
    [
        (("10", "20"), [(24, False), (48, True)]),
        (("20", "", "5"), [(48, False), (12, True)]),
        (("-10", "10"), [(24, False), (24, True)]),
        (("0", "1000000"), [(1, False), (48, True)]),
        (("9" * 400, "1"), [(48, False), (1, True)]),
    ],
)
def test_columns_of_a_chart(values: tuple[str, ...], heights: list[tuple[float, bool]]) -> None:
    figures = web_figures(plan_with(*values))
    assert figures is not None
    ((_, chart),) = figures.rows
    assert chart is not None
    assert [(column.height, column.strong) for column in chart.columns] == heights
    assert all(0 <= column.y <= chart.height - column.height for column in chart.columns)
    for column, value in zip(chart.columns, filter(None, values), strict=True):
        # Above the line of zero stands what is positive, below it what is negative.
        assert Decimal(value) == 0 or (column.y < chart.zero) == (Decimal(value) > 0)


def test_no_chart_where_nothing_changes() -> None:
    figures = web_figures(plan_with("5", "", "5"))
    assert figures is not None
    assert not figures.charts
    assert [chart for _, chart in figures.rows] == [None]
