"""Cells of a table that were pasted: rows of targets, and items of lists with tabs in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.plan.value_types import NOT_APPLICABLE
from planbook.plan.year_hints import years_in
from planbook.source.repair.line import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.plan.shape import Shape
    from planbook.source.repair.line import Slip, TypedLine

_CELLS = re.compile(
    r"[ \t　]*(?:-[ \t　]*)?(?P<years>(?:令和|平成|[RH])?[0-9元]{1,4}(?:年度?)?"
    r"(?:[-－−‐–—～〜](?:令和|平成|[RH])?[0-9元]{1,4}(?:年度?)?)?)"
    r"[ 　]*[:：]?[ 　]*\t[ \t　]*(?P<text>\S.*)"
)

IN_ITEM = "項目の中にタブがあります。表の行をコピーしたときは、一行に一つずつ書きます。"
BEHIND_DASH = "「-」の後の空白がタブです。半角の空白を使います。"


_NONE = {"－", "-", "ー", "―", "—", "なし"}
"""What a cell of a table has where there is no target."""


def correct_rows(line: TypedLine, targets: tuple[int, Shape] | None, below: Iterable[TypedLine], last: int) -> int:
    """Read rows of a table that were pasted as targets, a year in the first cell: one slip for all of them.

    `targets` are the column and shape of the targets that stand here, `below` the lines that follow, `last` the last
    row that was reported before. Return the last one that is reported now.
    """
    if not targets or not (row := row_of_targets(line.text, *targets)):
        return last
    if line.number > last:
        found = [row]
        for each in below:
            if not (more := row_of_targets(each.typed, *targets)):
                break
            found.append(more)
        last = line.number + len(found) - 1
        which = f"{line.number + 1} 行目から {last + 1} 行目までを、" if len(found) > 1 else ""
        hint = f"{which}次のように直してください（行頭の空白は半角 {targets[0]} 個）。\n" + "\n".join(found)
        message = "表の行が、タブで区切られたまま貼り付けられています。"
        line.slip("tab", line.text.index("\t"), line.text.index("\t") + 1, message, hint=hint)
    line.replace(0, len(line.text), row)
    return last


def row_of_targets(text: str, column: int, shape: Shape) -> str:
    """Return the target that a row of a table is, with a year in its first cell, at a column; nothing if it is none.

    `shape` is that of the targets: it knows the words of the plan's columns.
    """
    match = _CELLS.fullmatch(text.rstrip())
    years = years_in(match["years"]) if match else []
    if not match or not years:
        first, tab, rest = text.strip(" \t　").partition("\t")
        word = first.rstrip(" 　:：")
        is_row = tab and rest.strip() and re.fullmatch(r"[^\s:：{}\[\]]{1,20}", word) and shape.has(word)
        return f"{' ' * column}{word}: {_target(rest)}" if is_row else ""
    key = "-".join(map(str, dict.fromkeys((years[0], years[-1]))))
    return f"{' ' * column}{key}: {_target(match['text'])}"


def _target(cells: str) -> str:
    text = " ".join(cells.split("\t")).strip()
    return NOT_APPLICABLE if text in _NONE else text


def one_slip_for_rows(lines: list[TypedLine]) -> None:
    """Let rows of a table, or items without `-`, that follow each other in a list be one slip: at the first."""
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
    return next((slip for slip in line.slips if slip.message in {IN_ITEM, BEHIND_DASH}), None) or (
        line.slips[0] if [slip.rule for slip in line.slips] == ["missing-hyphen"] else None
    )


def _message(line: TypedLine) -> str:
    slip = _of_cells(line)
    return slip.message if slip else ""


def _join(run: list[TypedLine]) -> None:
    for line in run:  # that its `-` is missing is no news beside the rows to be typed
        line.slips = [slip for slip in line.slips if slip.rule != "missing-hyphen"] or line.slips
    if len(run) < 2:  # noqa: PLR2004 - one row is reported with its own correction
        return
    first = run[0]
    text = "\n".join(line.text.rstrip() for line in run)
    hint = f"{rows(first, run[-1])}直してください（行頭の空白は半角 {first.indent} 個）。\n{text}"
    rule = "tab" if any(slip.rule == "tab" for slip in first.slips) else "missing-hyphen"
    first.slips = [replace(slip, hint=hint) if slip.rule == rule else slip for slip in first.slips]
    for line in run[1:]:
        line.slips = [slip for slip in line.slips if slip.rule != rule]
