"""What readers ask of targets: in which columns an action has none, an undecided one, another one than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.plan.model import UNDECIDED
from planbook.views.figures import target_lines
from planbook.views.figures_table import figure_trends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Action, Plan


def state_texts(plan: Plan, column_label: str) -> dict[str, str]:
    """Return all states by the names that addresses have for them, each with its text: 年度目標なし."""
    target, figure = plan.labels.word("target"), plan.labels.book.figure
    return {
        "none": f"{target}なし",
        "undecided": f"{target}{UNDECIDED}",
        "changed": f"前の{column_label}から変更",
        "figures": f"{figure}あり",
        "up": f"{figure}が増加",
        "down": f"{figure}が減少",
    }


def columns_by_state(plan: Plan, action: Action) -> dict[str, list[str]]:
    """Return the keys of the columns in which the targets of an action are in a state, by the names of the states."""
    found: dict[str, list[str]] = {}
    for state, key in _states(plan, action):
        found.setdefault(state, []).append(key)
    return found


def _states(plan: Plan, action: Action) -> Iterator[tuple[str, str]]:
    columns = plan.columns_in_use
    if not action.targets:
        yield from (("none", column.key) for column in columns)
        return
    targets = [action.target(column) for column in columns]
    trends = figure_trends(targets)
    before = targets[0]
    for column, target, changes in zip(columns, targets, trends, strict=True):
        if target.not_applicable:
            yield "none", column.key
        if target.undecided:
            yield "undecided", column.key
        # Elements know where they stand in the file, so two that say the same are not equal.
        if target is not before and target_lines(target) != target_lines(before):
            yield "changed", column.key
        if target.figures:
            yield "figures", column.key
        for trend in sorted(changes):
            yield trend, column.key
        before = target
