"""Cells of the system table that are taller than a page: cut in pieces, with the rows and labels that they stand in."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.typography.kinsoku import NOT_FIRST, NOT_LAST
from planbook.views.system_table import SectionCell, SystemTable, TableCell, TableRow, label_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Indivisible(ValueError):
    """A cell that does not fit on a page is a single character: its text."""


def cut_tall_cells(table: SystemTable, pieces: Mapping[TableCell, int]) -> SystemTable:
    """Return the table with each of the given cells in so many pieces, each in a row, or beside rows, of its own.

    A label is found as it is and as it reads where it goes on.

    Raises:
        Indivisible: one of the cells has a single character.

    """
    rows = [piece for row in table.rows for piece in _cut_row(row, pieces, table.continued)]
    for level in range(len(table.levels)):
        runs = groupby(rows, label_at(level))
        rows = [row for label, run in runs for row in _cut_label(label, list(run), level, pieces, table.continued)]
    counted = [
        replace(row, part=part) for _, parts in groupby(rows, lambda row: row.id) for part, row in enumerate(parts)
    ]
    return replace(table, rows=tuple(counted))


def cut_text(text: str, pieces: int) -> list[str]:
    """Cut a text into at most so many pieces of about the same length: after 。, else 、, else between characters.

    Raises:
        Indivisible: there is only one character.

    """
    if len(text) <= 1:
        raise Indivisible(text)
    places = [0]
    for number in range(1, pieces):
        place = _place_near(text, round(len(text) * number / pieces), len(text) / pieces / 4)
        if places[-1] < place < len(text):
            places.append(place)
    return [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]


def _place_near(text: str, ideal: int, distance: float) -> int:
    near = [
        place
        for place in range(1, len(text))
        if abs(place - ideal) <= max(distance, 1) and text[place] not in NOT_FIRST and text[place - 1] not in NOT_LAST
    ]
    for stop in ("。", "、"):
        if after := [place for place in near if text[place - 1] == stop]:
            return min(after, key=lambda place: abs(place - ideal))
    return min(near, key=lambda place: abs(place - ideal), default=max(ideal, 1))


def _cut(cell: TableCell, pieces: Mapping[TableCell, int], continued: str) -> list[TableCell]:
    number = pieces.get(cell) or pieces.get(cell.marked(continued)) or 1
    if number == 1:
        return [cell]
    if len(cell.lines) > 1:
        size = -(-len(cell.lines) // number)
        parts = [cell.lines[start : start + size] for start in range(0, len(cell.lines), size)]
    else:
        parts = [(part,) for part in cut_text(cell.lines[0], number)]
    first, *more = (replace(cell, lines=part) for part in parts)
    return [first, *(part.marked(continued) for part in more)]


def _cut_row(row: TableRow, pieces: Mapping[TableCell, int], continued: str) -> list[TableRow]:
    actions = _cut(row.action, pieces, continued)
    departments: list[TableCell | None] = [*_cut(row.department, pieces, continued)] if row.department else [None]
    number = max(len(actions), len(departments))
    # What has fewer pieces is there again beside the rest, so that a reader sees what the rest belongs to.
    actions += [actions[-1].marked(continued)] * (number - len(actions))
    departments += [departments[-1]] * (number - len(departments))
    return [
        replace(row, action=action, department=department)
        for action, department in zip(actions, departments, strict=True)
    ]


def _cut_label(
    label: SectionCell, beside: Sequence[TableRow], level: int, pieces: Mapping[TableCell, int], continued: str
) -> Iterator[TableRow]:
    cells = _cut(label.cell, pieces, continued)
    # Each piece needs a row: where there are too few, the last is there again.
    again = replace(beside[-1], action=beside[-1].action.marked(continued))
    rows = [*beside, *[again] * (len(cells) - len(beside))]
    for place, row in enumerate(rows):
        piece = place * len(cells) // len(rows)
        part = SectionCell(label.id, cells[piece], f"{label.part}.{piece}") if len(cells) > 1 else label
        yield replace(row, labels=(*row.labels[:level], part, *row.labels[level + 1 :]))
