"""Any bytes, and any change of a valid plan, end in findings with a place and a hint; never in an exception.

The fuzz of `make fuzz` holds the same law against more files; here are the kinds of changes that it does not make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.check.check import check
from planbook.rules.explanations import FOLDER
from planbook.source.repair.multiline import MAX_SLIPS
from tests.fuzz import assert_checked

if TYPE_CHECKING:
    import pytest

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")

SNIPPETS = st.sampled_from(
    [
        *"：\u3000［］｛｝，、・－＃“”[]{}'\"|>*&!#%@`?-:,~\t\n\r\x00\u2028\ufeff🎉が",
        "- ",
        ": ",
        "---\n",
        "<<: ",
        "<<<<<<< a\n",
        "=======\n",
        "2018-2020:",
        "relist: ",
        "|-\n",
        "\n\n",
        "    ",
        "null",
        "9" * 50,
    ]
)


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert_checked(data)


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert_checked(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(PLAN)), st.integers(0, 40), st.one_of(SNIPPETS, st.just(""))), max_size=6))
def test_any_change_of_a_plan(changes: list[tuple[int, int, str]]) -> None:
    text = PLAN
    for at, length, new in changes:
        text = text[:at] + new + text[at + length :]
    assert_checked(text.encode())


VALUES = st.sampled_from(
    ["", "~", "no", "[]", "{}", "[[]]", "[{}]", "{a: b}", "- x", "*a", "&a b", "!!int 3", "|", "'", '"', "x: y", "0"]
)
PLACES = [line for line in PLAN.split("\n") if ":" in line]


@settings(max_examples=60)
@given(st.sampled_from(PLACES), VALUES)
def test_any_value_in_any_place(line: str, value: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    assert_checked(PLAN.replace(line, f"{key}: {value}", 1).encode())
    assert_checked(PLAN.replace(line, f"{key}:\n{' ' * 30}{value}", 1).encode())


def test_nesting_is_bounded() -> None:
    for text in ("[" * 100_000, "{a: " * 50_000, "- " * 50_000, "a:\n" + "".join(" " * n + "a:\n" for n in range(300))):
        assert_checked(text.encode())


def test_keys_that_are_skipped_count_as_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planbook.source.compose.MAX_VALUES", 200)
    plan = f"format: 1\nlabels: {{{'policy: 1, ' * 300}}}\n"
    assert [each.rule for each in check(plan.encode(), "plan").diagnostics] == ["too-large"]


def test_lines_that_are_corrected_are_bounded_where_each_is_wrong_only_once_the_next_is_read() -> None:
    plan = (FOLDER / "unclosed-bracket" / "right.yaml").read_text("utf-8")
    wrong = plan + "policies: [a, [\n" * (3 * MAX_SLIPS)
    rules = [each.rule for each in check(wrong.encode(), "plan.yaml").diagnostics]
    assert MAX_SLIPS <= rules.count("unclosed-bracket") <= 2 * MAX_SLIPS + 2
    assert rules[-1] == "too-large"
