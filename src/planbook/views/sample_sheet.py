"""記載例: one sheet printed again, with ※1… at its labels and the notes that explain them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.views.page_widths import A4
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import SampleNote, SampleSheet
from planbook.views.sheets import sheet_words, sheets_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.plan.model import Note, Plan
    from planbook.views.page_widths import PageWidths
    from planbook.views.sheet_records import Sheet

ANCHOR = "part:example"


def sample_sheet(plan: Plan, room: PageWidths = A4, *, links: bool = True) -> SampleSheet | None:
    """Return the sample sheet; a plan without an example has none. With `links` it leads to the sheets themselves."""
    if plan.example is None:
        return None
    shown = plan.example.project
    words = sheet_words(plan, _marks(plan.example.notes))
    of_group, sheet = next(
        (of_group, sheet)
        for of_group in sheets_in_words(plan, WHOLE, words, room)
        for sheet in of_group.sheets
        if sheet.anchor == shown
    )
    return SampleSheet(
        anchor=ANCHOR,
        heading=f"【{plan.labels.sheets.example}】",
        sheets=replace(
            of_group,
            anchor="",
            headings=tuple(replace(heading, anchor="") for heading in of_group.headings),
            sheets=(_as_sample(sheet, links=links),),
        ),
        notes=tuple(
            SampleNote(_mark(at), "、".join(getattr(words, name).text for name in note.on), note.text)
            for at, note in enumerate(plan.example.notes, 1)
        ),
    )


def _marks(notes: Iterable[Note]) -> dict[str, str]:
    """Return the marks behind each label, by its name: ※1※3."""
    marks: dict[str, str] = {}
    for at, note in enumerate(notes, 1):
        for name in note.on:
            marks[name] = marks.get(name, "") + _mark(at)
    return marks


def _mark(position: int) -> str:
    return f"※{position}"


def _as_sample(sheet: Sheet, *, links: bool) -> Sheet:
    """Return a sheet with anchors of its own."""
    return replace(
        sheet,
        anchor=f"example:{sheet.anchor}",
        rows=tuple(
            replace(
                row,
                anchor=f"example:{row.anchor}",
                links=tuple(link if links else replace(link, anchor=None) for link in row.links),
            )
            for row in sheet.rows
        ),
    )
