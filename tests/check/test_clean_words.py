"""Titles and targets as plans have them: none of them is called wrong."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from tests.check.test_corrections import FOLDER, PLAN

TITLES = (FOLDER / "clean-titles.txt").read_text("utf-8").splitlines()

TARGETS = (FOLDER / "clean-targets.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("title", TITLES)
def test_title_is_not_called_wrong(title: str) -> None:
    assert _told(PLAN.replace("title: 代表者会議の開催", f"title: {title}")) == []


@pytest.mark.parametrize("target", TARGETS)
def test_target_is_not_called_wrong(target: str) -> None:
    assert _told(PLAN.replace("2024-2026: 会議の開催", f"2024-2026: {target}")) == []


def _told(plan: str) -> list[str]:
    return [each.message for each in check(plan.encode(), "plan").diagnostics]


def test_parallel_areas_may_have_the_same_titles() -> None:
    area = """\
          - id: {id}
            title: 区域{name}
            goal: 区域{name}の{goal}
            actions:
              - id: {id}-park
                title: 公園の整備
                departments: [福祉総務課]
                targets: {{2024-2026: 整備の実施}}
              - id: {id}-road
                title: 生活道路の改良
                departments: [福祉総務課]
                targets: {{2024-2026: 改良の実施}}
"""
    areas = area.format(id="a", name="A", goal="住環境を整える。") + area.format(
        id="b", name="B", goal="にぎわいを取り戻し、若い世代を呼び込む。"
    )
    assert _told(PLAN.replace("          - id: salons\n", f"{areas}          - id: salons\n")) == []


@pytest.mark.parametrize(
    ("title", "values"),
    [("待機児童の解消", (30, 10, 0)), ("ごみの減量", (500, 480, 450)), ("窓口の集約", (9, 7, 5))],
)
def test_figures_may_fall_where_less_is_wanted(title: str, values: tuple[int, ...]) -> None:
    plan = PLAN.replace("title: 窓口の運営", f"title: {title}")
    for before, after in zip((120, 150, 180), values, strict=True):
        plan = plan.replace(f"value: {before},", f"value: {after},")
    assert _told(plan) == []


def test_goals_that_say_nothing_may_be_the_same() -> None:
    goals = ("だれもが身近な場所で相談できるようにする。", "来庁できない人にも支援を届ける。")
    plan = PLAN
    for goal in goals:
        plan = plan.replace(goal, "－")
    assert _told(plan) == []
