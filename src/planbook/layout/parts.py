"""The pages of each part of the book, laid out by its name. What has been laid out once is not laid out again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planbook.layout.contents import contents_breaks
from planbook.layout.department_index import lay_out_index
from planbook.layout.list_tables import row_pages
from planbook.layout.page_widths import page_widths
from planbook.layout.pages import BookPage, is_chapter
from planbook.layout.sheet_groups import grouped
from planbook.layout.sheets import SheetStyle, lay_out_sample, lay_out_sheets
from planbook.layout.system_table import break_system_table
from planbook.views import sheets
from planbook.views.colophon import NAME as COLOPHON
from planbook.views.colophon import colophon
from planbook.views.contents import contents, cuts, listed_parts, some_lines
from planbook.views.cover import cover as make_cover
from planbook.views.department_index import department_index
from planbook.views.figures_table import figures_table, has_figures
from planbook.views.indicators import has_indicators, indicators_table
from planbook.views.numbering import bracketed
from planbook.views.sample_sheet import sample_sheet
from planbook.views.selection import WHOLE
from planbook.views.system_table import system_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from planbook.html.templates import Templates
    from planbook.layout.contents import ContentsBreaks
    from planbook.layout.list_tables import Rows
    from planbook.layout.sheet_groups import SheetGroup
    from planbook.layout.sheets import SheetPage
    from planbook.pdf import Request, Typesetter
    from planbook.plan.book import Chapter
    from planbook.plan.model import Plan
    from planbook.project.publication import Progress, Publication
    from planbook.views.colophon import ColophonPage
    from planbook.views.contents import Contents, Part
    from planbook.views.page_widths import PageWidths
    from planbook.views.selection import Selection
    from planbook.views.system_table import SystemTable

REFERRING: tuple[str, ...] = ("indicators", "figures", "index", "contents")
"""What prints the page numbers of other parts."""

Piece: TypeAlias = "Callable[[], list[BookPage]]"
"""Lays out a piece of a part that begins with a page of its own."""


@dataclass(frozen=True, slots=True)
class BookJob:
    """A document to print: which parts, of what."""

    plan: Plan
    document: Publication
    parts: Sequence[str]
    selection: Selection
    progress: Progress

    @property
    def raised(self) -> int:
        """By how many levels headings stand higher than below the title on the cover."""
        return 0 if "cover" in self.parts else 1

    @property
    def partial(self) -> bool:
        """Whether there are no sheets for the other parts to lead to."""
        return "sheets" not in self.parts


class _Known(NamedTuple):
    """What was laid out before: the view it was made from, its pages, and what was asked of the typesetter for them."""

    view: object
    pages: list[BookPage]
    requests: Collection[Request]


class Parts:
    """Lays out parts with one set of templates."""

    def __init__(self, templates: Templates, typesetter: Typesetter) -> None:
        self._templates = templates
        self._typesetter = typesetter
        self._known: dict[str, _Known] = {}
        self._used: set[str] = set()

    @cached_property
    def _room(self) -> PageWidths:
        return page_widths(self._templates, self._typesetter)

    def knows(self, name: str) -> bool:
        """Whether what has this name was laid out before."""
        return name in self._known

    def pieces(self, part: str, job: BookJob) -> list[Piece]:  # noqa: PLR0911 - one for each part
        """Return what lays out a part that prints no page numbers; one that has nothing to show has no pieces."""
        plan, selection = job.plan, job.selection
        tools = (self._templates, self._typesetter)
        if part == COLOPHON:
            end = colophon(plan)
            return [partial(self._once, part, end, partial(self._bare, end))]
        if is_chapter(part):
            chapter = plan.chapters[part]
            return [partial(self._once, part, chapter, partial(self._chapter, chapter))]
        match part:
            case "cover":
                view = make_cover(plan, selection)
                return [partial(self._once, part, view, partial(self.simple, part, view))]
            case "system-table":
                table = system_table(plan, links=True, selection=selection)
                return [partial(self._once, part, table, partial(self._system_table, table))]
            case "sample-sheet":
                sample = sample_sheet(plan, self._room) if selection == WHOLE else None
                if sample is None:
                    return []
                style = SheetStyle(plan.book.style == "book", room=self._room)
                lay_out = partial(lay_out_sample, sample, *tools, style)
                return [partial(self._once, part, (sample, plan.book), partial(_with_heads, lay_out, plan, None))]
            case "sheets":
                return [
                    partial(
                        self._once,
                        group.parts[0].sheets[0].anchor,
                        (group, plan.title, plan.book),
                        partial(_with_heads, partial(lay_out_sheets, group.parts, *tools, group.style), plan, group),
                        whole=True,
                    )
                    for group in grouped(sheets.sheets(plan, selection, self._room), plan.book, self._room)
                ]
            case _:
                raise AssertionError(part)

    def _once(self, name: str, view: object, lay_out: Piece, *, whole: bool = False) -> list[BookPage]:
        """Return the pages of what has a name: those of the last time, if it looks as it did then.

        Where it changes next time, most sections of a list are the same again; of what is laid out `whole` none is.
        """
        self._used.add(name)
        if name not in self._known or self._known[name].view != view:
            with self._typesetter.noting() as requests:
                pages = lay_out()
            self._known[name] = _Known(view, pages, () if whole else requests)
        self._typesetter.keep(self._known[name].requests)
        return self._known[name].pages

    def forget_unused(self) -> None:
        self._known = {name: known for name, known in self._known.items() if name in self._used}
        self._used.clear()

    def _system_table(self, table: SystemTable) -> list[BookPage]:
        pages = break_system_table(table, self._templates, self._typesetter)
        return [BookPage(page.page) for page in self._typesetter.all(pages)]

    def _bare(self, end: ColophonPage) -> list[BookPage]:
        return [replace(book_page, bare=True) for book_page in self.simple(COLOPHON, end)]

    def _chapter(self, chapter: Chapter) -> list[BookPage]:
        html = self._templates.render("pdf/chapter.html.j2", view=chapter)
        pages = self._typesetter.lay_out(html)
        return [BookPage(page, chapter.title if at else "") for at, page in enumerate(pages)]

    def referring(self, part: str, job: BookJob, pages: Mapping[str, str]) -> list[BookPage]:
        """Lay out a part that prints page numbers; one that has nothing to show has no pages."""
        plan, selection = job.plan, job.selection
        match part:
            case "contents":
                parts = [each for each in listed_parts(plan, job.parts).values() if each.anchor in pages]
                view = contents(plan, parts, pages, selection)
                return self._once(part, view, partial(self._contents, job, parts, view))
            case "figures":
                figures = figures_table(plan, pages, selection, self._room)
                return self._once(part, figures, partial(self._titled, "figures-table", figures)) if figures else []
            case "indicators":
                indicators = indicators_table(plan, pages, selection, self._room)
                if indicators is None:
                    return []
                return self._once(part, indicators, partial(self._titled, "indicators-table", indicators))
            case "index":
                index = department_index(plan, pages, selection)
                if not index.departments:
                    return []
                tools = (self._templates, self._typesetter)
                return self._once(part, index, partial(lay_out_index, index, plan.labels.continued, *tools))
            case _:
                raise AssertionError(part)

    def _titled(self, name: str, view: Rows) -> list[BookPage]:
        """Lay out a list whose title is the running head of its further pages."""
        pages = row_pages(f"pdf/{name}.html.j2", view, self._templates, self._typesetter)
        return [BookPage(page, view.title if at else "") for at, page in enumerate(pages)]

    def _contents(self, job: BookJob, parts: Sequence[Part], view: Contents) -> list[BookPage]:
        breaks = self._contents_breaks(job, parts)
        if breaks.closer:
            closer = self.simple("contents", replace(view, compact=True))
            if len(closer) == 1:
                return closer
        spans = pairwise([0, *breaks.starts, len(cuts(view))]) if breaks.starts else ()
        tasks = [partial(self.simple, "contents", some_lines(view, *span)) for span in spans]
        pages = [page for own in self._typesetter.all(tasks) for page in own]
        # Where it did not come out as computed, the renderer breaks them by itself.
        return pages if pages and len(pages) == len(tasks) else self.simple("contents", view)

    def measured_contents(self, job: BookJob) -> list[BookPage]:
        """Measure the contents as they will most probably be: their lines are known before their page numbers."""
        empty = {
            *(() if has_figures(job.plan, job.selection) else ("figures",)),
            *(() if has_indicators(job.plan, job.selection) else ("indicators",)),
            *(() if job.plan.departments else ("index",)),
        }
        parts = [each for part, each in listed_parts(job.plan, job.parts).items() if part not in empty]
        self._contents_breaks(job, parts)
        return []

    def _contents_breaks(self, job: BookJob, parts: Sequence[Part]) -> ContentsBreaks:
        # Page numbers take no room of the lines.
        return contents_breaks(contents(job.plan, parts, None, job.selection), self._templates, self._typesetter)

    def simple(self, name: str, view: object) -> list[BookPage]:
        """Lay out a part that the renderer breaks into pages by itself."""
        html = self._templates.render(f"pdf/{name}.html.j2", view=view)
        return [BookPage(page) for page in self._typesetter.lay_out(html)]


def _with_heads(lay_out: Callable[[], Sequence[SheetPage]], plan: Plan, group: SheetGroup | None) -> list[BookPage]:
    """Give the pages of sheets their running heads, and in a book the marks of the thumb index."""
    continued = bracketed(plan.labels.continued)
    pages: list[BookPage] = []
    for page in lay_out():
        headings = [str(heading) for heading in page.part.headings]
        again = continued if page.continued and headings else ""
        last = f"{headings[-1] if headings else ''}{again}"
        if plan.book.style == "book":
            pages.append(BookPage(page.page, plan.title, last, group.tab if group else None))
        elif pages:
            # The form has its title on every page.
            pages.append(BookPage(page.page, page.part.title, last))
        else:
            pages.append(BookPage(page.page, f"{page.part.running_head}{again}"))
    return pages
