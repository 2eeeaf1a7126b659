"""A plan file is edited in place: what does not change stays byte for byte."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.editing.plan_file import PlanFile
from planbook.editing.scalars import Number
from planbook.source.read import read
from tests.plans import SMALL

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "data/plan.yaml").read_bytes()


def edited(text: str, *path: str | int, to: Any) -> str:
    file = PlanFile(text.encode())
    file.replace(path, to)
    return file.content().decode()


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 旧 # 注\nb: x\n", ("a",), "新", "a: 新 # 注\nb: x\n"),
        ("a: 旧\n", ("a",), "一行目\n二行目", "a: |-\n  一行目\n  二行目\n"),
        ("a: 旧  # 注\nb: x\n", ("a",), "一\n二", "a: |-  # 注\n  一\n  二\nb: x\n"),
        ("a: |-  # 注\n  一\n  二\n\nb: x\n", ("a",), "新", "a: 新  # 注\n\nb: x\n"),
        ("a: |-\n  一\n  二\nb: x\n", ("a",), "一\n\n三", "a: |-\n  一\n\n  三\nb: x\n"),
        ("a: '旧'\n", ("a",), "it's", "a: 'it''s'\n"),
        ('a: "旧"\n', ("a",), "新", 'a: "新"\n'),
        ("a: 旧\n", ("a",), "重点: 相談 # 1", 'a: "重点: 相談 # 1"\n'),
        ("a: 旧\n", ("a",), "=1+1", "a: =1+1\n"),
        ("a: 旧\n", ("a",), "- 箇条", 'a: "- 箇条"\n'),
        ("a: 旧\n", ("a",), "1.10", 'a: "1.10"\n'),
        ("a: 3\n", ("a",), Number("1240"), "a: 1240\n"),
        ("a: 旧\n", ("a",), '"引用"', "a: '\"引用\"'\n"),
        ("- {a: 旧, b: x}\n", (0, "a"), "新, 旧", '- {a: "新, 旧", b: x}\n'),
        ("x: {a: 旧, b: y}  # 注\n", ("x", "a"), "一\n二", "x:  # 注\n  a: |-\n    一\n    二\n  b: y\n"),
        ("x: [a, b, c]\n", ("x", 1), "d", "x: [a, d, c]\n"),
        ("x: [a, b, c]\n", ("x",), ["a", "c"], "x: [a, c]\n"),
        ("x: [a, b, c]\n", ("x",), ["b", "c", "d"], "x: [b, c, d]\n"),
        (
            "x:\n  # あ\n  - a\n  # い\n  - b # う\n  - c\n",
            ("x",),
            ["a", "c"],
            "x:\n  # あ\n  - a\n  # い\n  # う\n  - c\n",
        ),
        ("x:\n- a\n- b\n", ("x",), ["a", "z", "b"], "x:\n- a\n- z\n- b\n"),
        ("x:\n  - a\n", ("x",), ["0", "a"], 'x:\n  - "0"\n  - a\n'),
        ("- k: 1\n  l: 2\n", (0,), {"l": "2"}, "- l: 2\n"),
        ("- k: 1\n  l: 2\n", (0,), {"m": "文", "k": "1", "l": "2"}, "- m: 文\n  k: 1\n  l: 2\n"),
        ("x:\n  y: 1\n  # 説明\nz: 2\n", ("x",), "字", "x: 字\n  # 説明\nz: 2\n"),
        ("x:\n  y: 1 # 注\nz: 2\n", ("x",), "字", "x: 字\n# 注\nz: 2\n"),
        ("x: 旧\r\ny: 1\r\n", ("x",), "一\n二", "x: |-\r\n  一\r\n  二\r\ny: 1\r\n"),
        ("\ufeffx: 旧\n", ("x",), "新", "\ufeffx: 新\n"),
        ("x:\n", ("x",), "新", "x: 新\n"),
        ("x: >-\n  一\n  二\ny: 1\n", ("x",), "新", "x: 新\ny: 1\n"),
        ("x: 長い\n  文章\ny: 1\n", ("x",), "新", "x: 新\ny: 1\n"),
    ],
)
def test_only_the_value_changes(before: str, path: tuple[str | int, ...], value: Any, after: str) -> None:
    assert edited(before, *path, to=value) == after


def test_the_first_key_of_an_item_may_go_or_come() -> None:
    file = PlanFile(b"- a: 1\n  # c\n  b: 2\n- a: 3\n")
    file.remove((0, "a"))
    file.insert((1, "c"), "x", after="a")
    assert file.content().decode() == "- # c\n  b: 2\n- a: 3\n  c: x\n"


def test_a_target_with_new_figures_looks_like_the_others() -> None:
    text = "targets:\n  2018: 検討\n  2019: 検討\n"
    target = {"text": "検討", "figures": [{"name": "回数", "value": Number("3"), "unit": "回"}]}
    assert edited(text, "targets", "2018", to=target) == (
        "targets:\n  2018:\n    text: 検討\n    figures: [{name: 回数, value: 3, unit: 回}]\n  2019: 検討\n"
    )


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))]
    return [path]


FILES = [REAL, SMALL.encode()]
PLACES = [leaves(PlanFile(content).data) for content in FILES]
LETTERS = st.sampled_from([*"あア漢a1 -:#'\"\\{}[],&*!|>%@`?=+　：（①％", "\n", ": ", " #", "  "])
TEXTS = st.lists(LETTERS, min_size=1, max_size=12).map("".join) | st.text(min_size=1, max_size=8)


def printable(text: str) -> bool:
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\r\x85]", text)


def same_at_beginning(old: list[str], new: list[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))


@pytest.mark.parametrize("content", FILES)
def test_without_changes_no_byte_changes(content: bytes) -> None:
    assert PlanFile(content).content() == content


@settings(deadline=None)
@given(st.integers(0, len(FILES) - 1), st.data(), TEXTS.filter(printable))
def test_one_changed_value_changes_its_lines_only(number: int, data: st.DataObject, text: str) -> None:
    content = FILES[number]
    path = data.draw(st.sampled_from(PLACES[number]))
    file = PlanFile(content)
    before = file.value(path)
    file.replace(path, text)
    new = file.content()
    assert PlanFile(new).value(path) == text
    old_lines, new_lines = content.decode().split("\n"), new.decode().split("\n")
    first = same_at_beginning(old_lines, new_lines)
    last = same_at_beginning(old_lines[first:][::-1], new_lines[first:][::-1])
    assert len(old_lines) - first - last <= len(before.split("\n")) + 1
    comments = [line for line in old_lines if line.lstrip().startswith("#")]
    assert all(comment in new_lines for comment in comments)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_removing_any_part_leaves_the_rest(data: st.DataObject) -> None:
    file = PlanFile(REAL)
    path = data.draw(st.sampled_from(PLACES[0]))
    path = path[: data.draw(st.integers(1, len(path)))]
    if len(path) > 1 and len(file.value(path[:-1])) == 1:
        return
    file.remove(path)
    new = file.content()
    comments = [line.strip() for line in REAL.decode().splitlines() if line.strip().startswith("#")]
    assert all(comment in new.decode() for comment in comments)
    assert yaml.safe_load(new) is not None


@settings(deadline=None, max_examples=150)
@given(TEXTS.filter(printable))
def test_the_check_reads_what_was_written_and_finds_nothing(text: str) -> None:
    file = PlanFile("title: 計画\nlist: [x, y]\nitems:\n  - {name: あ, unit: 部}\n".encode())
    for path in (("title",), ("list", 1), ("items", 0, "name")):
        file.replace(path, text)
    source = read(file.content(), "plan.yaml")
    assert source.findings == ()
    assert source.document.root == file.data
