"""A plan that renames 事業 never reads 事業: in what is said of its shape neither, when there is no plan yet."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from planbook.check.check import check
from planbook.plan.labels import DEFAULT_WORDS, Word
from planbook.rules.explanations import FOLDER, rule_slugs

OWN = {name: f"甲{at}" for at, name in enumerate(get_args(Word))}
LABELS = f"labels: {{{', '.join(f'{name}: {word}' for name, word in OWN.items())}}}\n"
EXAMPLES = [slug for slug in rule_slugs() if (FOLDER / slug / "wrong.yaml").exists()]

HEAD = f"""\
format: 1
title: ためし計画
{LABELS}municipality: ためし市
date: 2024-03
years: 2024-2025
vision: [まち]
"""
TREE = """\
policies:
  - id: p
    title: 健康づくり
    projects:
      - id: q
        title: 健診
        actions:
          - id: a
            title: 勧奨
"""


def said(text: str) -> str:
    found = check(text.encode(), "plan.yaml").diagnostics
    assert found
    return "\n".join(f"{each.message}\n{each.hint}" for each in found)


def usual_words(text: str) -> list[str]:
    return [word for word in DEFAULT_WORDS.values() if word in text]


@pytest.mark.parametrize("slug", EXAMPLES)
def test_examples_of_all_rules_are_told_in_the_words_of_the_plan(slug: str) -> None:
    text = (FOLDER / slug / "wrong.yaml").read_bytes().decode("utf-8", "replace")
    if re.search("^labels:", text, re.MULTILINE):
        return
    for word in DEFAULT_WORDS.values():
        text = text.replace(word, "乙")
    text = re.sub(r"^(title:.*\n)", rf"\1{LABELS}", text, count=1, flags=re.MULTILINE)
    told = [f"{each.message}\n{each.hint}" for each in check(text.encode(), "plan.yaml").diagnostics]
    assert not [each for each in told if usual_words(each)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (HEAD + TREE.replace("健診\n", "健診\n        content: 文\n"), "action"),
        (HEAD + TREE + "          - {relist: a, title: 勧奨}\n", "action"),
        (HEAD + TREE[: TREE.index("actions:")] + "actions: 勧奨（再掲）\n", "action"),
        (HEAD + "numbers: {project: {first: 1, restart: policies}}\n" + TREE, "policy"),
        (HEAD + "example: {project: q, notes: [{on: [title], text: 説明}]}\n" + TREE, "approaches"),
        (HEAD + "example: [q]\n" + TREE, "project"),
    ],
)
def test_faults_of_shape_are_told_in_the_words_of_the_plan(text: str, word: Word) -> None:
    told = said(text)
    assert OWN[word] in told
    assert not usual_words(told)


def test_words_of_the_sheets_or_the_table_do_where_there_is_none_for_all_parts() -> None:
    text = (HEAD + "example: [q]\n" + TREE).replace(LABELS, "labels: {table: {project: 事務事業}}\n")
    assert "事務事業の id" in said(text)
