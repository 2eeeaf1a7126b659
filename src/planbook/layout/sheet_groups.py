"""Which sheets share pages, and where each of the highest sections stands in the thumb index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.layout.sheets import SheetStyle
from planbook.views.running_heads import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.plan.model import Book
    from planbook.views.page_widths import PageWidths
    from planbook.views.sheet_records import SectionSheets

_COLOURS = 8
"""Of policies, in css/base.css; after the last one they begin anew."""

_TOP, _BOTTOM, _HIGHEST = 12.0, 88.0, 10.0
"""Where the thumb index begins and ends, and how high a mark of it is at most, in percent of the page."""


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Sheets that follow each other on pages of their own, how they are set, and their mark."""

    parts: tuple[SectionSheets, ...]
    style: SheetStyle
    tab: Tab


def grouped(measures: Sequence[SectionSheets], book: Book, room: PageWidths) -> list[SheetGroup]:
    """Return the groups: a measure each, a policy each, or one for all. `room` are the pages of the book."""
    policies: list[list[SectionSheets]] = []
    for measure in measures:
        if not policies or (measure.headings and measure.headings[0].anchor):
            policies.append([])
        policies[-1].append(measure)
    height = min((_BOTTOM - _TOP) / len(policies), _HIGHEST) if policies else 0.0
    groups: list[SheetGroup] = []
    for number, policy in enumerate(policies):
        colour = number % _COLOURS + 1
        style = SheetStyle(book.style == "book", book.begin != "measure", colour, room)
        tab = Tab(
            policy[0].headings[0].number if policy[0].headings else "", colour, _TOP + number * height, height - 0.5
        )
        pieces = [[measure] for measure in policy] if book.begin == "measure" else [policy]
        groups += [SheetGroup(tuple(piece), style, tab) for piece in pieces]
    if book.begin == "flow" and groups:
        return [SheetGroup(tuple(measures), groups[0].style, groups[0].tab)]
    return groups
