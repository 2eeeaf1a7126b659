"""What was measured as tables in Markdown, which a terminal shows well enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.targets import Measured, Outcome, Target

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def tables(measured: Mapping[str, Measured], outcomes: Sequence[Outcome]) -> str:
    """Return the table of all cases and that of the targets."""
    cases = [
        (
            label,
            f"{each.wall:.2f}",
            f"{min(each.walls):.2f}–{max(each.walls):.2f}",
            "" if each.cpu is None else f"{each.cpu:.2f}",
            f"{each.peak:.0f}",
            str(each.pages or ""),
            f"{each.bytes / 1000:,.0f}" if each.bytes else "",
            str(len(each.runs)),
        )
        for label, each in measured.items()
    ]
    ratios = [
        (
            str(each.target),
            _bound(each.target),
            f"{each.ratio:.3g}",
            f"{each.lowest:.3g}–{each.highest:.3g}",
            "" if each.cpu is None else f"{each.cpu:.3g}",
            {True: "yes", False: "no", None: ""}[each.met],
        )
        for each in outcomes
    ]
    return "\n\n".join(
        [
            _table(("case", "seconds", "lowest–highest", "CPU seconds", "peak MB", "pages", "KB", "runs"), cases),
            _table(("ratio", "target", "measured", "lowest–highest", "by CPU", "reached"), ratios),
        ]
    )


def _bound(target: Target) -> str:
    return "" if target.bound is None else f"{'≥' if target.at_least else '≤'} {target.bound:g}"


def into_document(path: Path, report: str, machine: Mapping[str, Any]) -> None:
    """Put the tables, and on what was measured, between the marks of a Markdown file."""
    about = ", ".join(f"{name} {value}" for name, value in machine.items())
    text = path.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    path.write_text(marked.sub(lambda _: f"{BEGIN}\n\nOn: {about}.\n\n{report}\n\n{END}", text), encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
