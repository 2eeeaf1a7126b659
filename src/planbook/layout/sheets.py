"""Sheets → pages: they flow as they fit, and planbook breaks those that are higher than a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.sheet_pages import Heights, Space, head_again, paginate, split_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.html.templates import Templates
    from planbook.pdf import Page, Typesetter
    from planbook.views.sheets import MeasureSheets, SampleSheet, Sheet

STYLESHEETS = ("css/sheets.css",)

# Layouts of css/sheets.css, and up to how many years each is for: four of them have 33 mm each on an upright page.
_LAYOUTS = {1: "sheets one-year", 2: "sheets two-years", 4: "sheets", 7: "sheets-wide"}
_MANY_YEARS = "sheets-dense"
# Heights are sums of lengths that the renderer rounds: a page keeps one pixel free.
_ROUNDING = 1.0


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A laid-out page, and what its running head says. `continued`: its measure began on a page before."""

    page: Page
    policy: str
    measure: str
    continued: bool


def lay_out_sheets(view: MeasureSheets, templates: Templates, typesetter: Typesetter) -> list[SheetPage]:
    """Return the pages of one measure.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    return _Section(view, None, templates, typesetter).pages()


def lay_out_sample(sample: SampleSheet, templates: Templates, typesetter: Typesetter) -> list[SheetPage]:
    """Return the pages of the sample sheet with its notes. Everything else is as for `lay_out_sheets`."""
    return _Section(sample.sheets, sample, templates, typesetter).pages()


@dataclass(frozen=True, slots=True)
class _Section:
    view: MeasureSheets
    sample: SampleSheet | None
    templates: Templates
    typesetter: Typesetter

    def pages(self) -> list[SheetPage]:
        # Nearly all sheets fit on a page: heights are only read where one does not, which saves half of the time.
        pages = self.typesetter.lay_out(self._html([self.view.sheets]))
        if not self._keeps_together(pages):
            broken = self._broken(pages[0].content_area.height - _ROUNDING)
            pages = self.typesetter.lay_out(self._html(broken))
        policy, measure = str(self.view.policy), str(self.view.measure)
        return [SheetPage(page, policy, measure, continued=at > 0) for at, page in enumerate(pages)]

    def _keeps_together(self, pages: Sequence[Page]) -> bool:
        """Whether every sheet is on one page, and the first one below its headings."""
        first, *others = (sheet.anchor for sheet in self.view.sheets)
        return first in pages[0].anchors and all(
            sum(anchor in page.anchors for page in pages) == 1 for anchor in (first, *others)
        )

    def _broken(self, page_height: float) -> list[list[Sheet]]:
        """Return the sheets of each page, with those that are higher than a page in parts."""
        sheets, continued = list(self.view.sheets), self.view.continued
        while True:
            heights, top, gap = self._measure(sheets)
            space = Space(page_height, page_height - top, gap)
            split = split_texts(sheets, heights, space, continued)
            if split == sheets:
                return paginate(sheets, heights, space, continued)
            sheets = split

    def _measure(self, sheets: Sequence[Sheet]) -> tuple[list[Heights], float, float]:
        """Return the heights of sheets, the height of the headings above them, and the gap between two."""
        again = [head_again(sheet, self.view.continued) for sheet in sheets]
        html = self._html([sheets, again], measuring=True)
        (page,) = self.typesetter.measure(html, ("section", "caption", "tr"))
        blocks = [extent for name, extent in page.extents if name == "section"]
        parts = (extent for name, extent in page.extents if name != "section")
        measured = [
            (
                next(parts).height,
                tuple(next(parts).height for _ in sheet.fields),
                next(parts).height,
                tuple(next(parts).height for _ in sheet.rows),
            )
            for sheet in sheets
        ]
        heights = [Heights(name, next(parts).height, fields, years, rows) for name, fields, years, rows in measured]
        gap = blocks[1].top - blocks[0].top - blocks[0].height if len(sheets) > 1 else 0.0
        return heights, blocks[0].top - page.content_area.top, gap

    def _html(self, pages: Sequence[Sequence[Sheet]], *, measuring: bool = False) -> str:
        years = len(self.view.years)
        layout = next((layout for most, layout in _LAYOUTS.items() if years <= most), _MANY_YEARS)
        return self.templates.render(
            "pdf/sheets.html.j2", view=self.view, sample=self.sample, pages=pages, layout=layout, measuring=measuring
        )
