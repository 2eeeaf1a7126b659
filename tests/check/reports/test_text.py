"""How diagnostics look at a terminal."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planbook.check.reports.report import Report
from planbook.check.reports.text import MAX_SHOWN, WINDOW, printable, width, write
from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Diagnostic, Severity


def report(line: str, start: int, end: int) -> Report:
    span = Span(3, start, 3, end)
    diagnostic = Diagnostic("plan.yaml", span, "rule", Severity.ERROR, "だめです。", "こう書きます。", line)
    return Report(("plan.yaml",), (diagnostic,), 1, 0)


def test_caret_stands_under_wide_characters() -> None:
    lines = write(report("  - 社会福祉課, ab", 5, 10), color=False).split("\n")
    assert lines[1] == "    3 |   - 社会福祉課, ab"
    assert lines[2] == "      |     ^^^^^^^^^^"


def test_colour_is_only_where_it_is_wanted() -> None:
    assert "\033" not in write(report("abc", 1, 2), color=False)
    assert "\033[31m" in write(report("abc", 1, 2), color=True)


@given(st.text(max_size=300), st.integers(1, 300), st.integers(0, 50))
def test_any_line_is_shown_within_the_window(line: str, start: int, length: int) -> None:
    shown = write(report(line.replace("\n", ""), start, start + length), color=False).split("\n")[1:3]
    assert all(width(each) <= WINDOW + 12 for each in shown)
    assert not any("\033" in each or "\r" in each for each in shown)


def test_what_steers_a_terminal_is_shown_as_a_sign() -> None:
    assert printable("a\033[2Jb\u202ec") == "a\ufffd[2Jb\ufffdc"


def test_many_of_a_rule_hide_no_other() -> None:
    many = [replace(report("abc", 1, 2).diagnostics[0], rule="often", message=f"{at} 件目") for at in range(3_000)]
    last = replace(many[0], rule="seldom", message="最後の一件。")
    text = write(Report(("plan.yaml",), (*many, last), 3_001, 0), color=False)
    assert text.count("[often]") == MAX_SHOWN + 1
    assert "最後の一件。 [seldom]" in text
    assert f"ほかに {3_000 - MAX_SHOWN} 件あります（[often] ほか {3_000 - MAX_SHOWN} 件）。" in text
    assert text.endswith("エラー 3001 件、警告 0 件")
