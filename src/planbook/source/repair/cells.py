"""Cells of a table that were pasted: rows of targets, and items of lists with tabs in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.plan.year_hints import years_in
from planbook.source.repair.line import rows

if TYPE_CHECKING:
    from planbook.source.repair.line import Slip, TypedLine

_CELLS = re.compile(
    r"[ \t　]*(?:-[ \t　]*)?(?P<years>(?:令和|平成|[RH])?[0-9元]{1,4}(?:年度?)?"
    r"(?:[-－−‐–—～〜](?:令和|平成|[RH])?[0-9元]{1,4}(?:年度?)?)?)"
    r"[ 　]*[:：]?[ 　]*\t[ \t　]*(?P<text>\S.*)"
)

IN_ITEM = "項目の中にタブがあります。表の行をコピーしたときは、一行に一つずつ書きます。"
BEHIND_DASH = "「-」の後の空白がタブです。半角の空白を使います。"


def row_of_targets(text: str, column: int) -> str:
    """Return the target that a row of a table is, with a year in its first cell, at a column; nothing if it is none."""
    match = _CELLS.fullmatch(text.rstrip())
    years = years_in(match["years"]) if match else []
    if not match or not years:
        return ""
    key = "-".join(map(str, dict.fromkeys((years[0], years[-1]))))
    return f"{' ' * column}{key}: {' '.join(match['text'].split(chr(9)))}"


def one_slip_for_rows(lines: list[TypedLine]) -> None:
    """Let rows of a table that follow each other in a list be one slip, reported at the first of them."""
    run: list[TypedLine] = []
    for line in lines:
        slip = _of_cells(line)
        if slip and run and line.number == run[-1].number + 1 and _message(run[0]) == slip.message:
            run.append(line)
            continue
        _join(run)
        run = [line] if slip else []
    _join(run)


def _of_cells(line: TypedLine) -> Slip | None:
    return next((slip for slip in line.slips if slip.rule == "tab" and slip.message in {IN_ITEM, BEHIND_DASH}), None)


def _message(line: TypedLine) -> str:
    slip = _of_cells(line)
    return slip.message if slip else ""


def _join(run: list[TypedLine]) -> None:
    for line in run:  # that its `-` is missing is no news beside the rows to be typed
        line.slips = [slip for slip in line.slips if slip.rule != "missing-hyphen"]
    if len(run) < 2:  # noqa: PLR2004 - one row is reported with its own correction
        return
    first = run[0]
    text = "\n".join(line.text.rstrip() for line in run)
    hint = f"{rows(first, run[-1])}直してください（行頭の空白は半角 {first.indent} 個）。\n{text}"
    first.slips = [replace(slip, hint=hint) if slip.rule == "tab" else slip for slip in first.slips]
    for line in run[1:]:
        line.slips = [slip for slip in line.slips if slip.rule != "tab"]
