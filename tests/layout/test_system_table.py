"""The system table on real pages: what was laid out is looked at, not what was asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.system_table import LaidOutPage, break_system_table
from planbook.pdf import LayoutError, Page
from planbook.views.system_table import SectionCell, SystemTable, TableCell, TableRow, system_table
from planbook.views.system_table_pages import whole_page
from tests.seeing import SeeingTypesetter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.sections import Level

LEVELS: tuple[Level, ...] = ("policy", "measure", "project")
HEADINGS = tuple(zip(("vision", *LEVELS, "action", "department"), "姿方策事取課", strict=True))
SENTENCE = "地域における福祉サービスの適切な利用の促進と、包括的な支援体制の整備。"


@cache
def tools() -> tuple[Templates, SeeingTypesetter]:
    templates = Templates()
    css = templates.read_all(["css/base.css", "css/system-table.css"])
    return templates, SeeingTypesetter(css, templates.folders)


def lay_out(table: SystemTable) -> list[LaidOutPage]:
    return [page() for page in break_system_table(table, *tools())]


def boxes_of(page: Page) -> Any:
    return tools()[1].boxes(page)


@cache
def real_plan() -> SystemTable:
    file = Path(__file__).parents[2] / "data" / "plan.yaml"
    plan = check(file.read_bytes(), file.name).plan
    assert plan
    return system_table(plan, links=False)


def table_of(rows: list[tuple[int, str, tuple[str, ...]]], vision: tuple[str, ...], labels: list[str]) -> SystemTable:
    """Rows of (level that is new with this row, 0 to 3; action; departments); labels in turn."""
    names = [0] * len(LEVELS)
    made: list[TableRow] = []
    for number, (level, action, departments) in enumerate(rows):
        for deeper in range(level if number else 0, len(LEVELS)):
            names[deeper] += 1
        beside = tuple(
            SectionCell(f"{column}{name}", TableCell(column, (labels[(name + place) % len(labels)],), "①"[: 2 - place]))
            for place, (column, name) in enumerate(zip(LEVELS, names, strict=True))
        )
        made.append(
            TableRow(f"table:{number}", beside, TableCell("action", (action,)), TableCell("department", departments))
        )
    return SystemTable("題", HEADINGS, vision, "（続き）", tuple(made), LEVELS)


# A policy of 60 rows, a row of several pages with departments of two, labels of several pages with one row each.
TALL = table_of(
    [(3, "訪問", ("課",))] * 60
    + [(1, SENTENCE * 130, tuple(f"{place}課" for place in range(60))), (0, "訪問", ("課",)), (3, "訪問", ("課",))],
    ("ふれあい、", "ともに生きるまち"),
    ["方針", "施策", "事業", SENTENCE * 80, "施策", SENTENCE * 50],
)

short_texts = st.text("あ、。ーッ（）Aa1 ", min_size=1, max_size=30).filter(str.strip)
texts = st.one_of(short_texts, st.integers(1, 6).map(lambda times: SENTENCE * times), st.just("h" * 200))
tall_texts = st.integers(20, 50).map(lambda times: SENTENCE * times)


@st.composite
def tables(draw: st.DrawFn) -> SystemTable:
    """Draw tables of up to some five pages: of many rows, or of long texts. TALL is both."""
    number = draw(st.sampled_from([1, 2, 5, 7, 10, 15, 30, 80]))
    if number > 15:
        words = draw(st.lists(short_texts, min_size=1, max_size=6))
        labels = draw(st.lists(short_texts, min_size=1, max_size=5))
    else:
        words = draw(st.lists(texts, min_size=1, max_size=6))
        labels = draw(st.lists(texts, min_size=1, max_size=5))
        if draw(st.booleans()):
            words.append(draw(tall_texts))
        if draw(st.booleans()):
            labels.append(draw(tall_texts))
    most = 60 if number <= 15 else 9
    rows = [
        (
            draw(st.sampled_from([0, 1, 2, 3, 3, 3])),
            draw(st.sampled_from(words[:1] * 9 + words)),
            tuple(f"{place}課" for place in range(draw(st.sampled_from([*[1] * 20, 2, 2, 5, most])))),
        )
        for _ in range(number)
    ]
    vision = draw(st.lists(st.sampled_from(["ふれあい、", "12の地域（仮称）", "ともに生きるまちへ" * 5]), min_size=1))
    return table_of(rows, tuple(vision[:4]), labels)


def boxes(box: Any, kind: str) -> Iterator[Any]:
    if type(box).__name__ == kind:
        yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from boxes(child, kind)


def text_in(box: Any) -> str:
    return re.sub(r"\s", "", "".join(text.text for text in boxes(box, "TextBox")))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def assert_nothing_leaves_its_cell(page: Page) -> None:
    content = boxes_of(page)
    bottom = content.content_box_y() + content.height
    for cell in boxes(content, "TableCellBox"):
        assert cell.position_y + cell.border_height() <= bottom + 0.5
        for line in boxes(cell, "TextBox"):
            assert line.position_y >= cell.position_y - 0.5
            assert line.position_y + line.height <= cell.position_y + cell.border_height() + 0.5
            assert line.position_x >= cell.position_x - 0.5
            assert line.position_x + line.width <= cell.position_x + cell.border_width() + 0.5


def assert_grid_is_complete(html: str) -> None:
    """Every row of the body has six columns filled, by its own cells or by those that span it from above."""
    body = html[html.index("<tbody>") :]
    rows = re.split("<tr", body)[1:]
    filled = [0] * (len(rows) + 1)
    for place, row in enumerate(rows):
        for attributes in re.findall(r"<t[hd]([^>]*)>", row):
            span = int(found[1]) if (found := re.search(r'rowspan="(\d+)"', attributes)) else 1
            assert place + span <= len(rows)
            for below in range(place, place + span):
                filled[below] += 1
    assert set(filled[:-1]) == {len(HEADINGS)}


def rows_by_id(pages: list[LaidOutPage]) -> dict[str, tuple[str, str]]:
    """Return what action and departments print in all pieces of each row, without （続き）."""
    found: dict[str, tuple[str, str]] = {}
    for page in pages:
        for row in boxes(boxes_of(page.page), "TableRowBox"):
            if anchor := row.element.get("id"):
                *_, action, department = (
                    "" if cell is None else text_in(cell).replace("（続き）", "") for cell in boxes(row, "TableCellBox")
                )
                before = found.get(anchor.partition(".")[0], ("", ""))
                found[anchor.partition(".")[0]] = (before[0] + action, before[1] + department)
    return found


def assert_whole(printed: str, whole: str) -> None:
    """All of a cell is there, and then only its last piece again, beside what its neighbour needed more room for."""
    assert printed.startswith(whole)
    more = printed.removeprefix(whole)
    assert not more or any(
        more == more[:length] * (len(more) // length) and whole.endswith(more[:length])
        for length in range(1, len(more) + 1)
    )


# Not shrunk: every try lays out a table.
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@example(TALL)
@given(tables())
def test_no_row_is_lost_doubled_cut_or_overflowing(table: SystemTable) -> None:
    pages = lay_out(table)
    anchors = [name for page in pages for name in page.page.anchors if name.startswith("table:")]
    assert len(anchors) == len(set(anchors))
    assert [name for name in anchors if "." not in name] == [row.id for row in table.rows]
    found = rows_by_id(pages)
    for row in table.rows:
        action, department = found[row.id]
        assert_whole(action, bare("".join(row.action.lines)))
        assert_whole(department, bare("".join(row.department.lines)))
    for page in pages:
        assert_nothing_leaves_its_cell(page.page)
        assert_grid_is_complete(page.html)


def test_the_real_plan_has_three_even_pages_that_begin_with_measures() -> None:
    pages = lay_out(real_plan())
    assert [re.findall(r'class="number">(\(\d\))', page.html) for page in pages] == [
        ["(1)", "(2)"],
        ["(2)", "(3)", "(4)"],
        ["(4)", "(5)"],
    ]
    rows = [page.html.count("<tr id=") for page in pages]
    assert sum(rows) == 55
    assert min(rows) > 0.7 * max(rows)
    assert ["続き" in page.html for page in pages] == [False, True, True]
    assert len({tuple(re.findall(r'<div class="column">([^<]*)', page.html)) for page in pages}) == 1


def test_only_the_first_page_has_the_heading() -> None:
    first, *others = [page.html for page in lay_out(real_plan())]
    assert '<h2 id="part:table">白井市第2次地域福祉計画事業の体系（案）</h2>' in first
    for html in others:
        assert "<p>白井市第2次地域福祉計画事業の体系（案）</p>" in html
        assert "<h2" not in html


def test_in_one_piece_the_vision_is_plain_text() -> None:
    html = tools()[0].render("pdf/system-table.html.j2", page=whole_page(real_plan()), first=True)
    assert_grid_is_complete(html)
    assert 'rowspan="55">ふれあい、 育みあい、 助けあい、 ともに生きるまち</th>' in html


def test_hostile_text_is_printed_as_typed() -> None:
    hostile = "<script>{{ 7*7 }}</script>{% raw %}&amp;\"'"
    table = table_of([(0, hostile, (hostile,))], (hostile,), [hostile])
    [page] = lay_out(table)
    assert text_in(boxes_of(page.page)).count(bare(hostile)) == 5


def test_a_short_page_is_stretched_evenly_to_the_vision() -> None:
    table = table_of([(3, "訪問", ("課",))] * 3, ("ふれあい、", "ともに生きるまちをみんなでつくる"), ["事業"])
    [page] = lay_out(table)
    rows = [extent for name, extent in page.page.anchors.items() if name.startswith("table:")]
    heights = [bottom - top for _, top, _, bottom in rows]
    assert max(heights) - min(heights) < 0.1
    assert heights[0] > 30


def test_a_vision_beyond_all_measure_is_refused_in_words() -> None:
    with pytest.raises(LayoutError, match="めざす姿が長すぎて"):
        lay_out(table_of([(0, "訪問", ("課",))], ("長いめざす姿" * 150,), ["事業"]))


def test_a_title_that_leaves_no_room_is_refused_in_words() -> None:
    table = table_of([(0, "訪問", ("課",))], ("まち",), ["事業"])
    long = SystemTable(SENTENCE * 60, table.headings, table.vision, table.continued, table.rows, table.levels)
    with pytest.raises(LayoutError, match="1ページに収まりません"):
        lay_out(long)
