"""In a long file, list items without a fault are passed over: what is found is the same as line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.check.check import check
from planbook.source.repair import sound_items
from planbook.source.repair.scanner import Scanner

LINES = Path("data/plan.yaml").read_text("utf-8").split("\n")
MIDDLE = next(number for number, line in enumerate(LINES) if number > 300 and line.startswith("              - id: "))

SLIPS: dict[str, dict[int, str | None]] = {
    "full-width colon": {MIDDLE + 1: LINES[MIDDLE + 1].replace(": ", "：")},
    "lost dash": {MIDDLE: LINES[MIDDLE].replace("- ", "  ")},
    "missing line": {MIDDLE: None},
    "moved": {MIDDLE + 1: f" {LINES[MIDDLE + 1]}"},
    "moved out": {MIDDLE: LINES[MIDDLE][4:]},
    "open bracket": {MIDDLE + 2: LINES[MIDDLE + 2].replace("]", "")},
    "open quote": {MIDDLE + 1: LINES[MIDDLE + 1].replace(": ", ': "')},
    "two far apart": {60: f"あ{LINES[60]}", MIDDLE + 1: LINES[MIDDLE + 1].replace(": ", "：")},
}


def with_slip(slip: str) -> bytes:
    lines = (SLIPS[slip].get(number, line) for number, line in enumerate(LINES))
    return "\n".join(line for line in lines if line is not None).encode()


@pytest.mark.parametrize("slip", SLIPS)
def test_the_same_is_found(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_items, "SHORT_FILE", len(LINES) * 2)
    line_by_line = check(with_slip(slip), "plan").diagnostics
    assert line_by_line
    monkeypatch.setattr(sound_items, "SHORT_FILE", 0)
    assert check(with_slip(slip), "plan").diagnostics == line_by_line


def test_most_lines_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[int] = set()
    line = Scanner.line

    def noted(scanner: Scanner, typed: object, *more: object) -> None:
        if len(scanner.typed_lines) > len(LINES) - 2:
            read.add(typed.number)  # type: ignore[attr-defined]
        line(scanner, typed, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(sound_items, "SHORT_FILE", 0)
    monkeypatch.setattr("planbook.source.read.SURVEYED", 100)
    monkeypatch.setattr(Scanner, "line", noted)
    check(with_slip("full-width colon"), "plan")
    assert MIDDLE in read
    assert len(read) < len(LINES) / 2
