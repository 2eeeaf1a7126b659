"""Nothing is lost: either there is an error, or the data are exactly what PyYAML makes of the file as it was typed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from planbook.check import check as checking
from planbook.diagnostics.finding import Severity
from planbook.rules.explanations import FOLDER
from tests.fuzz import CORPUS, assert_as_yaml_reads, emitted, mutated

if TYPE_CHECKING:
    from pathlib import Path

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")


def test_mutated_plans() -> None:
    # A few of what `make fuzz` does to the examples of all rules.
    chance = random.Random(0)  # noqa: S311 - no secret
    compared = sum(assert_as_yaml_reads(mutated(PLAN, chance).encode()) for _ in range(80))
    assert compared > 5, "nothing is compared"


def test_right_plans_in_any_style() -> None:
    chance = random.Random(0)  # noqa: S311 - no secret
    compared = sum(assert_as_yaml_reads(emitted(chance)) for _ in range(60))
    assert compared > 30, "nothing is compared"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    data = path.read_bytes()
    assert_as_yaml_reads(data)
    assert checking.check(data, "plan").count(Severity.ERROR)


def test_there_is_a_corpus() -> None:
    assert len(list(CORPUS.glob("*.yaml"))) > 5


def test_titles_first_plans_only_lack_what_is_missing() -> None:
    lines = PLAN.split("\n")
    for key in ("departments:", "goal:", "targets:", "id:", "title:"):
        for keep in range(3):
            seen, kept, inside = 0, [], -1
            for line in lines:
                indent = len(line) - len(line.lstrip())
                if inside >= 0 and line.strip() and indent > inside:
                    continue
                inside = -1
                if line.strip().startswith(key) and indent >= 12:
                    seen += 1
                    if seen > keep:
                        inside = indent
                        continue
                kept.append(line)
            found = checking.check("\n".join(kept).encode(), "plan").diagnostics
            assert {diagnostic.rule for diagnostic in found} <= {"missing-key", "target-years", "unused-department"}, (
                key,
                keep,
                found,
            )


def test_no_stand_in_is_ever_shown() -> None:
    lines = PLAN.split("\n")
    for number in range(1, len(lines), 3):
        for diagnostic in checking.check("\n".join(lines[:number]).encode(), "plan").diagnostics:
            assert "\uffff" not in diagnostic.message + diagnostic.hint
            assert "2000 年度" not in diagnostic.message
