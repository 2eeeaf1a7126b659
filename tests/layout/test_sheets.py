from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bench.hostile import sized
from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.sheet_groups import grouped
from planbook.layout.sheets import STYLESHEETS, SheetPage, lay_out_sample, lay_out_sheets
from planbook.pdf import Typesetter
from planbook.plan.model import Plan
from planbook.views.figures import target_text
from planbook.views.page_widths import A4
from planbook.views.sample_sheet import sample_sheet
from planbook.views.sheets import ANCHOR, sheets
from tests.seeing import SeeingTypesetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.pdf import Page


@pytest.fixture(scope="session")
def templates() -> Templates:
    return Templates()


@pytest.fixture(scope="session")
def typesetter(templates: Templates) -> SeeingTypesetter:
    return SeeingTypesetter(templates.read_all(["css/base.css", *STYLESHEETS]), templates.folders)


def lay_out_all(plan: Plan, templates: Templates, typesetter: SeeingTypesetter) -> list[SheetPage]:
    return [page for view in sheets(plan) for page in lay_out_sheets((view,), templates, typesetter)]


def extract(pages: list[SheetPage], typesetter: SeeingTypesetter) -> str:
    """Return the text of the pages in the order in which it is written, without white space."""
    written = typesetter.write([page.page for page in pages], title="計画", author="市")
    return squeeze("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages))


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def overflowing(page: Page, typesetter: SeeingTypesetter) -> list[str]:
    """Return the texts that end outside the margins of a page."""
    area, box = page.content_area, typesetter.boxes(page)
    right = box.content_box_x() + box.width
    texts = [text for text in box.descendants() if hasattr(text, "text")]
    return [
        text.text
        for text in texts
        if text.position_y + text.height > area.top + area.height + 1 or text.position_x + text.width > right + 1
    ]


def assert_in_order(text: str, parts: list[str]) -> None:
    at = 0
    for part in map(squeeze, parts):
        found = text.find(part, at)
        assert found >= 0, part
        at = found + len(part)


def printed(plan: Plan) -> list[str]:
    """Return all that planners typed, in the order of the sheets."""
    parts = []
    for policy in plan.policies:
        for measure in policy.measures:
            parts += [policy.title, measure.title]
            for project in measure.projects:
                parts += [project.title, *plan.departments_of(project), project.goal, *project.approaches]
                for entry in project.actions:
                    action = plan.original(entry)
                    parts += [action.title, *(target_text(action.target(year)) for year in plan.years)]
    return parts


def test_every_measure_of_the_real_plan_has_its_page(
    real_plan: Plan, templates: Templates, typesetter: SeeingTypesetter
) -> None:
    pages = lay_out_all(real_plan, templates, typesetter)
    assert len(pages) == 15
    assert not any(page.continued for page in pages)
    assert tuple(map(str, pages[1].part.headings)) == (
        "(1) 地域における福祉サービスの適切な利用の促進",
        "② わかりやすい福祉情報の提供・共有",
    )
    assert_in_order(extract(pages, typesetter), printed(real_plan))


def test_sample_sheet_has_marks_and_notes(real_plan: Plan, templates: Templates, typesetter: SeeingTypesetter) -> None:
    sample = sample_sheet(real_plan)
    assert sample is not None
    pages = lay_out_sample(sample, templates, typesetter)
    assert len(pages) == 1
    pages += lay_out_all(real_plan, templates, typesetter)
    parts = ["【記載例】", "事業※1", "担当課※2", "取り組み目標※3", "主な取り組み※4", "取組項目※4"]
    notes = ["※1", "事業：施策の方向を目指した事業", "※4", "主な取り組み、取組項目：健康・福祉の個別計画や"]
    assert_in_order(extract(pages, typesetter), [*parts, *notes])


def test_text_is_printed_as_typed(templates: Templates, typesetter: SeeingTypesetter) -> None:
    hostile = "<script>alert(1)</script>{{ 1 }}{% x %}&amp;'\"https://example.jp/"
    plan = plan_of([[(hostile, hostile, [hostile], [[hostile]])]], years=10)
    pages = lay_out_all(plan, templates, typesetter)
    assert_in_order(extract(pages, typesetter), printed(plan))
    assert not any(overflowing(page.page, typesetter) for page in pages)


def plan_of(
    measures: list[list[tuple[str, str, list[str], list[list[str]]]]],
    years: int,
    departments: Sequence[str] = ("福祉課",),
) -> Plan:
    """Return a plan with one policy. Projects are (title, goal, approaches, the targets of each action).

    All `departments` answer for every action.
    """
    span = list(range(2024, 2024 + years))
    return Plan.model_validate(
        {
            "format": "1",
            "title": "計画",
            "municipality": "架空市",
            "date": "2024-03",
            "years": [str(year) for year in span],
            "vision": ["姿"],
            "departments": [{"name": name} for name in departments],
            "policies": [
                {
                    "id": "policy",
                    "title": "基本方針の名称",
                    "measures": [
                        {
                            "id": f"m{m}",
                            "title": f"施策{m}",
                            "projects": [
                                {
                                    "id": f"m{m}p{p}",
                                    "title": title,
                                    "goal": goal,
                                    "approaches": approaches,
                                    "actions": [
                                        {
                                            "id": f"m{m}p{p}a{a}",
                                            "title": f"取組{a}",
                                            "departments": departments,
                                            "targets": {
                                                str(year): {"text": targets[at % len(targets)]}
                                                for at, year in enumerate(span)
                                            },
                                        }
                                        for a, targets in enumerate(actions)
                                    ],
                                }
                                for p, (title, goal, approaches, actions) in enumerate(projects)
                            ],
                        }
                        for m, projects in enumerate(measures)
                    ],
                }
            ],
        }
    )


SENTENCE = "地域福祉活動の充実と市民参加による支え合いの仕組みづくりを推進し、関係機関との連携を強化する。"


def texts(most: int) -> st.SearchStrategy[str]:
    return st.integers(4, most).map(lambda length: (SENTENCE * (length // len(SENTENCE) + 1))[:length])


PROJECTS = st.tuples(
    texts(80),
    texts(200),
    st.lists(texts(150), max_size=3),
    st.lists(st.lists(texts(120), min_size=1, max_size=3), min_size=1, max_size=6),
)


# A failing example is not made smaller: each try lays out whole pages.
@settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(PROJECTS, min_size=1, max_size=2), min_size=1, max_size=1), st.integers(1, 10))
def test_any_plan_is_all_there_and_nothing_overflows(
    templates: Templates, typesetter: SeeingTypesetter, measures: list[Any], years: int
) -> None:
    plan = plan_of(measures, years)
    pages = lay_out_all(plan, templates, typesetter)
    anchors = [anchor for page in pages for anchor in page.page.anchors]
    rows = [action.id for _, action in plan.originals.values()]
    assert sorted(anchors) == sorted(
        [ANCHOR, "policy", "m0", *(project.id for project in plan.sections("project")), *rows]
    )
    for page in pages:
        assert not overflowing(page.page, typesetter)
    assert [page.continued for page in pages] == [at > 0 for at in range(len(pages))]


@pytest.mark.parametrize("years", [1, 10])
def test_text_longer_than_a_page_goes_on(years: int, templates: Templates, typesetter: SeeingTypesetter) -> None:
    target = SENTENCE * (20 if years < 10 else 5)  # more lines than a page has, in columns as narrow as these
    plan = plan_of([[("長い事業", SENTENCE * 60, [SENTENCE * 50], [[target], ["検討\n" * 70], ["短い"]])]], years)
    pages = lay_out_all(plan, templates, typesetter)
    assert not any(overflowing(page.page, typesetter) for page in pages)
    text = extract(pages, typesetter)
    assert text.count("長い事業（続き）") == len(pages) - 1
    assert "取組1（続き）（福祉課）" in text
    assert text.count("検討") == 70 * years
    assert sum("m0p0" in page.page.anchors for page in pages) == 1


def test_departments_of_a_whole_city_hall_are_all_there_and_names_stay_whole(
    templates: Templates, typesetter: SeeingTypesetter
) -> None:
    departments = [f"健康福祉部第{at}地域包括ケア推進課" for at in range(40)]
    plan = plan_of([[("事業", "目標", [], [["検討"]] * 2)]], 5, departments)
    pages = lay_out_all(plan, templates, typesetter)
    assert not any(overflowing(page.page, typesetter) for page in pages)
    text = extract(pages, typesetter)
    assert all(text.count(name) == 3 for name in departments)
    assert all(sum(action in page.page.anchors for page in pages) == 1 for action in ("m0p0a0", "m0p0a1"))
    # What goes on begins below the fields. Names break between their parts only, which takes two lines for most.
    assert "m0p0a0" in pages[0].page.anchors
    assert len(pages) == 6


def test_many_rows_in_pieces_are_the_same_pages(
    templates: Templates, typesetter: SeeingTypesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = check(sized("actions", 6_000).encode(), "plan.yaml").plan
    assert many is not None
    # Type grows only where all is laid out at once.
    monkeypatch.setattr("planbook.layout.sheets._MAX_GROWN", {})
    monkeypatch.setattr("planbook.layout.sheets._GROWN", 0)
    pages = lay_out_all(many, templates, typesetter)
    at_once = extract(pages, typesetter)
    assert len(pages) > 1
    monkeypatch.setattr("planbook.layout.sheets._MAX_AT_ONCE", 5)
    monkeypatch.setattr("planbook.layout.sheet_heights._MEASURED_TOGETHER", 4)
    monkeypatch.setattr("planbook.layout.sheets._PAGES_TOGETHER", 1)
    in_pieces = lay_out_all(many, templates, typesetter)
    assert len(in_pieces) == len(pages)
    assert extract(in_pieces, typesetter) == at_once


def test_expected_breaks_save_a_layout_and_change_no_page(
    real_plan: Plan, templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = grouped(sheets(real_plan), real_plan.book, A4)[0]

    def laid_out() -> tuple[list[Any], int]:
        asked: list[str] = []
        counting = Typesetter(templates.read_all(["css/base.css", *STYLESHEETS]), templates.folders)
        lay_out = counting.lay_out

        def counted(html: str, elements: Sequence[str] = ()) -> list[Page]:
            asked.append(html)
            return lay_out(html, elements)

        monkeypatch.setattr(counting, "lay_out", counted)
        pages = lay_out_sheets(policy.parts, templates, counting, policy.style)
        return [(page.page.content, page.page.structure, page.page.anchors) for page in pages], len(asked)

    pages, asked = laid_out()
    monkeypatch.setattr("planbook.layout.sheets._SheetLayout.flow_as", lambda *_: None)
    assert laid_out() == (pages, asked + 1)
