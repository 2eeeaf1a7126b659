"""Sheets → pages: they flow as they fit, and planbook breaks those that are higher than a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planbook.views.sheet_pages import Heights, Space, head_again, paginate, split_texts
from planbook.views.sheets import room_taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Page, Typesetter
    from planbook.pdf.page import Extent
    from planbook.views.sheet_records import Field, SampleSheet, SectionSheets, Sheet

STYLESHEETS = ("css/sheets.css",)

# Layouts of css/sheets.css, and up to how many years each is for: four of them have 33 mm each on an upright page.
_LAYOUTS = {1: "sheets one-year", 2: "sheets two-years", 4: "sheets", 7: "sheets-wide"}
_MANY_YEARS = "sheets-dense"
# Heights are sums of lengths that the renderer rounds: a page keeps one pixel free.
_ROUNDING = 1.0
_MOST_GROWN = {1: 3, 2: 3}
_GROWN = 2
"""By how many half points type may grow: with more columns these hold too little of a line."""
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

    `colour` is the number of the policy's colour.
    """

    book: bool = False
    flowing: bool = False
    colour: int = 1


def lay_out_sheets(
    measures: Sequence[SectionSheets], templates: Templates, typesetter: Typesetter, style: SheetStyle | None = None
) -> list[SheetPage]:
    """Return the pages of measures that follow each other, with type that grows where the pages have room for it.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    most = _MOST_GROWN.get(room_taken(measures[0].columns), _GROWN)
    section = _Section(tuple(measures), None, style or SheetStyle(), templates, typesetter)
    largest = replace(section, grown=most)
    if largest.count() == 1:
        return largest.pages()
    usual = section.count()
    sizes = (replace(section, grown=grown) for grown in range(most, 0, -1))
    return next((each for each in sizes if each.count() == usual), section).pages()


def lay_out_sample(
    sample: SampleSheet, templates: Templates, typesetter: Typesetter, style: SheetStyle | None = None
) -> list[SheetPage]:
    """Return the pages of the sample sheet with its notes. Everything else is as for `lay_out_sheets`."""
    return _Section((sample.sheets,), sample, style or SheetStyle(), templates, typesetter).pages()


@dataclass(frozen=True, slots=True)
class _Section:
    views: tuple[SectionSheets, ...]
    sample: SampleSheet | None
    style: SheetStyle
    templates: Templates
    typesetter: Typesetter
    grown: int = 0

    @property
    def _sheets(self) -> list[Sheet]:
        return [sheet for view in self.views for sheet in view.sheets]

    def pages(self) -> list[SheetPage]:
        if self.style.flowing and self.sample is None:
            return self._with_heads(self.typesetter.lay_out(self._html(self._flowing())))
        # Nearly all sheets fit on a page: heights are only read where one does not, which saves half of the time.
        pages = self.typesetter.lay_out(self._html([self._sheets]))
        if not self._keeps_together(pages):
            broken = self._broken(pages[0].content_area.height - _ROUNDING)
            pages = self.typesetter.lay_out(self._html(broken))
        return self._with_heads(pages)

    def count(self) -> int:
        """Return how many pages there are; of those that flow without laying them out."""
        return len(self._flowing()) if self.style.flowing else len(self.pages())

    def _flowing(self) -> list[list[Sheet]]:
        (empty,) = self.typesetter.measure(self._html([]))
        return self._broken(empty.content_area.height - _ROUNDING)

    def _with_heads(self, pages: Sequence[Page]) -> list[SheetPage]:
        """Return the pages, each with the first sheets that begin on it, or the one that goes on."""
        found: list[SheetPage] = []
        for page in pages:
            begun = next((view for view in self.views if view.sheets[0].anchor in page.anchors), None)
            part = begun or (found[-1].part if found else self.views[0])
            found.append(SheetPage(page, part, continued=begun is None and bool(found)))
        return found

    def _keeps_together(self, pages: Sequence[Page]) -> bool:
        """Whether every sheet is on one page, and the first one below its headings."""
        first, *others = (sheet.anchor for sheet in self._sheets)
        return first in pages[0].anchors and all(
            sum(anchor in page.anchors for page in pages) == 1 for anchor in (first, *others)
        )

    def _broken(self, page_height: float) -> list[list[Sheet]]:
        """Return the sheets of each page, with those that are higher than a page in parts."""
        sheets, continued = self._sheets, self.views[0].continued
        worth_breaking = page_height * _WORTH_BREAKING if self.style.flowing else page_height
        while True:
            heights, space, headings = self._measure(sheets, page_height)
            split = split_texts(sheets, heights, space, continued)
            if split == sheets:
                return paginate(sheets, heights, space, continued, headings, worth_breaking)
            sheets = split

    def _measure(self, sheets: Sequence[Sheet], page_height: float) -> tuple[list[Heights], Space, dict[str, float]]:
        """Return the heights of sheets, the room that they have, and the heights of headings that follow the first."""
        again = [head_again(sheet, self.views[0].continued) for sheet in sheets]
        html = self._html([sheets, again], measuring=True)
        (page,) = self.typesetter.measure(html, ("header", "section", "caption", "tr"))
        blocks = [extent for name, extent in page.extents if name == "section"]
        parts = _parts_of_sections(page.extents)
        names_again = [next(own).height for own in parts[len(sheets) :]]
        heights = [
            Heights(
                next(own).height,
                name_again,
                tuple(_height_of(field, own) for field in sheet.fields),
                next(own).height,
                tuple(next(own).height for _ in sheet.rows),
            )
            for sheet, own, name_again in zip(sheets, parts, names_again, strict=False)
        ]
        between = [below.top - above.top - above.height for above, below in pairwise(blocks)]
        # Between the heads that are there again nothing else stands.
        gap = between[len(sheets)] if len(sheets) > 1 else 0.0
        beginning = {view.sheets[0].anchor for view in self.views[1:]}
        headings = {
            sheet.anchor: before - gap
            for sheet, before in zip(sheets[1:], between, strict=False)
            if sheet.anchor in beginning
        }
        top = blocks[0].top
        title = next((top - each.top for name, each in page.extents if name == "header" and each.top < top), 0.0)
        # Headings that are longer than a page go on in the next one.
        first = page_height - (top - page.content_area.top) % page_height
        return heights, Space(page_height, first, gap, title), headings

    def _html(self, pages: Sequence[Sequence[Sheet]], *, measuring: bool = False) -> str:
        years = room_taken(self.views[0].columns)
        layout = next((layout for most, layout in _LAYOUTS.items() if years <= most), _MANY_YEARS)
        return self.templates.render(
            "pdf/sheets.html.j2",
            view=self.views[0],
            beginning={view.sheets[0].anchor: view for view in self.views},
            sample=self.sample,
            pages=pages,
            layout=layout,
            style=self.style,
            grown=self.grown,
            measuring=measuring,
        )


def _parts_of_sections(extents: Sequence[tuple[str, Extent]]) -> list[Iterator[Extent]]:
    """Return for each section the captions and rows from there to the next: its own, and then those of headings."""
    parts: list[list[Extent]] = []
    for name, extent in extents:
        if name == "section":
            parts.append([])
        elif name != "header" and parts:
            parts[-1].append(extent)
    return [iter(own) for own in parts]


def _height_of(field: Field, parts: Iterator[Extent]) -> float:
    """Return the height of the row of a field. The rows of its table, if it has one, come behind it."""
    height = next(parts).height
    for _ in range(1 + len(field.table.rows)) if field.table else ():
        next(parts)
    return height
