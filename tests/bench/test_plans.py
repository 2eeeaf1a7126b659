from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.plans import enlarged
from planbook.check.check import check
from planbook.plan.model import Relisting

if TYPE_CHECKING:
    from planbook.check.check import Checked
    from planbook.plan.model import Policy, Project

PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"


def checked(text: str) -> Checked:
    return check(text.encode(), "plan.yaml")


@pytest.fixture(scope="module")
def original() -> str:
    return PLAN.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fourfold(original: str) -> str:
    return enlarged(original, 4)


def shape(policy: Policy) -> object:
    """The hierarchy of a policy, and the lengths of its texts."""
    return len(policy.title), [
        (len(measure.title), [project_shape(project) for project in measure.projects]) for measure in policy.measures
    ]


def project_shape(project: Project) -> object:
    approaches = [len(approach) for approach in project.approaches]
    rows = [0 if isinstance(entry, Relisting) else len(entry.title) for entry in project.actions]
    return len(project.title), len(project.goal), approaches, rows


def test_a_copy_has_the_shape_of_the_plan_and_texts_as_long(original: str, fourfold: str) -> None:
    small, large = checked(original).plan, checked(fourfold).plan
    assert len(large.policies) == 4 * len(small.policies)
    assert [shape(policy) for policy in large.policies] == 4 * [shape(policy) for policy in small.policies]


def test_the_first_policies_are_those_of_the_plan(original: str, fourfold: str) -> None:
    small, large = checked(original).plan, checked(fourfold).plan
    assert large.policies[: len(small.policies)] == small.policies


def test_the_check_is_clean(original: str, fourfold: str) -> None:
    assert checked(original).diagnostics == checked(fourfold).diagnostics == ()


def test_no_title_and_no_goal_comes_twice_more_often_than_in_the_plan(original: str, fourfold: str) -> None:
    def most(text: str) -> int:
        plan = checked(text).plan
        texts = [action.title for _, action in plan.originals.values()] + [
            each.goal for each in plan.sections("project")
        ]
        return max(Counter(texts).values())

    assert most(fourfold) == most(original) == 1


def test_every_copy_uses_the_same_characters(original: str, fourfold: str) -> None:
    assert set(fourfold) <= set(original)


def test_the_same_seed_makes_the_same_plan_and_another_one_another(original: str, fourfold: str) -> None:
    assert enlarged(original, 4) == fourfold
    assert enlarged(original, 4, seed=1) != fourfold


def test_every_relisting_points_into_its_own_copy(original: str, fourfold: str) -> None:
    def originals(text: str) -> list[str]:
        entries = [entry for project in checked(text).plan.sections("project") for entry in project.actions]
        return [entry.relist for entry in entries if isinstance(entry, Relisting)]

    assert originals(fourfold) == [f"{name}{copy}" for copy in ("", "-2", "-3", "-4") for name in originals(original)]
