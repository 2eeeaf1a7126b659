"""What a policy says of itself is printed where it opens, in the form and in the book; sheets flow where asked to."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import Press
from planbook.project.publication import Publication

PLAN = (Path(__file__).parents[2] / "src/planbook/project/starter_files/data/plan.yaml").read_text(encoding="utf-8")
SAID = "    goal: 市民が迷わず相談できるまちをつくる。\n    texts: {現状と課題: 窓口が分かれている。}\n    measures:\n"


def pages(style: str, begin: str) -> list[str]:
    """Return the texts of the pages of the sheets of the starter plan, whose first policy says something."""
    text = re.sub(r"book:\n  parts:\n(    - .*\n)+", f"book: {{style: {style}, begin: {begin}}}\n", PLAN)
    plan = check(text.replace("    measures:\n", SAID, 1).encode(), "plan.yaml").plan
    assert plan
    pdf = Press(Templates()).print(plan, [Publication.SHEETS], lambda *_: None)[0].content
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("style", ["form", "book"])
def test_a_policy_says_where_it_opens_what_it_is_for(style: str) -> None:
    first, *others = pages(style, "measure")
    for text in ("市民が迷わず相談できるまちをつくる。", "現状と課題", "窓口が分かれている。"):
        assert text in first
        assert not any(text in page for page in others)


def test_measures_begin_pages_policies_do_or_none() -> None:
    number = {begin: len(pages("book", begin)) for begin in ("measure", "policy", "flow")}
    assert number["measure"] == 3
    assert number["policy"] == 2
    assert number["flow"] <= 2


INDICATORS = (
    "    indicators:\n"
    "      - {name: 受診率, unit: ％, values: {2024: 38.5, 2027: 60}, bound: 以上, source: 健診の集計}\n"
    "    measures:\n"
)


@pytest.mark.parametrize("style", ["form", "book"])
def test_the_indicators_of_a_policy_are_a_table_where_it_opens(style: str) -> None:
    text = PLAN.replace("    measures:\n", INDICATORS, 1) + f"\nbook: {{style: {style}}}\n"
    plan = check(re.sub(r"book:\n  parts:\n(    - .*\n)+", "", text).encode(), "plan.yaml").plan
    assert plan
    pdf = Press(Templates()).print(plan, [Publication.SHEETS], lambda *_: None)[0].content
    words = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(extraction_mode="layout")
    row = next(line for line in words.splitlines() if "受診率" in line)
    assert row.split()[-5:] == ["受診率", "％", "38.5", "60以上", "健診の集計"]
