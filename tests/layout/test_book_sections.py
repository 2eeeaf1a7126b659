"""The sections of the book's parts as pages: markup, headings, breaks and hostile text."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from planbook.html.templates import Templates
from planbook.layout.department_index import lay_out_index
from planbook.layout.page_widths import page_widths
from planbook.layout.parts import BookJob, Parts
from planbook.pdf import Typesetter
from planbook.plan.model import Plan
from planbook.project.publication import Publication
from planbook.views.contents import Part, contents
from planbook.views.cover import cover
from planbook.views.department_index import department_index
from planbook.views.figures_table import figures_table
from planbook.views.selection import WHOLE
from tests.seeing import SeeingTypesetter

PARTS = (Part("part:sheets", "取組について", sections=True), Part("part:figures", "数値目標一覧"))
HOSTILE = "<script>alert('&amp;')</script> {{ 7 * 7 }} {% raw %}"


def plan(projects: int = 1, title: str = "取組", departments: int = 3) -> Plan:
    """Make a plan of three policies with that many projects each, and figures in all of its actions."""
    names = [f"{title}{number}課" for number in range(departments)]

    def action(number: int) -> dict[str, Any]:
        targets = {str(year): {"figures": [{"value": str(number + year), "unit": "回"}]} for year in (2024, 2025)}
        return {
            "id": f"a{number}",
            "title": f"{title}{number}",
            "departments": [names[number % departments]],
            "targets": targets,
        }

    def policy(number: int) -> dict[str, Any]:
        made = [
            {"id": f"p{n}", "title": f"{title}事業{n}", "goal": title, "actions": [action(n)]}
            for n in range(number * projects, (number + 1) * projects)
        ]
        measures = [{"id": f"m{project['id']}", "title": f"{title}施策", "projects": [project]} for project in made]
        return {"id": f"o{number}", "title": f"{title}方針", "measures": measures}

    return Plan.model_validate(
        {
            "format": "1",
            "title": f"{title}計画",
            "municipality": title,
            "date": "2024-03",
            "years": ["2024", "2025"],
            "vision": [title],
            "departments": [{"name": name} for name in names],
            "policies": [policy(number) for number in range(3)],
        }
    )


def sections(plan: Plan) -> dict[str, str]:
    """Render all four parts; every anchor is on page 7."""
    projects = list(plan.sections("project"))
    anchors = [
        *(part.anchor for part in PARTS),
        *(policy.id for policy in plan.policies),
        *(measure.id for measure in plan.sections("measure")),
        *(project.id for project in projects),
        *plan.originals,
    ]
    pages = dict.fromkeys(anchors, "7")
    views = {
        "cover": cover(plan),
        "contents": contents(plan, PARTS, pages),
        "figures-table": figures_table(plan, pages),
        "department-index": department_index(plan, pages),
    }
    templates = Templates()
    return {name: templates.render(f"pdf/{name}.html.j2", view=view) for name, view in views.items()}


def texts(html: str) -> list[list[str]]:
    """Lay out a section and return the lines of each of its pages."""
    templates = Templates()
    typesetter = Typesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    # The anchors that it links to are in other sections.
    pages = typesetter.lay_out(re.sub(r'href="[^"]*"', "", html))
    pdf = pypdf.PdfReader(io.BytesIO(typesetter.write(pages, title="計画", author="市")))
    return [[line for line in page.extract_text().splitlines() if line.strip()] for page in pdf.pages]


@pytest.mark.parametrize(("projects", "needed", "pages"), [(12, 2, 1), (16, 2, 2)])
def test_a_few_rows_of_the_index_get_no_page_of_their_own(projects: int, needed: int, pages: int) -> None:
    made = plan(projects=projects)
    index = department_index(made, None)
    templates = Templates()
    typesetter = Typesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    assert len(typesetter.lay_out(templates.render("pdf/department-index.html.j2", view=index))) == needed
    laid_out = lay_out_index(index, "続き", templates, typesetter)
    assert len(laid_out) == pages
    assert [page.head for page in laid_out] == ["", index.title][:pages]


@pytest.mark.parametrize("departments", [12, 20])
def test_pages_of_the_index_are_as_full_as_each_other(departments: int) -> None:
    index = department_index(plan(projects=18, departments=departments), None)
    templates = Templates()
    typesetter = Typesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    pages = [book_page.page for book_page in lay_out_index(index, "続き", templates, typesetter)]
    assert len(pages) > 1
    bottoms = [max(extent.top + extent.height for _, extent in page.extents) for page in pages]
    assert max(bottoms) - min(bottoms) < 0.2 * pages[0].height
    # They begin with a department: none goes on.
    assert all(place.target for page in pages for place in page.awaited)


@pytest.mark.parametrize("style", ["", ":root { --book-page: 182mm 257mm; --list-size: 10pt }"])
def test_heads_of_columns_have_room_on_any_paper(style: str) -> None:
    templates = Templates()
    typesetter = SeeingTypesetter(templates.read_all(["css/base.css", "css/book.css"]) + style, templates.folders)
    view = figures_table(plan(), {}, room=page_widths(templates, typesetter))
    (page,) = typesetter.lay_out(re.sub(r'href="[^"]*"', "", templates.render("pdf/figures-table.html.j2", view=view)))
    heads = [box for box in typesetter.boxes(page).descendants() if box.element_tag == "th" and hasattr(box, "colspan")]
    assert len(heads) > 4
    for head in heads:
        texts = [box for box in head.descendants() if hasattr(box, "text") and box.text.strip()]
        assert max(box.position_x + box.width for box in texts) <= head.position_x + head.border_width() + 0.1


def test_further_pages_of_figures_have_their_title_in_the_running_head() -> None:
    made = plan(projects=20)
    templates = Templates()
    typesetter = Typesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    job = BookJob(made, Publication.PLAN, ("sheets", "figures"), WHOLE, lambda *_: None)
    first, *others = Parts(templates, typesetter).referring("figures", job, {})
    assert first.head == ""
    assert {each.head for each in others} == {"数値目標一覧"}


@pytest.mark.parametrize("name", ["contents", "figures-table", "department-index"])
def test_many_pages_end_with_an_entry_and_not_with_a_heading(name: str) -> None:
    pages = texts(sections(plan(projects=40))[name])
    assert len(pages) >= 3
    assert all(lines[-1].split()[-1] == "7" for lines in pages)


@pytest.mark.parametrize("departments", [7, 19, 40])
def test_no_department_is_alone_at_the_foot_of_a_page(departments: int) -> None:
    pages = texts(sections(plan(projects=30, departments=departments))["department-index"])
    assert all(lines[-1].split()[-1] == "7" for lines in pages)


@pytest.mark.parametrize("name", ["figures-table", "department-index"])
def test_tables_have_captions_and_their_headers_a_scope(name: str) -> None:
    html = sections(plan())[name]
    assert html.count("<caption>") == html.count("<table") > 0
    assert not re.findall(r"<th(?! scope=)", html.replace("<thead", ""))


def test_a_line_of_the_contents_is_one_link() -> None:
    templates = Templates()
    typesetter = Typesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    (page,) = typesetter.lay_out(sections(plan())["contents"])
    # Boxes inside a link would be links of their own, which are outside of a Link in the tags (PDF/UA-1).
    assert len(page.links) == len(PARTS) + 3 * 3


def test_headings_are_below_the_title_of_the_book() -> None:
    found = {name: re.findall(r"<h(\d)", html) for name, html in sections(plan()).items()}
    assert found == {"cover": ["1"], "contents": ["2"], "figures-table": ["2"], "department-index": ["2", *"333"]}


@pytest.mark.parametrize("name", ["cover", "contents", "figures-table", "department-index"])
def test_hostile_text_is_printed_as_typed(name: str) -> None:
    pages = texts(sections(plan(title=HOSTILE))[name])
    assert re.sub(r"\s", "", HOSTILE) in "".join("".join(page) for page in pages).replace(" ", "")


@pytest.mark.parametrize("name", ["cover", "contents", "figures-table", "department-index"])
def test_words_too_long_for_their_column_break(name: str) -> None:
    html = sections(plan(title="Llanfairpwllgwyngyll" * 6))[name]
    templates = Templates()
    typesetter = SeeingTypesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)
    for page in typesetter.lay_out(re.sub(r'href="[^"]*"', "", html)):
        boxes = [box for box in typesetter.boxes(page).descendants() if hasattr(box, "text") and box.text.strip()]
        assert max(box.position_x + box.width for box in boxes) <= page.width
