"""子ども・子育て支援事業計画: what is expected of the years is no target, and each sheet has the same rows."""

from __future__ import annotations

import pytest

from planbook.check.check import check

PLAN = """\
format: 1
title: 見本市子ども・子育て支援事業計画
municipality: 見本市
date: 2025-03
years: 2025-2027
vision: [まち]
policies:
  - id: care
    title: 保育
    actions: [{{id: expected, title: {first}, targets: {targets}}}]
  - id: clubs
    title: 学童保育
    actions: [{{id: clubs-expected, title: {second}, targets: {{2025-2027: 実施}}}}]
"""
RISING_AND_FALLING = "{2025: {figures: [{value: 90}]}, 2026: {figures: [{value: 95}]}, 2027: {figures: [{value: 93}]}}"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("量の見込み", "量の見込み", []),
        ("0歳の量の見込み", "1歳の量の見込み", []),
        ("保育の定員", "学童の定員", ["falling-figure"]),
        ("見込み者の相談支援", "見込み者の相談支援", ["similar-titles"]),
    ],
)
def test_expected_numbers_may_fall_and_stand_on_every_sheet(first: str, second: str, found: list[str]) -> None:
    text = PLAN.format(first=first, second=second, targets=RISING_AND_FALLING)
    assert [each.rule for each in check(text.encode(), "plan.yaml").diagnostics] == found
