"""A plan is typed from its titles on: what is not there yet is told as missing, never as a slip of what is there."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from planbook.check.check import check

ROOT = Path(__file__).parents[2]
PLANS = ("data/plan.yaml", "examples/aomine/plan.yaml", "examples/seoto/plan.yaml", "examples/mizuho/plan.yaml")

OF_SLIPS = {
    *(
        "indentation",
        "stray-text",
        "missing-hyphen",
        "missing-colon",
        "missing-space",
        "two-keys",
        "line-order",
        "yaml",
    ),
    *("unknown-key", "duplicate-key", "folded-text", "extra-bracket", "unclosed-bracket", "unclosed-quote"),
}


def some_of(value: Any, chance: random.Random) -> Any:
    """Return a plan in which much is still missing: keys, values, items at the end of lists."""
    if isinstance(value, list):
        return [some_of(each, chance) for each in value[: chance.randint(1, 4)]]
    if not isinstance(value, dict):
        return value if chance.random() < 0.9 else ""
    kept = [key for key in value if chance.random() < (0.95 if key == "title" else 0.6)] or [next(iter(value))]
    return {key: some_of(value[key], chance) for key in kept}


class Style(yaml.SafeDumper):
    """Lists beside their keys, or deeper."""

    beside = False

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's
        super().increase_indent(flow, indentless and self.beside)


@pytest.mark.parametrize("plan", PLANS)
def test_what_is_missing_is_told_as_missing(plan: str) -> None:
    whole = yaml.load((ROOT / plan).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    chance = random.Random(plan)  # noqa: S311 - no secret
    missing = 0
    for number in range(16):
        Style.beside = bool(number % 2)
        flow = None if number % 3 else False
        text = yaml.dump(some_of(whole, chance), Dumper=Style, allow_unicode=True, sort_keys=False, width=10_000,
                         indent=chance.choice((2, 4)), default_flow_style=flow)  # fmt: skip
        found = check(text.replace(": ''\n", ":\n").encode(), "plan").diagnostics
        missing += sum(diagnostic.rule in {"missing-key", "empty-value"} for diagnostic in found)
        assert not [each for each in found if each.rule in OF_SLIPS], text
    assert missing


@pytest.mark.parametrize("plan", PLANS)
def test_every_beginning_lacks_only_what_is_missing(plan: str) -> None:
    lines = (ROOT / plan).read_text("utf-8").split("\n")
    for end in range(1, min(len(lines), 200), 9):
        found = check("\n".join(lines[:end]).encode(), "plan").diagnostics
        assert not [each for each in found if each.rule in OF_SLIPS], lines[:end]
