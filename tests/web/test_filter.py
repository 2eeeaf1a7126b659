"""What the filter of the web page finds, says, offers and writes into the address: in Chromium and in Firefox."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from planbook.plan.model import Action

from .test_browser import ROWS, SHEETS, TABLE_ROWS, choose  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planbook.plan.model import Plan, Section

    from .conftest import Visit  # type: ignore[import-not-found]

    Open = Callable[..., Visit]


def texts_of(plan: Plan, section: Section, action: Action) -> Iterator[str]:
    """Everything that the plan file says of a row: its own texts, and those of the sections that it stands in."""
    yield action.title
    yield from plan.departments_of(action)
    for target in action.targets.values():
        yield target.text or ""
        for figure in target.figures:
            yield f"{figure.prefix or ''}{figure.value}{figure.unit or ''}"
            yield from (figure.name or "", figure.note or "")
    for part in (*plan.ancestors(section), section):
        yield from (part.title, part.goal or "", *part.approaches)
    yield from plan.departments_of(section)


def rows_with(plan: Plan, word: str) -> list[str]:
    found = []
    for section in plan.lowest_sections():
        for entry in section.actions:
            action = plan.original(entry)
            if any(word in unicodedata.normalize("NFKC", text) for text in texts_of(plan, section, action)):
                found.append(entry.id if isinstance(entry, Action) else f"{section.id}:{action.id}")
    return found


def test_what_the_plan_says_is_found_and_no_printed_label(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    for word in ("事業", "目標", "施策", "担当", "取組", "方向", "平成", "2300", "年12回", "社会福祉課", "推進"):
        choose(visited.page, text=word)
        expected = rows_with(real_plan, word)
        if word == "取組":  # means the same
            expected = [row for row in rows_of(real_plan) if row in {*expected, *rows_with(real_plan, "取り組み")}]
        assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == expected, word
        assert len(expected) < 55


def test_what_is_shown_again_is_found_by_the_word_that_says_so(visit: Open, real_plan: Plan) -> None:
    visited = visit("plan.html?text=再掲")
    relistings = [
        f"{section.id}:{entry.relist}"
        for section in real_plan.lowest_sections()
        for entry in section.actions
        if not isinstance(entry, Action)
    ]
    assert visited.shown(ROWS) == visited.shown(TABLE_ROWS) == relistings != []


def rows_of(plan: Plan) -> list[str]:
    return rows_with(plan, "")


def test_a_number_is_found_with_and_without_its_comma(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    for word in ("2300", "2,300部", "２３００", "２，３００部"):
        choose(visited.page, text=word)
        assert visited.shown(ROWS) == rows_with(real_plan, "2300") != [], word


def test_words_that_mean_the_same_are_found_together(visit: Open) -> None:
    visited = visit()
    for words in (("障害", "障がい"), ("子供", "子ども", "こども", "コドモ")):
        found = []
        for word in words:
            choose(visited.page, text=word)
            found.append(visited.shown(ROWS))
        assert all(rows == found[0] != [] for rows in found), words


def test_several_departments_and_chips(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    page = visited.page
    choose(page, department=["健康課", "保育課"])
    expected = [
        row
        for name in ("x",)
        for row in rows_of(real_plan)
        if {"健康課", "保育課"} & set(real_plan.departments_of(real_plan.originals[row.rpartition(":")[2]][1]))
    ]
    assert visited.shown(ROWS) == expected
    assert visited.query() == {"department": ["健康課", "保育課"]}
    choose(page, text="学童")
    chips = page.locator(".chips button")
    assert [text.replace("\n", "") for text in chips.all_inner_texts()] == [
        "健康課をはずす×",
        "保育課をはずす×",
        "「学童」をはずす×",
    ]
    chips.first.click()
    assert visited.query() == {"department": ["保育課"], "text": ["学童"]}
    assert not page.get_by_label("健康課", exact=True).is_checked()
    assert page.evaluate("document.activeElement.textContent").startswith("保育課")
    assert visited.shown(ROWS) == ["after-school-care"]
    visited.back()
    assert visited.query() == {"department": ["健康課", "保育課"], "text": ["学童"]}


def test_where_nothing_is_found_it_says_what_to_loosen(visit: Open) -> None:
    visited = visit("plan.html?department=保育課&text=ガイドブック")
    assert visited.shown(ROWS) == []
    assert visited.page.locator(".nothing").is_visible()
    offers = visited.page.locator(".advice button").all_inner_texts()
    assert offers == ["保育課をはずすと取組項目4件", "「ガイドブック」をはずすと取組項目1件", "条件を消す"]
    visited.page.locator(".advice button").nth(1).click()
    assert visited.shown(ROWS) == ["after-school-care"]
    assert not visited.page.locator(".nothing").is_visible()


def test_of_several_words_each_can_be_loosened(visit: Open) -> None:
    visited = visit("plan.html?text=ガイドブック ありえない")
    assert visited.page.locator(".advice button").all_inner_texts() == [
        "「ありえない」をはずすと取組項目4件",
        "条件を消す",
    ]


def test_a_department_that_is_not_there_is_said(visit: Open) -> None:
    visited = visit("plan.html?department=高齢福祉課&year=1999")
    text = visited.page.locator(".advice").inner_text()
    assert "URL にある担当課「高齢福祉課」は、この計画にありません。" in text
    assert "URL にある年度「1999」は、この計画にありません。" in text
    assert len(visited.shown(ROWS)) == 55
    visited.page.get_by_role("button", name="「高齢者福祉課」で表示").click()
    assert visited.query() == {"department": ["高齢者福祉課"]}
    assert not visited.page.locator(".advice").is_visible()


def test_the_reason_is_said_where_the_row_does_not_show_it(visit: Open) -> None:
    page = visit("plan.html?text=ガイドブック").page
    assert page.locator("[id='table:publicity'] .reason").inner_text() == "主な取り組みに「ガイドブック」"
    assert page.locator("[id='table:guidebook'] .reason").count() == 0
    choose(page, text="")
    assert page.locator(".reason").count() == 0


def test_words_that_were_found_are_marked(visit: Open) -> None:
    page = visit("plan.html?text=ｶﾞｲﾄﾞﾌﾞｯｸ 2300").page
    page.wait_for_function("CSS.highlights.get('found')?.size > 4")
    marked: list[Any] = page.evaluate("[...CSS.highlights.get('found')].map((range) => range.toString())")
    assert set(marked) == {"ガイドブック", "2,300"}
    choose(page, text="")
    assert page.evaluate("CSS.highlights.has('found')") is False


def test_arrow_keys_in_the_select_make_one_entry(visit: Open) -> None:
    visited = visit()
    page = visited.page
    length = page.evaluate("history.length")
    page.locator("[name=year]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert visited.query() == {"year": ["2020"]}
    assert page.evaluate("history.length") == length + 1
    visited.back()
    assert visited.query() == {}
    assert len(visited.shown(ROWS)) == 55


def test_the_filter_works_where_the_browser_refuses_entries(visit: Open) -> None:
    visited = visit()
    refuse = """() => { for (const name of ["pushState", "replaceState"]) history[name] = () => {
      throw new DOMException("Attempt to use history.pushState() more than 100 times", "SecurityError") } }"""
    visited.page.evaluate(refuse)
    choose(visited.page, text="ガイドブック")
    visited.page.wait_for_timeout(450)
    choose(visited.page, department="健康課", text="")
    visited.page.wait_for_timeout(450)
    assert visited.status().startswith("健康課：")


def test_many_changes_in_a_short_time_make_few_entries(visit: Open) -> None:
    """Fewer than the hundred in half a minute that a browser allows."""
    visited = visit()
    count = """() => { window.calls = 0; for (const name of ["pushState", "replaceState"]) {
      const own = history[name].bind(history); history[name] = (...all) => { window.calls += 1; own(...all) } } }"""
    visited.page.evaluate(count)
    visited.page.locator("[name=text]").press_sequentially("地域" * 30)
    visited.page.wait_for_timeout(450)
    assert 1 <= visited.page.evaluate("window.calls") <= 15
    assert visited.query() == {"text": ["地域" * 30]}


def test_every_count_is_that_of_the_table(visit: Open, real_plan: Plan) -> None:
    visited = visit()
    for department in real_plan.departments:
        choose(visited.page, department=department.name)
        projects = visited.page.locator(".system-table tbody .project:visible").count()
        assert f"、事業26件中{projects}件" in visited.status()
        whole = len(visited.shown(SHEETS)) - projects
        assert ("全体だけを担当するもの" in visited.status()) == (whole > 0)


def test_a_filtered_sheet_says_how_much_more_it_has(visit: Open) -> None:
    visited = visit("plan.html?text=高齢者の地域ケア会議")
    sheet = visited.page.locator(".sheet:visible").first
    hidden = sheet.locator("tbody tr").count() - sheet.locator("tbody tr:visible").count()
    assert hidden > 0
    assert sheet.locator(".others").inner_text() == f"ほか{hidden}件 すべて表示"
    sheet.get_by_role("link", name="すべて表示").click()
    visited.page.wait_for_function("!location.search")
    assert len(visited.shown(ROWS)) == 55
    assert visited.page.locator(".others:visible").count() == 0


def test_the_page_says_what_the_field_searches(visit: Open) -> None:
    page = visit().page
    described = page.locator("[name=text]").get_attribute("aria-describedby")
    assert (
        "取組項目・担当課・年度目標と、事業・施策の方向・基本方針の名称や文章から探します。"
        in page.locator(f"[id='{described}']").inner_text()
    )


def test_words_are_found_in_the_table_alone_whatever_it_showed_before(visit: Open, real_plan: Plan) -> None:
    """Merged cells move while rows are hidden, and the words of a section are those of all its rows."""
    visited = visit("system-table.html?department=保育課")
    policy, *_ = real_plan.ancestors(real_plan.originals["after-school-care"][0])
    (shown,) = visited.shown(TABLE_ROWS)
    assert rows_of(real_plan).index(shown) > min(map(rows_of(real_plan).index, rows_below(real_plan, policy)))
    visited.page.evaluate("(text) => setFilter({ ...NO_FILTER, text })", policy.title)
    assert visited.shown(TABLE_ROWS) == [row for row in rows_of(real_plan) if row in rows_below(real_plan, policy)]


def rows_below(plan: Plan, top: Section) -> set[str]:
    lowest = [section for section in plan.lowest_sections() if top in plan.ancestors(section)]
    return {
        entry.id if isinstance(entry, Action) else f"{section.id}:{plan.original(entry).id}"
        for section in lowest
        for entry in section.actions
    }
