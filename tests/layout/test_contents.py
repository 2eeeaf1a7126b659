"""The contents on real pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from weasyprint.formatting_structure.boxes import TextBox

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.contents import contents_breaks
from planbook.typography.kinsoku import without_joiners
from planbook.typography.phrases import width
from planbook.views.contents import Contents, ContentsEntry, contents, cuts, listed_parts, some_lines
from planbook.views.page_numbers import Reference
from tests.seeing import SeeingTypesetter


@pytest.fixture(scope="session")
def tools() -> tuple[Templates, SeeingTypesetter]:
    templates = Templates()
    return templates, SeeingTypesetter(templates.read_all(["css/base.css", "css/book.css"]), templates.folders)


def entry(title: str, *entries: ContentsEntry) -> ContentsEntry:
    return ContentsEntry("", title, Reference(None, "1"), entries)


def contents_of(*policies: int) -> Contents:
    """Return the contents of a book; its policies have so many measures."""
    listed = (
        entry(f"方針{at}", *(entry(f"施策{at}の{number}") for number in range(measures)))
        for at, measures in enumerate(policies)
    )
    parts = (entry("体系"), entry("取組", *listed), entry("数値"), entry("索引"))
    return Contents("part:contents", "目次", "ページ", parts)


def pages_of(view: Contents, tools: tuple[Templates, SeeingTypesetter]) -> list[list[str]]:
    """Return the titles on each page."""
    templates, typesetter = tools
    starts = [0, *contents_breaks(view, templates, typesetter).starts, len(cuts(view))]
    views = [some_lines(view, *span) for span in pairwise(starts)]
    laid_out = [typesetter.lay_out(templates.render("pdf/contents.html.j2", view=each)) for each in views]
    assert {len(pages) for pages in laid_out} == {1}
    pages = [page for (page,) in laid_out]
    boxes = [tools[1].boxes(page).descendants() for page in pages]
    found = [{box.element: None for box in page if box.element is not None} for page in boxes]
    return [
        [without_joiners("".join(element.itertext())) for element in page if element.get("class") == "title"]
        for page in found
    ]


def test_pages_begin_with_policies_and_are_even(tools: tuple[Templates, SeeingTypesetter]) -> None:
    first, second = pages_of(contents_of(*[7] * 6), tools)
    assert (first[0], second[0]) == ("体系", "方針3")


def test_the_last_parts_are_not_alone_on_a_page(tools: tuple[Templates, SeeingTypesetter]) -> None:
    for measures in range(30, 50):
        *_, last = pages_of(contents_of(measures), tools)
        assert len(last) > 3


def test_what_fits_on_a_page_stays_as_it_is(tools: tuple[Templates, SeeingTypesetter]) -> None:
    assert len(pages_of(contents_of(3, 3), tools)) == 1


def test_no_heading_is_alone_at_the_foot_of_a_page_and_no_line_at_its_head() -> None:
    assert cuts(contents_of(3, 1)) == [0, 0, 3, 3, 1, 3, 0, 3, 3, 3]


def test_the_lines_of_a_page_stand_below_those_that_go_on() -> None:
    policies = some_lines(contents_of(2, 2), 4, 7).entries[0]
    assert policies.goes_on
    assert [(policy.title, policy.goes_on, len(policy.entries)) for policy in policies.entries] == [
        ("方針0", True, 1),
        ("方針1", False, 1),
    ]


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_no_line_is_lost(tools: tuple[Templates, SeeingTypesetter], policies: list[int]) -> None:
    titles = [title for page in pages_of(contents_of(*policies), tools) for title in page]
    expected = [f"施策{at}の{number}" for at, measures in enumerate(policies) for number in range(measures)]
    assert [title for title in titles if title.startswith("施策")] == expected


NUMBERED = """\
format: 1
title: 見本市計画
municipality: 見本市
date: 2024-03
years: 2024-2026
vision: [まち]
numbers: {pillar: 柱Ⅰ, policy: 基本目標1, measure: 1-1, project: 1-1-1}
pillars:
  - id: pillar
    title: ひと
    policies:
      - id: policy
        title: こども
        measures:
          - id: measure
            title: 保育
            projects:
              - id: project
                title: 保育所
                actions: [{id: action, title: 整備}]
"""


def test_numbers_of_any_width_stand_apart_from_their_titles(
    tools: tuple[Templates, SeeingTypesetter],
) -> None:
    plan = check(NUMBERED.encode(), "plan.yaml").plan
    assert plan
    view = contents(plan, tuple(listed_parts(plan, ["sheets"]).values()), {})
    templates, typesetter = tools
    (page,) = typesetter.lay_out(templates.render("pdf/contents.html.j2", view=view))
    found = [box for box in typesetter.boxes(page).descendants() if isinstance(box, TextBox)]
    boxes = {box.text.strip(): box for box in found}
    for number, title in (("基本目標1", "こども"), ("1-1-1", "保育所")):  # in the line of the title, before it
        assert boxes[number].position_x + boxes[number].width <= boxes[title].position_x
    # Others have a column of their own, at the left edge of their level.
    edge = boxes["取組について"].position_x
    assert boxes["ひと"].position_x >= edge + width("柱Ⅰ") * boxes["ひと"].style["font_size"]
    assert boxes["保育"].position_x > boxes["基本目標1"].position_x + width("1-1") * boxes["保育"].style["font_size"]
    assert boxes["1-1-1"].position_x >= boxes["保育"].position_x
