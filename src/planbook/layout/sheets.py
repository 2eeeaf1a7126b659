"""Sheets → pages: they flow as they fit, and planbook breaks those that are higher than a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from planbook.layout.sheet_heights import ELEMENTS, in_pieces, joined, of_endless_page, of_pages, of_planned_pages, size
from planbook.views.page_widths import A4
from planbook.views.sheet_heads import heads
from planbook.views.sheet_pages import head_again, paginate, split_texts
from planbook.views.sheets import on_the_long_side, room_taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.html.templates import Templates
    from planbook.layout.sheet_heights import MeasuredSheets
    from planbook.pdf import Page, Typesetter
    from planbook.views.page_widths import PageWidths
    from planbook.views.sheet_records import SampleSheet, SectionSheets, Sheet

STYLESHEETS = ("css/sheets.css",)

# Layouts of css/sheets.css, and up to how many years each is for: four of them have 33 mm each on an upright page.
_LAYOUTS = {1: "sheets one-year", 2: "sheets two-years", 4: "sheets", 7: "sheets-wide"}
_MANY_YEARS = "sheets-dense"
_MAX_GROWN = {1: 3, 2: 3}
_GROWN = 2
"""By how many half points type may grow: with more columns these hold too little of a line."""
_SIZES = {-1: 8.5, 0: 9.0, 1: 9.5, 2: 10.0, 3: 10.5}
"""What that is in points; by half a point it may also shrink, if a measure is so on one page."""
_FEW = 4
"""Pages up to which every size is tried; with more of them only the largest and the usual one."""
_SHRINKING = 2
"""Pages of a measure that smaller type may bring on one."""
_TEXT_SHRINKS = 1.5
"""The power of the size of type with which the height of texts is expected to shrink: one line has 1, many have 2."""
_ROUNDING = 4.0
"""Heights are sums of lengths that the renderer rounds: a page keeps a millimetre free."""
_MAX_AT_ONCE = 120
"""Rows of sheets that are laid out as one document; more are measured and laid out in pieces, for all processors and so
that memory stays bounded. The longest section of the real plan has 15."""
_PAGES_TOGETHER = 10
_WORTH_BREAKING = 0.25
"""The part of a page that is too much to stay empty: there a sheet breaks between its rows."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A laid-out page, and the sheets that its running head is of. `continued`: they began on a page before."""

    page: Page
    part: SectionSheets
    continued: bool


class SheetStyle(NamedTuple):
    """How sheets are set: as a `book` or as the municipality's form; `flowing`, or each measure on a page of its own.

    `colour` is the number of the policy's colour, `room` are the pages.
    """

    book: bool = False
    flowing: bool = False
    colour: int = 1
    room: PageWidths = A4


def lay_out_sheets(
    measures: Sequence[SectionSheets], templates: Templates, typesetter: Typesetter, style: SheetStyle | None = None
) -> list[SheetPage]:
    """Return the pages of measures that follow each other, with type that grows where the pages have room for it.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    style = style or SheetStyle()
    columns = room_taken(measures[0].columns)
    most = _MAX_GROWN.get(columns, _GROWN)
    section = _SheetLayout(tuple(measures), None, style, templates, typesetter)
    if section.in_pieces:
        return section.with_heads(section.flow().pages)  # so many pages have no room that all of them could share
    best = replace(section, grown=most).flow()
    pages = len(best.pages)
    smaller = [0] if pages > _FEW else list(range(most - 1, -1, -1))
    if pages == _SHRINKING and not style.flowing and columns <= max(_LAYOUTS):
        smaller.append(-1)
    bound = best.least(_SIZES[most], _SIZES[smaller[-1]])
    for grown in smaller:
        if len(best.pages) == bound:
            break
        if best.least(_SIZES[best.section.grown], _SIZES[grown]) < len(best.pages):
            flow = best.smaller(grown)
            best = flow if len(flow.pages) < len(best.pages) else best
    return section.with_heads(best.pages)


def lay_out_sample(
    sample: SampleSheet, templates: Templates, typesetter: Typesetter, style: SheetStyle | None = None
) -> list[SheetPage]:
    """Return the pages of the sample sheet with its notes. Everything else is as for `lay_out_sheets`."""
    section = _SheetLayout((sample.sheets,), sample, style or SheetStyle(), templates, typesetter)
    return section.with_heads(section.flow().pages)


@dataclass(frozen=True, slots=True)
class _Flow:
    """Laid-out pages, and what was measured for them: nothing where there is one page."""

    section: _SheetLayout
    pages: list[Page]
    measured: MeasuredSheets | None = None
    sheets: Sequence[Sheet] = ()

    def least(self, size: float, smaller: float) -> int:
        """Return a number of pages below which nobody gets with smaller type: texts take as much less room as it."""
        if self.measured is None:
            return len(self.pages)
        return len(self.section.paginated(self.sheets, self.measured.scaled((smaller / size) ** 2)))

    def smaller(self, grown: int) -> _Flow:
        """Return the same with smaller type: at once with the breaks that it is expected to have, if they are right."""
        section = replace(self.section, grown=grown)
        if self.measured is not None and all(sheet.anchor for sheet in self.sheets):
            factor = (_SIZES[grown] / _SIZES[self.section.grown]) ** _TEXT_SHRINKS
            expected = self.section.paginated(self.sheets, self.measured.scaled(factor))
            if len(expected) < len(self.pages) and (flow := section.flow_as(expected)):
                return flow
        return section.flow()


@dataclass(frozen=True, slots=True)
class _SheetLayout:
    views: tuple[SectionSheets, ...]
    sample: SampleSheet | None
    style: SheetStyle
    templates: Templates
    typesetter: Typesetter
    grown: int = 0

    @property
    def _sheets(self) -> list[Sheet]:
        return [sheet for view in self.views for sheet in view.sheets]

    @property
    def _beginning(self) -> set[str]:
        return {view.sheets[0].anchor for view in self.views[1:]}

    @property
    def in_pieces(self) -> bool:
        """Whether there is more than is laid out as one document."""
        return sum(map(size, self._sheets)) > _MAX_AT_ONCE

    def flow(self) -> _Flow:
        """Lay the sheets out as the renderer breaks them, and again where planbook breaks them in better places."""
        if self.in_pieces:
            return self._flow_in_pieces()
        sheets = self._sheets
        pages = self.typesetter.lay_out(self._html([sheets]), ELEMENTS)
        if len(pages) == 1:
            return _Flow(self, pages)
        if self._keeps_together(pages):
            measured = of_pages(pages, sheets, self._beginning)
            planned = self.paginated(sheets, measured)
            if self.sample or [page[0].anchor for page in planned] == self._first_anchors(pages):
                return _Flow(self, pages, measured, sheets)
            pages = self.typesetter.lay_out(self._html(planned))
            if len(pages) == len(planned):
                return _Flow(self, pages, measured, sheets)
        sheets, measured = self._measured(pages[0].content_area.height - _ROUNDING)
        pages = self.typesetter.lay_out(self._html(self.paginated(sheets, measured)))
        return _Flow(self, pages, measured, sheets)

    def flow_as(self, expected: list[list[Sheet]]) -> _Flow | None:
        """Lay the sheets out with these breaks; return none where `flow` would or might choose others.

        The renderer alone never breaks inside a sheet that has room on a page: so where some are broken, it is not as
        the renderer breaks them, and `flow` would lay them out twice.
        """
        if not all(expected) or all(page[0].anchor for page in expected):
            return None
        pages = self.typesetter.lay_out(self._html(expected), ELEMENTS)
        if len(pages) != len(expected):
            return None
        measured = of_planned_pages(pages, expected, self._beginning)
        if not self._whole(measured) or self.paginated(self._sheets, measured) != expected:
            return None
        return _Flow(self, pages, measured, self._sheets)

    def _whole(self, measured: MeasuredSheets) -> bool:
        """Whether each sheet has room on a page, below the headings that it has."""
        above = {**measured.headings, self._sheets[0].anchor: measured.space.page - measured.space.first}
        return all(
            above.get(sheet.anchor, 0.0) + heights.part(0, heights.count) <= measured.space.page
            for sheet, heights in zip(self._sheets, measured.heights, strict=True)
        )

    def _flow_in_pieces(self) -> _Flow:
        (empty,) = self.typesetter.measure(self._html([]))
        sheets, measured = self._measured(empty.content_area.height - _ROUNDING)
        planned = self.paginated(sheets, measured)
        texts = [
            self._html(planned[start:end], first=not start, last=end >= len(planned))
            for start in range(0, len(planned), _PAGES_TOGETHER)
            for end in (start + _PAGES_TOGETHER,)
        ]
        pieces = self.typesetter.all([partial(self.typesetter.lay_out, html) for html in texts])
        return _Flow(self, [page for piece in pieces for page in piece], measured, sheets)

    def paginated(self, sheets: Sequence[Sheet], measured: MeasuredSheets) -> list[list[Sheet]]:
        """Return the sheets of each page."""
        heights, space, headings = measured
        worth_breaking = space.page * _WORTH_BREAKING
        return paginate(sheets, heights, space, self.views[0].continued, headings, worth_breaking)

    def with_heads(self, pages: Sequence[Page]) -> list[SheetPage]:
        """Return the pages, each with the first sheets that begin on it, or the one that goes on."""
        found: list[SheetPage] = []
        for page in pages:
            begun = next((view for view in self.views if view.sheets[0].anchor in page.anchors), None)
            part = begun or (found[-1].part if found else self.views[0])
            found.append(SheetPage(page, part, continued=begun is None and bool(found)))
        return found

    def _keeps_together(self, pages: Sequence[Page]) -> bool:
        """Whether every sheet is on one page, and the first one of each measure below its headings."""
        if any(sum(sheet.anchor in page.anchors for page in pages) != 1 for sheet in self._sheets):
            return False
        first, *others = self.views
        return first.sheets[0].anchor in pages[0].anchors and all(
            heading.anchor in page.anchors
            for view in others
            for page in pages
            if view.sheets[0].anchor in page.anchors
            for heading in view.headings
            if heading.anchor
        )

    def _first_anchors(self, pages: Sequence[Page]) -> list[str]:
        """Return the anchor of the first sheet of each page; each of them is on one."""
        anchors = [sheet.anchor for sheet in self._sheets]
        return [next((anchor for anchor in anchors if anchor in page.anchors), "") for page in pages]

    def _measured(self, page_height: float) -> tuple[list[Sheet], MeasuredSheets]:
        """Return the sheets with texts that fit on pages, and what they measure."""
        sheets, continued = self._sheets, self.views[0].continued
        while True:
            pieces = in_pieces(sheets, continued) if self.in_pieces else [sheets]
            measured = joined(
                pieces, self.typesetter.all([partial(self._measured_piece, piece, page_height) for piece in pieces])
            )
            split = split_texts(sheets, measured.heights, measured.space, continued)
            if split == sheets:
                return sheets, measured
            sheets = split

    def _measured_piece(self, sheets: Sequence[Sheet], page_height: float) -> MeasuredSheets:
        again = [head_again(sheet, self.views[0].continued) for sheet in sheets]
        (page,) = self.typesetter.measure(self._html([sheets, again], measuring=True), ELEMENTS)
        return of_endless_page(page, sheets, self._beginning, page_height)

    def _html(
        self, pages: Sequence[Sequence[Sheet]], *, measuring: bool = False, first: bool = True, last: bool = True
    ) -> str:
        columns, room = self.views[0].columns, self.style.room
        years = room_taken(columns)
        width = room.sheets_wide if on_the_long_side(columns) else room.sheets
        layout = next((layout for most, layout in _LAYOUTS.items() if years <= most), _MANY_YEARS)
        return self.templates.render(
            "pdf/sheets.html.j2",
            view=self.views[0],
            beginning={view.sheets[0].anchor: view for view in self.views},
            sample=self.sample,
            pages=pages,
            layout=f"{layout} {heads(columns, width)}".strip(),
            style=self.style,
            grown=self.grown,
            measuring=measuring,
            first=first,
            last=last,
        )
