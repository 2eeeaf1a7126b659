"""The PDF documents: their parts in order, laid out, numbered and written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from planbook.errors import LayoutError
from planbook.layout.pages import BookPage, anchors_of, front_matter, numbered
from planbook.layout.parts import REFERRING, BookJob, Parts
from planbook.layout.stamping import stamped
from planbook.pdf import Typesetter
from planbook.pdf.crop_marks import MILLIMETRE
from planbook.pdf.house_style import house_style_problems
from planbook.pdf.house_style_rules import PageSources
from planbook.project.paths import HOUSE_STYLE
from planbook.project.publication import FileFormat, Output, Publication
from planbook.typography.era_labels import month
from planbook.views.colophon import NAME as COLOPHON
from planbook.views.contents import listed_parts
from planbook.views.numbering import bracketed
from planbook.views.page_numbers import page_labels
from planbook.views.selection import WHOLE, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planbook.html.templates import Templates
    from planbook.layout.pages import Anchors, PagesOfParts
    from planbook.pdf import Page
    from planbook.plan.model import Plan
    from planbook.project.publication import Progress

STYLESHEETS = ("css/base.css", "css/system-table.css", "css/sheets.css", "css/book.css")
"""What all books have; the paper's own and the house style come behind them."""

_MAX_PASSES = 5
"""Page numbers have columns of their own, so they do not change the number of pages: one or two passes settle them."""

_BLEEDS = {"none": 0.0, "3mm": 3 * MILLIMETRE, "5mm": 5 * MILLIMETRE}


class _Paper(NamedTuple):
    """A paper: what of the stylesheets it changes, and how many times larger than laid out it is printed."""

    stylesheets: tuple[str, ...] = ()
    enlarged: float = 1


# A3 is the book in large print: each page as a photocopier enlarges it (ISO 216).
_PAPERS = {"A4": _Paper(), "A3": _Paper(enlarged=2**0.5), "B5": _Paper(("css/paper-b5.css",))}


class BookPrinter:
    """Prints plans with one set of templates. What has been laid out once is not laid out again.

    Raises:
        LayoutError: there is something wrong in the house style.

    """

    def __init__(self, templates: Templates, processes: int = 1) -> None:
        self._templates = templates
        self._processes = processes
        self._load("A4")

    def _load(self, paper: str) -> None:
        """Set up for a paper: what was laid out for another is of no use."""
        own, enlarged = _PAPERS[paper]
        _check_house_style(self._templates, ("css/base.css", *own))
        css = self._templates.read_all((*STYLESHEETS, *own, HOUSE_STYLE))
        self._paper = paper
        self._typesetter = Typesetter(css, self._templates.folders, self._processes, enlarged=enlarged)
        self._parts = Parts(self._templates, self._typesetter)

    def print(
        self, plan: Plan, documents: Sequence[Publication], progress: Progress, selection: Selection = WHOLE
    ) -> list[Output]:
        """Return the PDF of each document, of the whole plan or of a part of it.

        Raises:
            LayoutError: the renderer warned.
            TemplateError: a template of the plan's own can not be used.

        """
        if plan.book.paper != self._paper:
            self._load(plan.book.paper)
        jobs = [
            BookJob(plan, document, _parts(document, plan, selection), selection, progress) for document in documents
        ]
        laid_out: PagesOfParts = {}
        with self._typesetter.in_processes():
            bound = [self._bind(job, laid_out) for job in jobs]
        self._parts.forget_unused()
        self._typesetter.forget_unused()
        return [
            Output(job.document, FileFormat.PDF, self._write(job, pages, front), len(pages))
            for job, (pages, front) in zip(jobs, bound, strict=True)
        ]

    def _write(self, job: BookJob, pages: Sequence[Page], front: int) -> bytes:
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

    def _bind(self, job: BookJob, laid_out: PagesOfParts) -> tuple[list[Page], int]:
        """Return all pages of a document, and how many of them are front matter.

        First those parts are laid out that print no page numbers, then the others until all numbers are right. Those
        that print none are the same in every document: `laid_out` are the ones there are, and more are added.
        """
        self._lay_out(job, laid_out)
        pages = {part: laid_out[part] for part in job.parts if part in laid_out}
        for _ in range(_MAX_PASSES):
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
            empty = [replace(book_page, bare=True) for book_page in self._parts.simple("blank", None)]
            bound[len(bound) - len(pages.get(COLOPHON, ())) : len(bound) - len(pages.get(COLOPHON, ()))] = empty
        front = front_matter(job.parts)
        cover = len(pages["cover"]) if "cover" in front else 0
        others = sum(len(pages[part]) for part in front if part != "cover")
        labels = page_labels(cover=cover, front=others, body=len(bound) - cover - others)
        stage = bracketed(job.plan.stage) if job.plan.stage else ""
        printed = stamped(bound, labels, stage, numbers, self._templates, self._typesetter)
        return printed, sum(label.front for label in labels)

    def _lay_out(self, job: BookJob, laid_out: PagesOfParts) -> None:
        """Lay out all that prints no page numbers, all at once where there are several processors."""
        missing = [part for part in job.parts if part not in REFERRING and part not in laid_out]
        # What takes longest comes first: the table is measured before it is laid out.
        pieces = [
            (part, piece)
            for part in sorted(missing, key=lambda part: part != "system-table")
            for piece in self._parts.pieces(part, job)
        ]
        tasks: list[Callable[[], list[BookPage]]] = [piece for _, piece in pieces]
        if "contents" in job.parts and not self._parts.knows("contents"):
            tasks.append(partial(self._parts.measured_contents, job))
        laid_out |= {part: [] for part in missing}

        def report(done: int) -> None:
            job.progress(job.plan.title, done, len(tasks))

        for (part, _), pages in zip(pieces, self._typesetter.all(tasks, report), strict=False):
            laid_out[part] += pages

    def _lay_out_referring(self, job: BookJob, pages: PagesOfParts) -> tuple[PagesOfParts, list[Mapping[str, str]]]:
        """Lay out all that prints page numbers; return it, and the numbers that it was given: those known by then."""
        known = anchors_of(pages)
        given: list[Mapping[str, str]] = []

        def one(part: str, anchors: Anchors) -> PagesOfParts:
            if part not in job.parts:
                return {}
            numbers = numbered(job.parts, anchors)
            given.append(numbers)
            return {part: self._parts.referring(part, job, numbers)}

        def lists_and_contents() -> PagesOfParts:
            # The contents have to know how many pages the lists take; of the index only its beginning counts.
            lists = one("indicators", known) | one("figures", known)
            index = listed_parts(job.plan, job.parts).get("index")
            begun: Anchors = {"index": [(index.anchor,)]} if index and job.plan.departments else {}
            return lists | one("contents", begun | known | anchors_of(lists))

        tasks: list[Callable[[], PagesOfParts]] = [partial(one, "index", known), lists_and_contents]
        indexed, others = self._typesetter.all(tasks)
        return indexed | others, given


def _parts(document: Publication, plan: Plan, selection: Selection) -> Sequence[str]:
    match document:
        case Publication.PLAN:
            parts = plan.book.part_names(plan.chapters if selection == WHOLE else ())
            return (*parts, COLOPHON) if plan.book.colophon and selection == WHOLE else parts
        case Publication.SYSTEM_TABLE:
            return ("system-table",)
        case Publication.SHEETS:
            return ("sheets",)


def _check_house_style(templates: Templates, variables: Sequence[str]) -> None:
    """Report what is wrong in a plan's own house style before it is reported for every place that uses it.

    The stylesheets `variables` have those that there are.

    Raises:
        LayoutError: something is; each line begins with file, line and column.

    """
    own = templates.read(HOUSE_STYLE)
    printed = PageSources(templates.texts(), templates.folders)
    if problems := house_style_problems(own, templates.read_all(variables), f"templates/{HOUSE_STYLE}", printed):
        raise LayoutError("\n".join(problems))


def _title(document: Publication, plan: Plan) -> str:
    match document:
        case Publication.PLAN:
            return plan.title
        case Publication.SYSTEM_TABLE:
            return plan.title + plan.system_table_title
        case Publication.SHEETS:
            return plan.title + plan.labels.sheets.title
