"""The PDF documents: their parts in order, laid out, numbered and written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from planbook.errors import LayoutError
from planbook.layout.contents import contents_breaks
from planbook.layout.pages import BookPage, anchors_of, front_matter, is_chapter, numbered
from planbook.layout.sheet_groups import grouped
from planbook.layout.sheets import SheetStyle, lay_out_sample, lay_out_sheets
from planbook.layout.system_table import break_system_table
from planbook.pdf import Typesetter
from planbook.pdf.crop_marks import MILLIMETRE
from planbook.pdf.house_style import house_style_problems
from planbook.project.publication import FileFormat, Output, Publication
from planbook.typography.eras import month
from planbook.views import sheets
from planbook.views.book_parts import chosen_parts
from planbook.views.colophon import NAME as COLOPHON
from planbook.views.colophon import colophon
from planbook.views.contents import broken, contents, listed_parts
from planbook.views.cover import cover as make_cover
from planbook.views.department_index import department_index
from planbook.views.figures_table import figures_table, has_figures
from planbook.views.indicators import has_indicators, indicators_table
from planbook.views.numbering import bracketed
from planbook.views.page_numbers import page_labels
from planbook.views.selection import WHOLE, Selection
from planbook.views.stamps import LateText, Stamp, stamps_of
from planbook.views.system_table import system_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planbook.html.templates import Templates
    from planbook.layout.contents import ContentsBreaks
    from planbook.layout.pages import Anchors, PagesOfParts
    from planbook.layout.sheet_groups import SheetGroup
    from planbook.layout.sheets import SheetPage
    from planbook.pdf import Page
    from planbook.plan.chapter import Chapter
    from planbook.plan.model import Plan
    from planbook.project.publication import Progress
    from planbook.views.colophon import Colophon
    from planbook.views.contents import Contents, Part
    from planbook.views.department_index import DepartmentIndex
    from planbook.views.page_numbers import PageLabel
    from planbook.views.system_table import SystemTable

STYLESHEETS = ("css/base.css", "css/system-table.css", "css/sheets.css", "css/book.css", "css/house-style.css")

_REFERRING: tuple[str, ...] = ("indicators", "figures", "index", "contents")
"""What prints the page numbers of other parts."""

_STAMPED_TOGETHER = 16
"""Pages: enough of them that beginning anew costs little, few enough for all processors."""

_MOST_PASSES = 5
"""Page numbers have columns of their own, so they do not change the number of pages: one or two passes settle them."""

_BLEEDS = {"none": 0.0, "3mm": 3 * MILLIMETRE, "5mm": 5 * MILLIMETRE}


_Piece: TypeAlias = "Callable[[], list[BookPage]]"
"""Lays out a piece of a part that begins with a page of its own."""


@dataclass(frozen=True, slots=True)
class _Job:
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


class Press:
    """Prints plans with one set of templates. What has been laid out once is not laid out again."""

    def __init__(self, templates: Templates, processes: int = 1) -> None:
        self._templates = templates
        _check_house_style(templates)
        self._typesetter = Typesetter(templates.read_all(STYLESHEETS), templates.folders, processes)
        self._known: dict[str, tuple[object, list[BookPage]]] = {}
        self._used: set[str] = set()

    def print(
        self, plan: Plan, documents: Sequence[Publication], progress: Progress, selection: Selection = WHOLE
    ) -> list[Output]:
        """Return the PDF of each document, of the whole plan or of a part of it.

        Raises:
            LayoutError: the renderer warned.
            TemplateError: a template of the plan's own can not be used.

        """
        jobs = [_Job(plan, document, _parts(document, plan, selection), selection, progress) for document in documents]
        laid_out: PagesOfParts = {}
        with self._typesetter.in_processes():
            bound = [self._bind(job, laid_out) for job in jobs]
        self._forget_unused()
        return [
            Output(job.document, FileFormat.PDF, self._write(job, pages, front), len(pages))
            for job, (pages, front) in zip(jobs, bound, strict=True)
        ]

    def _write(self, job: _Job, pages: Sequence[Page], front: int) -> bytes:
        plan = job.plan
        part = job.selection.title(plan)
        return self._typesetter.write(
            pages,
            title=_title(job.document, plan) + (bracketed(part) if part else ""),
            author=plan.municipality,
            subject=f"{plan.municipality} {month(plan.date)}",
            date=dt.date(plan.date.year, plan.date.month, 1),
            front=front,
            raised=job.raised,
            partial=job.partial,
            bleed=_BLEEDS[plan.book.bleed],
        )

    def _bind(self, job: _Job, laid_out: PagesOfParts) -> tuple[list[Page], int]:
        """Return all pages of a document, and how many of them are front matter.

        First those parts are laid out that print no page numbers, then the others until all numbers are right. Those
        that print none are the same in every document: `laid_out` are the ones there are, and more are added.
        """
        self._lay_out(job, laid_out)
        pages = {part: laid_out[part] for part in job.parts if part in laid_out}
        for _ in range(_MOST_PASSES):
            referring, given = self._lay_out_referring(job, pages)
            pages |= referring
            numbers = numbered(job.parts, anchors_of(pages))
            if all(each.items() <= numbers.items() for each in given):
                break
        else:
            raise LayoutError("ページ番号が定まりません。book の parts の並びを変えてみてください。")
        bound = [book_page for part in job.parts for book_page in pages[part]]
        if job.plan.book.pages == "even" and len(bound) % 2 and job.document is Publication.PLAN:
            # The last page stays the last: an empty one stands before the colophon.
            empty = [replace(book_page, bare=True) for book_page in self._simple("blank", None)]
            bound[len(bound) - len(pages.get(COLOPHON, ())) : len(bound) - len(pages.get(COLOPHON, ()))] = empty
        front = front_matter(job.parts)
        cover = len(pages["cover"]) if "cover" in front else 0
        others = sum(len(pages[part]) for part in front if part != "cover")
        labels = page_labels(cover=cover, front=others, body=len(bound) - cover - others)
        stage = bracketed(job.plan.stage) if job.plan.stage else ""
        return self._stamped(bound, labels, stage, numbers), sum(label.front for label in labels)

    def _stamped(
        self, pages: Sequence[BookPage], labels: Sequence[PageLabel], stage: str, numbers: Mapping[str, str]
    ) -> list[Page]:
        late = [_late_texts(book_page, numbers) for book_page in pages]
        stamps = [
            Stamp(
                book_page.page.width,
                book_page.page.height,
                book_page.head,
                "" if book_page.bare else label.footer,
                book_page.head_right,
                stage if label.footer and not book_page.bare else "",
                # In an open book even pages lie left.
                book_page.tab and replace(book_page.tab, left=number % 2 == 0),
                texts,
            )
            for number, (book_page, label, texts) in enumerate(zip(pages, labels, late, strict=True), 1)
        ]

        def stamped(start: int) -> list[Page]:
            some = slice(start, start + _STAMPED_TOGETHER)
            html = self._templates.render("pdf/stamps.html.j2", view=stamps_of(stamps[some]))
            told = [
                book_page.page.saying({text.target: text.text for text in texts})
                for book_page, texts in zip(pages[some], late[some], strict=True)
            ]
            return self._typesetter.stamp(told, html)

        pieces = self._typesetter.all([partial(stamped, start) for start in range(0, len(pages), _STAMPED_TOGETHER)])
        return [page for piece in pieces for page in piece]

    def _lay_out(self, job: _Job, laid_out: PagesOfParts) -> None:
        """Lay out all that prints no page numbers, all at once where there are several processors."""
        missing = [part for part in job.parts if part not in _REFERRING and part not in laid_out]
        # What takes longest comes first: the table is measured before it is laid out.
        pieces = [
            (part, piece)
            for part in sorted(missing, key=lambda part: part != "system-table")
            for piece in self._pieces(part, job)
        ]
        tasks: list[Callable[[], list[BookPage]]] = [piece for _, piece in pieces]
        if "contents" in job.parts and "contents" not in self._known:
            tasks.append(partial(self._measured_contents, job))
        laid_out |= {part: [] for part in missing}

        def report(done: int) -> None:
            job.progress(job.plan.title, done, len(tasks))

        for (part, _), pages in zip(pieces, self._typesetter.all(tasks, report), strict=False):
            laid_out[part] += pages

    def _lay_out_referring(self, job: _Job, pages: PagesOfParts) -> tuple[PagesOfParts, list[Mapping[str, str]]]:
        """Lay out all that prints page numbers; return it, and the numbers that it was given: those known by then."""
        known = anchors_of(pages)
        given: list[Mapping[str, str]] = []

        def one(part: str, anchors: Anchors) -> PagesOfParts:
            if part not in job.parts:
                return {}
            numbers = numbered(job.parts, anchors)
            given.append(numbers)
            return {part: self._referring(part, job, numbers)}

        def lists_and_contents() -> PagesOfParts:
            # The contents have to know how many pages the lists take; of the index only its beginning counts.
            lists = one("indicators", known) | one("figures", known)
            index = listed_parts(job.plan, job.parts).get("index")
            begun: Anchors = {"index": [(index.anchor,)]} if index and job.plan.departments else {}
            return lists | one("contents", begun | known | anchors_of(lists))

        tasks: list[Callable[[], PagesOfParts]] = [partial(one, "index", known), lists_and_contents]
        indexed, others = self._typesetter.all(tasks)
        return indexed | others, given

    def _pieces(self, part: str, job: _Job) -> list[_Piece]:  # noqa: PLR0911 - one for each part
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
                return [partial(self._once, part, view, partial(self._simple, part, view))]
            case "system-table":
                table = system_table(plan, links=True, selection=selection)
                return [partial(self._once, part, table, partial(self._system_table, table))]
            case "sample-sheet":
                sample = sheets.sample_sheet(plan) if selection == WHOLE else None
                if sample is None:
                    return []
                lay_out = partial(lay_out_sample, sample, *tools, SheetStyle(plan.book.style == "book"))
                return [partial(self._once, part, (sample, plan.book), partial(_with_heads, lay_out, plan, None))]
            case "sheets":
                return [
                    partial(
                        self._once,
                        group.parts[0].sheets[0].anchor,
                        (group, plan.title, plan.book),
                        partial(_with_heads, partial(lay_out_sheets, group.parts, *tools, group.style), plan, group),
                    )
                    for group in grouped(sheets.sheets(plan, selection), plan.book)
                ]
            case _:
                raise AssertionError(part)

    def _once(self, name: str, view: object, lay_out: _Piece) -> list[BookPage]:
        """Return the pages of what has a name: those of the last time, if it looks as it did then."""
        self._used.add(name)
        if name not in self._known or self._known[name][0] != view:
            self._known[name] = view, lay_out()
        return self._known[name][1]

    def _forget_unused(self) -> None:
        self._known = {name: known for name, known in self._known.items() if name in self._used}
        self._used.clear()
        self._typesetter.forget_unused()

    def _system_table(self, table: SystemTable) -> list[BookPage]:
        pages = break_system_table(table, self._templates, self._typesetter)
        return [BookPage(page.page) for page in self._typesetter.all(pages)]

    def _bare(self, end: Colophon) -> list[BookPage]:
        return [replace(book_page, bare=True) for book_page in self._simple(COLOPHON, end)]

    def _chapter(self, chapter: Chapter) -> list[BookPage]:
        html = self._templates.render("pdf/chapter.html.j2", view=chapter)
        pages = self._typesetter.lay_out(html)
        return [BookPage(page, chapter.title if at else "") for at, page in enumerate(pages)]

    def _referring(self, part: str, job: _Job, pages: Mapping[str, str]) -> list[BookPage]:
        """Lay out a part that prints page numbers; one that has nothing to show has no pages."""
        plan, selection = job.plan, job.selection
        match part:
            case "contents":
                parts = [each for each in listed_parts(plan, job.parts).values() if each.anchor in pages]
                view = contents(plan, parts, pages, selection)
                return self._once(part, view, partial(self._contents, job, parts, view))
            case "figures":
                figures = figures_table(plan, pages, selection)
                return self._once(part, figures, partial(self._simple, "figures-table", figures)) if figures else []
            case "indicators":
                indicators = indicators_table(plan, pages, selection)
                if indicators is None:
                    return []
                return self._once(part, indicators, partial(self._simple, "indicators-table", indicators))
            case "index":
                index = department_index(plan, pages, selection)
                if not index.departments:
                    return []
                return self._once(part, index, partial(self._index, index, plan.labels.continued))
            case _:
                raise AssertionError(part)

    def _index(self, index: DepartmentIndex, continued: str) -> list[BookPage]:
        """Lay out the index; where a department goes on, its name is there again."""
        names = {department.anchor: f"{department.name}{bracketed(continued)}" for department in index.departments}
        pages: list[BookPage] = []
        last = ""
        for book_page in self._simple("department-index", index):
            begun = [place.target for place in book_page.page.awaited] or [last]
            goes_on = (last, names[last]) if last and begun[0] == last else None
            pages.append(replace(book_page, head=index.title if pages else "", goes_on=goes_on))
            last = begun[-1]
        return pages

    def _contents(self, job: _Job, parts: Sequence[Part], view: Contents) -> list[BookPage]:
        breaks = self._contents_breaks(job, parts)
        if breaks.closer:
            closer = self._simple("contents", replace(view, compact=True))
            if len(closer) == 1:
                return closer
        pages = self._simple("contents", broken(view, breaks.starts))
        # Where it did not come out as computed, the renderer breaks them by itself.
        return pages if len(pages) == len(breaks.starts) + 1 else self._simple("contents", view)

    def _measured_contents(self, job: _Job) -> list[BookPage]:
        """Measure the contents as they will most probably be: their lines are known before their page numbers."""
        empty = {
            *(() if has_figures(job.plan, job.selection) else ("figures",)),
            *(() if has_indicators(job.plan, job.selection) else ("indicators",)),
            *(() if job.plan.departments else ("index",)),
        }
        parts = [each for part, each in listed_parts(job.plan, job.parts).items() if part not in empty]
        self._contents_breaks(job, parts)
        return []

    def _contents_breaks(self, job: _Job, parts: Sequence[Part]) -> ContentsBreaks:
        # Page numbers take no room of the lines.
        return contents_breaks(contents(job.plan, parts, None, job.selection), self._templates, self._typesetter)

    def _simple(self, name: str, view: object) -> list[BookPage]:
        """Lay out a part that the renderer breaks into pages by itself."""
        html = self._templates.render(f"pdf/{name}.html.j2", view=view)
        return [BookPage(page) for page in self._typesetter.lay_out(html)]


def _late_texts(book_page: BookPage, numbers: Mapping[str, str]) -> tuple[LateText, ...]:
    """Return what is painted in the places that a page has kept for it."""
    goes_on = book_page.goes_on
    texts = dict([goes_on]) if goes_on else {anchor: f"p.{number}" for anchor, number in numbers.items()}
    return tuple(
        LateText(place.target, texts[place.target], place.left, place.top, place.height, name=bool(goes_on))
        for place in book_page.page.awaited
        if place.target in texts
    )


def _parts(document: Publication, plan: Plan, selection: Selection) -> Sequence[str]:
    match document:
        case Publication.PLAN:
            parts = chosen_parts(plan, chapters=selection == WHOLE)
            return (*parts, COLOPHON) if plan.book.colophon and selection == WHOLE else parts
        case Publication.SYSTEM_TABLE:
            return ("system-table",)
        case Publication.SHEETS:
            return ("sheets",)


def _check_house_style(templates: Templates) -> None:
    """Report what is wrong in a plan's own house style before it is reported for every place that uses it.

    Raises:
        LayoutError: something is; each line begins with file, line and column.

    """
    name = "css/house-style.css"
    own = templates.read(name)
    if problems := house_style_problems(own, templates.read("css/base.css"), f"templates/{name}"):
        raise LayoutError("\n".join(problems))


def _title(document: Publication, plan: Plan) -> str:
    match document:
        case Publication.PLAN:
            return plan.title
        case Publication.SYSTEM_TABLE:
            return plan.title + plan.system_table_title
        case Publication.SHEETS:
            return plan.title + plan.labels.sheets.title


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
