"""What a policy says of itself is printed where it opens, in the form and in the book; sheets flow where asked to."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication

PLAN = (Path(__file__).parents[2] / "src/planbook/project/starter_files/data/plan.yaml").read_text(encoding="utf-8")
SAID = "    goal: 市民が迷わず相談できるまちをつくる。\n    texts: {現状と課題: 窓口が分かれている。}\n    measures:\n"


def pages(style: str, begin: str) -> list[str]:
    """Return the texts of the pages of the sheets of the starter plan, whose first policy says something."""
    text = re.sub(r"book:\n  parts:\n(    - .*\n)+", f"book: {{style: {style}, begin: {begin}}}\n", PLAN)
    plan = check(text.replace("    measures:\n", SAID, 1).encode(), "plan.yaml").plan
    assert plan
    pdf = BookPrinter(Templates()).print(plan, [Publication.SHEETS], lambda *_: None)[0].content
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
    pdf = BookPrinter(Templates()).print(plan, [Publication.SHEETS], lambda *_: None)[0].content
    words = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(extraction_mode="layout")
    row = next(line for line in words.splitlines() if "受診率" in line)
    assert row.split()[-5:] == ["受診率", "％", "38.5", "60以上", "健診の集計"]


LEVELS = """\
format: 1
title: 見本市計画
municipality: 見本市
date: 2024-03
years: 2024-2026
vision: [まち]
book: {style: book}
pillars:
  - id: pillar
    title: 健やかなまち
    policies:
      - id: policy
        title: 健康づくり
        goal: 歩いて暮らせる。
        measures:
          - id: measure
            title: 体を動かす
            actions:
              - {id: walk, title: 散歩道の整備, content: 川沿いに延ばす。}
          - id: bare
            title: 食べる
            actions:
              - {id: eat, title: 給食の見直し}
"""


def sheet_pages(text: str) -> list[pypdf.PageObject]:
    plan = check(text.encode(), "plan.yaml").plan
    assert plan
    pdf = BookPrinter(Templates()).print(plan, [Publication.SHEETS], lambda *_: None)[0].content
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def sizes(page: pypdf.PageObject) -> dict[str, float]:
    """Return the size of type of each text."""
    found: dict[str, float] = {}

    def visit(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip():
            found[re.sub(r"\s", "", text)] = size * abs(matrix[3])

    page.extract_text(visitor_text=visit)
    return found


def test_a_pillar_and_its_first_policy_open_in_one_band_each_smaller_than_the_one_above() -> None:
    (page,) = sheet_pages(LEVELS)
    own = sizes(page)
    titles = [next(size for text, size in own.items() if title in text) for title in ("健やかなまち", "健康づくり")]
    assert titles[0] > titles[1] > next(size for text, size in own.items() if "体を動かす" in text)


def test_a_sheet_has_the_column_of_contents_only_where_an_action_has_one() -> None:
    (page,) = sheet_pages(LEVELS)
    text = re.sub(r"\s", "", page.extract_text())
    assert text.count("内容") == 1
    assert "－" not in text


def test_no_line_of_a_sheet_begins_with_a_sign() -> None:
    """The sign stays with the last word of a title, however long that is: each title is a character longer."""
    titles = ["健" * length + "診の充実" for length in range(4, 14)]
    actions = "".join(
        f"          - {{id: t{number}, title: {title}, marks: [新規], targets: {{2024-2026: 継続}}}}\n"
        for number, title in enumerate(titles)
    )
    text = (
        "format: 1\ntitle: 見本市計画\nmunicipality: 見本市\ndate: 2024-03\nyears: 2024-2026\nvision: [まち]\n"
        "marks: [{name: 新規, sign: 新}]\npolicies:\n  - id: policy\n    title: 健康づくり\n    measures:\n"
        f"      - id: measure\n        title: 健診\n        actions:\n{actions}"
    )
    lines = "\n".join(page.extract_text() for page in sheet_pages(text)).splitlines()
    assert [line for line in lines if line.strip() == "新"] == []
    assert sum(" 新" in line for line in lines) == len(titles)
