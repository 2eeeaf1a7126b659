"""Chapters are compared as texts: which paragraphs changed, and on which lines they stand."""

from __future__ import annotations

import pytest

from planbook.comparison.chapter_texts import passages

OLD = """\
# 計画の概要

この計画は、市民と市が
協力して進めます。

- 上位計画は総合計画です
- 社会福祉法に基づきます

| 年 | 人口 |
|---|---|
| 2024 | 11,980人 |
"""


def edited(old: str, new: str) -> str:
    assert old in OLD
    return OLD.replace(old, new)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (OLD, []),
        (edited("市民と市が\n協力", "市民と\n市が協力"), []),
        (edited("\n\n- 上位", "\n\n\n\n- 上位"), []),
        (OLD.replace("\n", "\r\n"), []),
        (edited("11,980", "11,850"), [((11, 11), (11, 11), "| 2024 | 11,980人 |", "| 2024 | 11,850人 |")]),
        (edited("- 上位計画は総合計画です\n", ""), [((6, 6), None, "- 上位計画は総合計画です", "")]),
        (edited("- 社会", "- 県の計画\n- 社会"), [(None, (7, 7), "", "- 県の計画")]),
        (
            edited("- 上位計画は総合計画です\n- 社会福祉法に", "- 県の計画\n- 社会福祉法第107条に"),
            [
                ((6, 6), (6, 6), "- 上位計画は総合計画です", "- 県の計画"),
                ((7, 7), (7, 7), "- 社会福祉法に基づきます", "- 社会福祉法第107条に基づきます"),
            ],
        ),
        (
            edited("- 社会福祉法に", "\n人口は減っています。\n\n- 社会福祉法第107条に"),
            [
                (None, (8, 8), "", "人口は減っています。"),
                ((7, 7), (10, 10), "- 社会福祉法に基づきます", "- 社会福祉法第107条に基づきます"),
            ],
        ),
    ],
)
def test_passages(new: str, told: list[tuple[object, ...]]) -> None:
    assert [tuple(each) for each in passages(OLD, new)] == told


def test_from_the_other_side_the_same_lines_are_told() -> None:
    new = edited("- 社会福祉法に", "- 社会福祉法第107条に")
    assert [tuple(each) for each in passages(new, OLD)] == [
        (after, before, now, was) for before, after, was, now in passages(OLD, new)
    ]
