"""The short way through a well-typed file finds what the long way finds: nothing that is wrong is well typed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from planbook.check import check as checking
from planbook.rules.explanations import FOLDER
from planbook.source.fast_path import read_well_typed

PLANS = [
    *(path.read_text("utf-8") for path in sorted(FOLDER.glob("*/right.yaml"))),
    Path("data/plan.yaml").read_text("utf-8"),
    Path("tests/stress/plan.yaml").read_text("utf-8"),
]

TYPED = [
    *" -:：　、,;#\"'[]{}|>\n\t※“”＂!?%@`=１ｱ",
    *(
        "- ",
        "  ",
        "    ",
        ": ",
        ", ",
        " # ",
        "? ",
        "\n\n",
        "|-\n",
        "---\n",
        "<<: ",
        "&a",
        "*a",
        "名称",
        "名称：",
        "text",
        "id",
    ),
    *(
        "title: ",
        "id: a",
        "2018: ",
        "2018-2020:",
        "on: ",
        "departments: ",
        "  - a\n",
        "[a、b]",
        "{a: b}",
        "C#",
        "12:30",
    ),
]


def mistyped(text: str, chance: random.Random) -> str:
    """Return a plan with a few changes, most of them at the begin or end of a line, where they mean something."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        if chance.random() < 0.6:
            at = text.rfind("\n", 0, at) + 1 if chance.random() < 0.5 else text.find("\n", at)
        gone = chance.choice([0, 0, 0, 1, 2, 4])
        text = text[:at] + (chance.choice(TYPED) if not gone else "") + text[at + gone :]
        if chance.random() < 0.3:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
            text = "\n".join(lines)
    return text


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_find_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    files = [mistyped(chance.choice(PLANS), chance).encode() for _ in range(600)]
    files = [data for data in files if read_well_typed(data, "plan")]
    assert len(files) > 20, "the short way takes none of them, so that nothing is compared"
    short = [checking.check(data, "plan") for data in files]
    monkeypatch.setattr(checking, "read_well_typed", lambda *_: None)
    assert [checking.check(data, "plan") for data in files] == short


def test_a_plan_as_the_guide_writes_it_takes_the_short_way() -> None:
    for text in (*PLANS[-2:], "title: 第2次計画　（案）  # 総称"):
        assert read_well_typed(text.encode(), "plan")


@pytest.mark.parametrize(
    "line",
    [
        "title：計画",
        "title: 計画 #1",
        "departments: [福祉課、総務課]",
        "- 名称：福祉課",
        "goal: 窓口,",
        "goal: “窓口”",
        "text: 窓口\n続き",
        "text: |-\n    窓口\n  続き",
    ],
)
def test_what_may_be_a_slip_does_not_take_the_short_way(line: str) -> None:
    assert read_well_typed(f"{line}\n".encode(), "plan") is None
