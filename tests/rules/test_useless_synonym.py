"""What is wrong in `synonyms`, of each kind once."""

from __future__ import annotations

import pytest

from planbook.check.check import check
from planbook.rules.explanations import FOLDER

PLAN = (FOLDER / "useless-synonym" / "right.yaml").read_text("utf-8")
RIGHT = "  - [高齢者, お年寄り]\n"


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        (["[高齢者, お年寄り]"], ""),
        (["[高齢者]"], "「高齢者」と同じ意味の言葉が、この組にありません。"),
        (["[高齢者, お年寄り]", "[お年寄り, シニア]"], "「お年寄り」は、ほかの組にもあります。"),
        (["[育児, こそだて, コソダテ]"], "「コソダテ」と「こそだて」は、もともと同じ言葉として検索されます。"),
        (["[育児, 育児]"], "「育児」と「育児」は、もともと同じ言葉として検索されます。"),
        (["[一人 暮らし, 独居]"], "「一人 暮らし」は空白を含むので、検索の言葉になりません。"),
        (["[一人　暮らし, 独居]"], "「一人　暮らし」は空白を含むので、検索の言葉になりません。"),
    ],
)
def test_each_fault_is_told_once_at_its_word(lists: list[str], message: str) -> None:
    text = PLAN.replace(RIGHT, "".join(f"  - {words}\n" for words in lists))
    told = [each for each in check(text.encode(), "plan.yaml").diagnostics if each.rule == "useless-synonym"]
    assert [each.message.startswith(message) for each in told] == [True] * bool(message)
    assert all(each.hint and each.source_line.strip().startswith("- [") for each in told)


@pytest.mark.parametrize(
    ("value", "hints"),
    [
        ("高齢者", ["synonyms: [[高齢者, 別の言葉]]"]),
        ("[高齢者, お年寄り]", ["synonyms: [[高齢者, お年寄り]]"]),
        ("[[]]", [""]),
        ("[{a: b}]", [""]),
        ("[[高齢者, [お年寄り]]]", [""]),
    ],
)
def test_what_is_no_list_of_lists_is_said(value: str, hints: list[str]) -> None:
    text = (
        PLAN.replace("synonyms:\n", f"synonyms: {value}\n").replace(RIGHT, "").replace("  - [相談, そうだん窓口]\n", "")
    )
    told = check(text.encode(), "plan.yaml").diagnostics
    assert [hint in each.hint != "" for each, hint in zip(told, hints, strict=True)] == [True] * len(hints)
