"""One line that is wrong is one report, at that line or beside it, whatever happened to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planbook.check.check import check
from planbook.project.starter import starter_files
from planbook.rules.explanations import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (FOLDER / "undecided" / "right.yaml").read_text("utf-8")
STARTER = starter_files()["data/plan.yaml"].decode()

Change = "Callable[[str], list[str] | None]"


def blanks(line: str) -> int:
    return len(line) - len(line.lstrip())


def without(sign: str) -> Callable[[str], list[str] | None]:
    return lambda line: [line.replace(sign, "", 1)] if sign in line else None


def moved(by: int) -> Callable[[str], list[str] | None]:
    return lambda line: [" " * (blanks(line) + by) + line.lstrip()] if blanks(line) + by >= 0 else None


def lead_of(sign: str) -> Callable[[str], list[str] | None]:
    return lambda line: [sign * (blanks(line) // 2) + line.lstrip()]


def without_last(line: str) -> list[str] | None:
    signs = [at for at, sign in enumerate(line) if sign in "]}"]
    return [line[: signs[-1]] + line[signs[-1] + 1 :]] if signs else None


def unfinished_quote(line: str) -> list[str] | None:
    match = re.match(r"(\s*(?:- )?[\w-]+: )([^\[{|].*)$", line)
    return [f'{match[1]}"{match[2]}'] if match else None


CHANGES: dict[str, Callable[[str], list[str] | None]] = {
    "deleted": lambda _: [],
    "doubled": lambda line: [line, line],
    "without colon": without(":"),
    "without dash": lambda line: [line.replace("- ", "", 1)] if line.lstrip().startswith("- ") else None,
    "blanks for dash": lambda line: [line.replace("- ", "  ", 1)] if line.lstrip().startswith("- ") else None,
    "no blank after colon": lambda line: [line.replace(": ", ":", 1)] if ": " in line else None,
    "no blank after dash": lambda line: [line.replace("- ", "-", 1)] if line.lstrip().startswith("- ") else None,
    "full-width colon": lambda line: [re.sub(": ?", "：", line, count=1)] if ":" in line else None,
    "bracket not opened": lambda line: [re.sub(r"[\[{]", "", line, count=1)] if re.search(r"[\[{]", line) else None,
    "bracket not closed": without_last,
    "quote not closed": unfinished_quote,
    "tabs": lead_of("\t"),
    "full-width blanks": lead_of("　"),
    **{f"moved by {by}": moved(by) for by in (-4, -3, -2, -1, 1, 2, 3, 4)},
}


def lines_of(plan: str) -> list[tuple[int, str]]:
    return [(n, line) for n, line in enumerate(plan.split("\n")) if line.strip() and not line.lstrip().startswith("#")]


def reports(plan: str, first: int, count: int, new: list[str]) -> list[tuple[str, int]]:
    lines = plan.split("\n")
    lines[first : first + count] = new
    found = check("\n".join(lines).encode(), "plan").diagnostics
    return [(diagnostic.rule, diagnostic.span.line - 1) for diagnostic in found]


@pytest.mark.parametrize("change", CHANGES)
def test_changed_line_is_at_most_one_report(change: str) -> None:
    for number, line in lines_of(PLAN):
        if (new := CHANGES[change](line)) is not None:
            found = reports(PLAN, number, 1, new)
            assert len(found) <= 1, (line, new, found)


@pytest.mark.parametrize("change", ["deleted", "doubled", "without dash", "blanks for dash", "moved by -4"])
def test_changed_line_of_a_longer_plan_is_at_most_one_report(change: str) -> None:
    for number, line in lines_of(STARTER)[60:]:
        # A second department, and an id that others point to, are missed where they are used, too.
        if (new := CHANGES[change](line)) is not None and not re.search("departments:|id: desk|id: guide", line):
            found = reports(STARTER, number, 1, new)
            assert len(found) <= 1, (line, new, found)


def test_lines_in_the_wrong_order_are_one_report_at_one_of_them() -> None:
    lines = PLAN.split("\n")
    for number, line in lines_of(PLAN)[:-1]:
        found = reports(PLAN, number, 2, [lines[number + 1], line])
        assert len(found) <= 1, (line, found)
        assert not found or number <= found[0][1] <= number + 1, (line, found)
