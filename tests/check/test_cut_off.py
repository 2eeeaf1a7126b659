"""A file that ends too early, wherever."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.check.check import check
from planbook.diagnostics.finding import Severity

STARTER = Path(__file__).parents[2] / "src/planbook/project/starter_files/data/plan.yaml"
"""Has every part of the format."""

HEAD = "format: 1\ntitle: 計画\nmunicipality: 市\ndate: 2018-03\n"


@pytest.mark.parametrize("ending", ["years: [2018, 2019", 'vision: ["支え'])
def test_what_it_lacks_behind_its_end_is_not_reported(ending: str) -> None:
    (error,) = check((HEAD + ending).encode(), "plan.yaml").diagnostics
    assert "ファイルがここで終わっています" in error.hint


def test_every_beginning_of_a_plan_is_a_plan_or_has_an_error() -> None:
    text = STARTER.read_text("utf-8")
    for end in range(40, len(text), 97):
        outcome = check(text[:end].encode(), "plan.yaml")
        assert (outcome.plan is None) == (outcome.count(Severity.ERROR) > 0), end
