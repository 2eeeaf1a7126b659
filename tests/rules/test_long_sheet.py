"""The estimate of a sheet's length warns of what needs two pages, and of nothing that fits on one."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.rules.explanations import FOLDER

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")
ACTION = PLAN[PLAN.index("              - id: desks") :]
LONG = "窓口を設置し、広報紙で知らせて、利用した人の声を集めて、次の年度の計画に反映する取組"


def rules(actions: int, text: str) -> set[str]:
    """Return the rules that a project with so many actions breaks, each with a title and targets of that text."""
    more = "".join(
        ACTION.replace("desks", f"desks-{n}").replace("窓口の設置", f"{text}{n}", 1).replace("設置の検討", text)
        for n in range(actions)
    )
    return {diagnostic.rule for diagnostic in check(PLAN.replace(ACTION, more).encode(), "plan").diagnostics}


@pytest.mark.parametrize(("text", "fitting"), [("窓口", 26), ("窓口を設置し、広報紙で知らせる取組", 16), (LONG, 9)])
def test_long_sheet_is_told_from_where_it_needs_two_pages(text: str, fitting: int) -> None:
    # Counted in the pages that planbook makes: one action more than `fitting` is a second page.
    assert "long-sheet" not in rules(fitting, text)
    assert "long-sheet" in rules(fitting + 3, text)


def test_the_list_of_a_policy_may_be_long() -> None:
    rows = "".join(f"      - {{id: a{n}, title: 窓口{n:03d}の設置}}\n" for n in range(120, 240))
    head = "format: 1\ntitle: 計画\nmunicipality: 市\ndate: 2024-03\nyears: [2024]\nvision: [まち]\n"
    text = f"{head}policies:\n  - id: p\n    title: 相談\n    actions:\n{rows}"
    assert {each.rule for each in check(text.encode(), "plan").diagnostics} == set()
