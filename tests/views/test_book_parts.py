"""Cover, contents, list of figures and index: the real plan as a text to review, and what holds for any plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.plan.model import Action, Plan, Relisting
from planbook.views.contents import Contents, ContentsEntry, Part, contents
from planbook.views.cover import Cover, cover
from planbook.views.department_index import DepartmentIndex, IndexRow, department_index
from planbook.views.figures_table import FigureCell, FigureRow, FiguresTable, figures_table
from planbook.views.selection import Selection
from tests.golden_files import golden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GOLDEN = Path(__file__).parent / "golden/book-parts.txt"
YEARS = (2024, 2025, 2026)
DEPARTMENTS = ("福祉課", "健康課", "協議会")
PARTS = (
    Part("part:table", "事業の体系"),
    Part("part:sheets", "取組について", sections=True),
    Part("part:figures", "数値目標一覧"),
    Part("part:departments", "担当課別索引"),
)
MARKS = {"": "", "up": "↑", "down": "↓"}


def pages_of(plan: Plan) -> dict[str, str]:
    """Map every anchor of a book to a page: each project on one of its own, from page 4."""
    found = {"part:table": "1", "part:sheets": "4"}
    page = 3
    for policy in plan.policies:
        found[policy.id] = str(page + 1)
        for measure in policy.measures:
            found[measure.id] = str(page + 1)
            for project in measure.projects:
                page += 1
                anchors = (f"{project.id}:{e.relist}" if isinstance(e, Relisting) else e.id for e in project.actions)
                found |= dict.fromkeys([project.id, *anchors], str(page))
    return found | {"part:figures": str(page + 1), "part:departments": str(page + 2)}


# -- The real plan, as a person may compare it ------------------------------------------------------------------------


def cover_text(view: Cover) -> Iterator[str]:
    yield from ("／".join(view.vision), f"{'／'.join(view.title)}{view.stage}", view.date, view.municipality)


def contents_text(view: Contents) -> Iterator[str]:
    def lines(entries: Iterable[ContentsEntry], depth: int) -> Iterator[str]:
        for entry in entries:
            yield f"{'  ' * depth}{entry.mark}{entry.title} {entry.to.page}"
            yield from lines(entry.entries, depth + 1)

    yield from (f"== {view.title}", *lines(view.entries, 0))


def figures_text(view: FiguresTable) -> Iterator[str]:
    labels = (view.number_label, view.section_label, view.action_label, view.figure_label, view.unit_label)
    yield from (f"== {view.title}", view.legend or "", "｜".join([*labels, *map(str, view.years)]))
    for row in view.rows:
        cells = [f"{MARKS[cell.trend]}{cell.text}" for cell in row.cells]
        place = "〃" if row.same_action else f"{row.number}｜{row.section}｜{row.action}"
        yield "｜".join([place, row.name or "", row.unit, *cells, row.to.page or ""])


def index_text(view: DepartmentIndex) -> Iterator[str]:
    yield f"== {view.title}"
    for department in view.departments:
        yield department.name
        for row in department.rows:
            place = "〃" if row.same_section else f"{row.number}{row.section}"
            yield f"  {place}｜{row.action or '－'}{row.relisted}｜{row.to.page}"


def test_the_parts_of_the_real_plan(real_plan: Plan) -> None:
    pages = pages_of(real_plan)
    figures = figures_table(real_plan, pages)
    assert figures is not None
    found = [
        *cover_text(cover(real_plan)),
        *contents_text(contents(real_plan, PARTS, pages)),
        *figures_text(figures),
        *index_text(department_index(real_plan, pages)),
    ]
    assert found == golden(GOLDEN, "".join(f"{line}\n" for line in found)).splitlines()


# -- Any plan ---------------------------------------------------------------------------------------------------------

figures = st.lists(
    st.fixed_dictionaries(
        {"value": st.sampled_from(["0", "1", "12.50", "2300"]), "unit": st.sampled_from(["回", "人"])},
        optional={"name": st.sampled_from(["部数", "人数"]), "prefix": st.just("年"), "note": st.just("累計")},
    ),
    max_size=4,
)
departments = st.lists(st.sampled_from(DEPARTMENTS), min_size=1, unique=True)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw plans of some policies, measures and projects, with relistings of what came before."""
    known: list[str] = []

    def number() -> str:
        number.count += 1  # type: ignore[attr-defined]
        return f"id{number.count}"  # type: ignore[attr-defined]

    number.count = 0  # type: ignore[attr-defined]

    def action() -> dict[str, Any]:
        targets = {}
        for year in YEARS:
            found = draw(figures)
            text = draw(st.sampled_from(["実施", "未定", "該当なし"]))
            targets[str(year)] = {"figures": found, "text": "実施"} if found else {"text": text}
        return {"id": number(), "title": "取組", "departments": draw(departments), "targets": targets}

    def project() -> dict[str, Any]:
        relisted = draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
        own = [action() for _ in range(draw(st.integers(0 if relisted else 1, 2)))]
        known.extend(entry["id"] for entry in own)
        given_departments = {"departments": list(DEPARTMENTS)} if draw(st.booleans()) else {}
        entries = [{"relist": id_} for id_ in relisted] + own
        return {"id": number(), "title": "事業", "goal": "目標", "actions": entries, **given_departments}

    def some(make: Any, most: int) -> list[Any]:
        return [make() for _ in range(draw(st.integers(1, most)))]

    return Plan.model_validate(
        {
            "format": "1",
            "title": "計画",
            "municipality": "市",
            "date": "2024-03",
            "years": list(YEARS),
            "vision": ["まち"],
            "departments": [{"name": name} for name in DEPARTMENTS],
            "policies": some(
                lambda: {
                    "id": number(),
                    "title": "方針",
                    "measures": some(lambda: {"id": number(), "title": "施策", "projects": some(project, 2)}, 2),
                },
                3,
            ),
        }
    )


def printed(row: FigureRow) -> Iterator[tuple[str | None, int, str, str]]:
    for year, cell in zip(YEARS, row.cells, strict=True):
        if cell.text not in {"", "－", "未定"}:
            *prefix, unit = row.unit.split("／")
            yield row.to.anchor, year, f"{row.name}{''.join(prefix)}{cell.text}{unit}", cell.note or row.note or ""


@settings(max_examples=40)
@given(plans())
def test_every_figure_stands_once_in_its_year(plan: Plan) -> None:
    table = figures_table(plan, pages_of(plan))
    expected = [
        (id_, year, f"{figure.name}{figure.prefix or ''}{figure.value:,f}{figure.unit}", figure.note or "")
        for id_, (_, action) in plan.originals.items()
        for year in YEARS
        for figure in action.target(year).figures
    ]
    found = [figure for row in (table.rows if table else ()) for figure in printed(row)]
    assert sorted(found) == sorted(expected)
    assert (table is None) == (not expected)


@settings(max_examples=40)
@given(plans())
def test_years_without_a_figure_say_why(plan: Plan) -> None:
    table = figures_table(plan, None)
    for row in table.rows if table else ():
        _, action = plan.originals[row.to.anchor or ""]
        for year, cell in zip(YEARS, row.cells, strict=True):
            if action.target(year).undecided:
                assert cell == FigureCell("未定")
            elif not action.target(year).figures:
                assert cell == FigureCell("－")


@settings(max_examples=40)
@given(plans())
def test_every_row_is_listed_under_each_of_its_departments(plan: Plan) -> None:
    index = department_index(plan, pages_of(plan))
    expected = [
        (name, f"{project.id}:{entry.relist}" if isinstance(entry, Relisting) else entry.id, isinstance(entry, Action))
        for project in plan.sections("project")
        for entry in project.actions
        for name in plan.original(entry).departments
    ]
    found = [
        (department.name, row.to.anchor or "", not row.relisted)
        for department in index.departments
        for row in department.rows
        if row.action
    ]
    assert sorted(found) == sorted(expected)


@settings(max_examples=40)
@given(plans())
def test_every_project_is_listed_under_each_of_its_departments(plan: Plan) -> None:
    index = department_index(plan, pages_of(plan))
    listed = {(entry.name, row.to_section.anchor) for entry in index.departments for row in entry.rows}
    assert listed >= {
        (name, project.id) for project in plan.sections("project") for name in plan.departments_of(project)
    }
    assert [entry.name for entry in index.departments] == [
        name for name in DEPARTMENTS if any(name == listed_name for listed_name, _ in listed)
    ]


@settings(max_examples=40)
@given(plans())
def test_only_the_first_row_of_a_project_begins_it(plan: Plan) -> None:
    def starts(rows: tuple[IndexRow, ...]) -> list[str | None]:
        return [row.to_section.anchor for row in rows if not row.same_section]

    for department in department_index(plan, None).departments:
        found = starts(department.rows)
        assert len(found) == len(set(found)) == len({row.to_section.anchor for row in department.rows})


# -- Particular plans -------------------------------------------------------------------------------------------------


def small(**changes: Any) -> Plan:
    """Make a plan with one action, changed."""
    action = {"id": "a", "title": "取組", "departments": ["福祉課"], "targets": {"2024": {"text": "実施"}}}
    project = {"id": "p", "title": "事業名", "goal": "目標", "actions": [action]}
    plan: dict[str, Any] = {
        "format": "1",
        "title": "汐ノ瀬市計画",
        "municipality": "汐ノ瀬市",
        "date": "2024-03",
        "years": ["2024"],
        "vision": ["まち"],
        "departments": [{"name": "福祉課"}],
        "policies": [{"id": "o", "title": "方針", "measures": [{"id": "m", "title": "施策", "projects": [project]}]}],
    }
    return Plan.model_validate(plan | changes)


def with_figures(*figures_by_year: dict[str, str] | None) -> FigureRow:
    """Return the one row of a plan whose action has these figures."""
    years = [str(2024 + index) for index in range(len(figures_by_year))]
    targets = {
        year: {"text": "実施", "figures": [{"unit": "回", **figure}] if figure else []}
        for year, figure in zip(years, figures_by_year, strict=True)
    }
    action = {"id": "a", "title": "取組", "departments": ["福祉課"], "targets": targets}
    project = {"id": "p", "title": "事業名", "goal": "目標", "actions": [action]}
    measure = {"id": "m", "title": "施策", "projects": [project]}
    table = figures_table(small(years=years, policies=[{"id": "o", "title": "方針", "measures": [measure]}]), None)
    assert table is not None
    (row,) = table.rows
    return row


def test_a_figure_is_compared_with_the_last_year_that_has_it() -> None:
    row = with_figures({"value": "9"}, {"value": "9"}, None, {"value": "10"}, {"value": "1200"}, {"value": "3"})
    assert [MARKS[cell.trend] + cell.text for cell in row.cells] == ["9", "9", "－", "↑10", "↑1,200", "↓3"]


def test_a_note_that_all_years_share_is_said_once() -> None:
    shared = with_figures({"value": "1", "note": "累計"}, {"value": "2", "note": "累計"})
    assert (shared.note, [cell.note for cell in shared.cells]) == ("累計", [None, None])
    single = with_figures({"value": "1"}, {"value": "2", "note": "累計"})
    assert (single.note, [cell.note for cell in single.cells]) == (None, [None, "累計"])


def test_numbers_that_are_wider_than_their_column_break_behind_a_comma() -> None:
    others = [{"value": "1"}] * 9
    assert not with_figures({"value": "12345"}, *others).split
    split = with_figures({"value": "123456789012"}, *others)
    assert (split.split, split.cells[0].lines, split.cells[1].lines) == (True, ("123,456,", "789,012"), ("1",))


def test_few_years_have_room_for_long_numbers() -> None:
    assert not with_figures({"value": "123456789012"}).split


def test_what_stands_before_every_number_goes_with_the_unit() -> None:
    yearly = with_figures({"value": "12", "prefix": "年"}, {"value": "14", "prefix": "年", "bound": "以上"})
    assert (yearly.unit, [cell.text for cell in yearly.cells]) == ("年／回", ["12", "14以上"])
    assert [cell.full for cell in yearly.cells] == ["年12回", "年14回以上"]
    mixed = with_figures({"value": "12", "prefix": "年"}, {"value": "14"})
    assert (mixed.unit, [cell.text for cell in mixed.cells]) == ("回", ["年12", "14"])


def test_a_plan_without_figures_has_no_list_of_them() -> None:
    assert figures_table(small(), None) is None


def test_many_years_want_the_long_side_of_the_page() -> None:
    def asked(count: int) -> tuple[bool, bool]:
        plan = small(years=[str(2024 + index) for index in range(count)])
        action = plan.policies[0].measures[0].projects[0].actions[0]
        figure = {"value": "1", "unit": "回"}
        filled = {"targets": {f"2024-{2023 + count}": {"figures": [figure]}}}
        changed = small(
            years=list(map(str, plan.years)),
            policies=[
                {
                    "id": "o",
                    "title": "方針",
                    "measures": [
                        {
                            "id": "m",
                            "title": "施策",
                            "projects": [
                                {
                                    "id": "p",
                                    "title": "事業名",
                                    "goal": "目標",
                                    "actions": [{**action.model_dump(), **filled}],
                                }
                            ],
                        }
                    ],
                }
            ],
        )
        table = figures_table(changed, None)
        assert table is not None
        return table.landscape, table.dense

    assert [asked(count) for count in (1, 4, 5, 7, 8, 10)] == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
        (True, True),
        (True, True),
    ]


def test_the_cover_of_a_part_says_so() -> None:
    plan = small()
    (project,) = plan.sections("project")
    assert cover(plan).part is None
    assert cover(plan, Selection(department="福祉課")).part == "福祉課の担当分"
    assert cover(plan, Selection(section=project.id)).part == "事業「事業名」"


def test_the_title_breaks_behind_the_municipality_and_keeps_its_stage() -> None:
    view = cover(small(title="汐ノ瀬市第3次地域福祉計画", stage="案"))
    assert (view.title, view.stage) == (("汐ノ瀬市", "第3次地域福祉計画"), "（案）")


def test_a_long_title_gets_smaller_type_and_longer_lines() -> None:
    view = cover(
        small(
            title="第3期汐ノ瀬市高齢者保健福祉計画・第9期介護保険事業計画及び認知症施策推進計画（令和6年度から令和8年度まで）"
        )
    )
    assert view.long_title
    assert view.title == (
        "第3期汐ノ瀬市高齢者保健福祉計画・",
        "第9期介護保険事業計画",
        "及び認知症施策推進計画",
        "（令和6年度から令和8年度まで）",
    )


def test_contents_of_many_projects_stop_at_measures() -> None:
    def depth(entries: tuple[ContentsEntry, ...]) -> int:
        return 1 + max((depth(entry.entries) for entry in entries), default=0) if entries else 0

    def made(projects: int) -> Plan:
        action = {"id": "a", "title": "取組", "departments": ["福祉課"], "targets": {"2024": {"text": "実施"}}}
        each = [{"id": f"p{i}", "title": "事業", "goal": "目標", "actions": [action]} for i in range(projects)]
        measure = {"id": "m", "title": "施策", "projects": each}
        return small(policies=[{"id": "o", "title": "方針", "measures": [measure]}])

    assert depth(contents(made(66), PARTS, None).entries) == 4
    assert depth(contents(made(67), PARTS, None).entries) == 3


def test_nothing_leads_to_parts_that_the_book_lacks() -> None:
    plan = small()
    index = department_index(plan, {})
    assert [row.to.anchor for row in index.departments[0].rows] == [None]
    on_the_web = department_index(plan, None)
    assert on_the_web.page_label is None
    assert [row.to.anchor for row in on_the_web.departments[0].rows] == ["a"]
