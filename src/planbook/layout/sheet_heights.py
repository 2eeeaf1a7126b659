"""The heights of sheets, of what stands above them and between them, read off laid-out pages. Lengths: CSS pixels."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from planbook.views.sheet_pages import Heights, Space, head_again

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planbook.pdf.page import Extent
    from planbook.views.sheet_records import Sheet, SheetField

ELEMENTS = ("header", "section", "caption", "tr")
"""What has to be measured."""

_MEASURED_TOGETHER = 40
"""Rows of a piece that is measured: few enough to take little memory, enough that beginning anew costs little."""

_ROUNDING = 4.0
"""Heights are sums of lengths that the renderer rounds: a page keeps a millimetre free."""

_GAP, _ABOVE_HEADING = 15.2, 7.6
"""What css/sheets.css has between sheets, and above the heading of a measure more than that: where no page shows it."""

_LINE = 20.0
"""A line of a name in the largest type: with （続き） it may take one more."""


class MeasuredSheets(NamedTuple):
    """The heights of sheets, the room for them, and what stands above some of them, by their anchors."""

    heights: list[Heights]
    space: Space
    headings: dict[str, float]

    def scaled(self, factor: float) -> MeasuredSheets:
        """Return them with texts that take so many times the height."""
        heights = [
            Heights(
                each.name * factor,
                each.name_again * factor,
                tuple(height * factor for height in each.fields),
                each.years * factor,
                tuple(height * factor for height in each.rows),
            )
            for each in self.heights
        ]
        return MeasuredSheets(heights, self.space, {name: height * factor for name, height in self.headings.items()})


class LaidOut(Protocol):
    """A page without end, or one of the pages of a section: its content area and the extents of `ELEMENTS`."""

    @property
    def content_area(self) -> Extent: ...
    @property
    def extents(self) -> Sequence[tuple[str, Extent]]: ...


def of_endless_page(
    page: LaidOut, sheets: Sequence[Sheet], beginning: Collection[str], page_height: float
) -> MeasuredSheets:
    """Return the heights of sheets, each of which stands there twice: whole, and its head as it is where it goes on.

    `beginning` are the anchors of those sheets that have a heading above them.
    """
    blocks, parts = _sections(page.extents)
    names_again = [next(own).height for own in parts[len(sheets) :]]
    heights = [
        replace(_heights(sheet, own), name_again=again)
        for sheet, own, again in zip(sheets, parts, names_again, strict=False)
    ]
    between = [below.top - above.top - above.height for above, below in pairwise(blocks)]
    # Between the heads that are there again nothing else stands.
    gap = between[len(sheets)] if len(sheets) > 1 else 0.0
    headings = {
        sheet.anchor: before - gap
        for sheet, before in zip(sheets[1:], between, strict=False)
        if sheet.anchor in beginning
    }
    # Headings that are longer than a page go on in the next one.
    above = (blocks[0].top - page.content_area.top) % page_height
    return MeasuredSheets(heights, Space(page_height, page_height - above, gap, _title(page, blocks[0])), headings)


def of_pages(pages: Sequence[LaidOut], sheets: Sequence[Sheet], beginning: Collection[str]) -> MeasuredSheets:
    """Return the heights of sheets that flow over pages, each of them on one: heads that go on are reckoned."""
    heights: list[Heights] = []
    headings: dict[str, float] = {}
    gaps: list[float] = []
    above = title = 0.0
    for page in pages:
        blocks, parts = _sections(page.extents)
        own = sheets[len(heights) : len(heights) + len(blocks)]
        heights += [_heights(sheet, rows) for sheet, rows in zip(own, parts, strict=True)]
        end = page.content_area.top
        for sheet, block in zip(own, blocks, strict=True):
            between = block.top - end
            if sheet is sheets[0]:
                above, title = between, _title(page, block)
            elif sheet.anchor in beginning:
                # At the head of a page there is no margin above a heading.
                headings[sheet.anchor] = between + (_ABOVE_HEADING if block is blocks[0] else -_GAP)
            elif block is not blocks[0]:
                gaps.append(between)
            end = block.top + block.height
    height = pages[0].content_area.height - _ROUNDING
    return MeasuredSheets(heights, Space(height, height - above, max(gaps, default=_GAP), title), headings)


def of_planned_pages(
    pages: Sequence[LaidOut], planned: Sequence[Sequence[Sheet]], beginning: Collection[str]
) -> MeasuredSheets:
    """Return the same of sheets that stand on pages in parts: without an anchor they are the rest of the one before."""
    parts = [part for page in planned for part in page]
    measured = of_pages(pages, parts, beginning)
    heights: list[Heights] = []
    for part, own in zip(parts, measured.heights, strict=True):
        if part.anchor:
            heights.append(own)
        else:
            heights[-1] = heights[-1].joined(own)
    return measured._replace(heights=heights)


def size(sheet: Sheet) -> int:
    """Return how many fields and rows a sheet has."""
    return len(sheet.fields) + len(sheet.rows)


def in_pieces(sheets: Sequence[Sheet], continued: str) -> list[list[Sheet]]:
    """Return sheets in pieces that are measured by themselves; each but the first begins with the head before it."""
    pieces: list[list[Sheet]] = [[]]
    room = _MEASURED_TOGETHER
    for sheet in sheets:
        start = 0
        fields = len(sheet.fields)
        while not start or start < size(sheet):
            if room <= 0:
                pieces.append([head_again(pieces[-1][-1], continued)])
                room = _MEASURED_TOGETHER
            end = min(start + room, size(sheet))
            rows = sheet.rows[max(start - fields, 0) : max(end - fields, 0)]
            part = replace(sheet, fields=sheet.fields[start:end], rows=rows)
            # Only the first part of a sheet has its anchor, and so the headings above it.
            pieces[-1].append(replace(part, anchor="", continued=continued) if start else part)
            room -= end - start
            start = max(end, 1)
    return pieces


def joined(pieces: Sequence[Sequence[Sheet]], measured: Sequence[MeasuredSheets]) -> MeasuredSheets:
    """Return the heights of sheets that were measured in pieces (`in_pieces`)."""
    heights: list[Heights] = []
    headings: dict[str, float] = {}
    for at, (piece, found) in enumerate(zip(pieces, measured, strict=True)):
        headings |= found.headings
        for sheet, own in list(zip(piece, found.heights, strict=True))[at > 0 :]:
            if not sheet.anchor and sheet.continued:
                heights[-1] = heights[-1].joined(own)
            else:
                heights.append(own)
    gap = next((found.space.gap for piece, found in zip(pieces, measured, strict=True) if len(piece) > 1), 0.0)
    return MeasuredSheets(heights, measured[0].space._replace(gap=gap), headings)


def _title(page: LaidOut, first: Extent) -> float:
    """Return how far above the first sheet its title begins, if it has one of its own."""
    return next((first.top - each.top for name, each in page.extents if name == "header" and each.top < first.top), 0.0)


def _sections(extents: Sequence[tuple[str, Extent]]) -> tuple[list[Extent], list[Iterator[Extent]]]:
    """Return the sections, and for each the captions and rows up to the next: its own, and then those of headings."""
    blocks: list[Extent] = []
    parts: list[list[Extent]] = []
    for name, extent in extents:
        if name == "section":
            blocks.append(extent)
            parts.append([])
        elif name != "header" and parts:
            parts[-1].append(extent)
    return blocks, [iter(own) for own in parts]


def _heights(sheet: Sheet, parts: Iterator[Extent]) -> Heights:
    name = next(parts).height
    fields = tuple(_height_of(field, parts) for field in sheet.fields)
    years = next(parts).height if sheet.rows else 0.0
    return Heights(name, name + _LINE, fields, years, tuple(next(parts).height for _ in sheet.rows))


def _height_of(field: SheetField, parts: Iterator[Extent]) -> float:
    """Return the height of the row of a field. The rows of its table, if it has one, come behind it."""
    height = next(parts).height
    for _ in range(1 + len(field.table.rows)) if field.table else ():
        next(parts)
    return height
