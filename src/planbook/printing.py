"""The PDF documents: their parts in order, laid out, numbered and written."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from planbook.contents_layout import contents_breaks
from planbook.failures import LayoutError
from planbook.outputs import Document, Format, Output
from planbook.pdf import Typesetter
from planbook.sheet_layout import lay_out_sample, lay_out_sheets
from planbook.system_table_layout import break_system_table
from planbook.views import sheets
from planbook.views.contents import broken, contents, listed_parts
from planbook.views.cover import cover
from planbook.views.department_index import department_index
from planbook.views.eras import month
from planbook.views.figures_table import figures_table
from planbook.views.numbering import bracketed
from planbook.views.page_labels import page_labels
from planbook.views.selection import WHOLE, Selection
from planbook.views.stamps import Stamp, stamps_of
from planbook.views.system_table import system_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from planbook.model import BookPart, Plan
    from planbook.outputs import Progress
    from planbook.pdf import Page
    from planbook.render import Templates
    from planbook.sheet_layout import SheetPage
    from planbook.system_table_layout import LaidOutPage
    from planbook.views.contents import Part
    from planbook.views.page_labels import PageLabel

STYLESHEETS = ("css/base.css", "css/system-table.css", "css/sheets.css", "css/book.css", "css/house-style.css")

_FRONT = ("cover", "contents")
"""What has roman numbers where the book begins with it."""

_REFERRING: tuple[BookPart, ...] = ("figures", "index", "contents")
"""What prints the page numbers of other parts."""

_STAMPED_TOGETHER = 64
"""Pages: enough of them that beginning anew costs little, few enough for all processors."""

_MOST_PASSES = 5
"""Page numbers have columns of their own, so they do not change the number of pages: two passes settle them."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A laid-out page, and the running head that it is to have."""

    page: Page
    head: str = ""


_Piece: TypeAlias = "Callable[[], list[Leaf]]"
"""Lays out a piece of a part that begins with a page of its own."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A document to print: which parts, of what."""

    plan: Plan
    parts: Sequence[BookPart]
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
        self._typesetter = Typesetter(templates.read_all(STYLESHEETS), templates.folders, processes)

    def print(
        self, plan: Plan, documents: Sequence[Document], progress: Progress, selection: Selection = WHOLE
    ) -> list[Output]:
        """Return the PDF of each document, of the whole plan or of a part of it.

        Raises:
            LayoutError: the renderer warned.
            TemplateError: a template of the plan's own can not be used.

        """
        outputs = []
        laid_out: dict[BookPart, list[Leaf]] = {}
        for document in documents:
            match document:
                case Document.PLAN:
                    title, parts = plan.title, plan.book.parts
                case Document.SYSTEM_TABLE:
                    title, parts = plan.title + plan.labels.table.title, ("system-table",)
                case Document.SHEETS:
                    title, parts = plan.title + plan.labels.sheets.title, ("sheets",)
            title += bracketed(part) if (part := selection.title(plan)) else ""
            job = _Job(plan, parts, selection, progress)
            leaves, labels = self._bind(job, laid_out)
            outputs.append(Output(document, Format.PDF, self._write(job, title, leaves, labels), len(leaves)))
        self._typesetter.forget_unused()
        return outputs

    def _write(self, job: _Job, title: str, leaves: Sequence[Leaf], labels: Sequence[PageLabel]) -> bytes:
        plan = job.plan
        return self._typesetter.write(
            self._stamped(leaves, labels),
            title=title,
            author=plan.municipality,
            subject=f"{plan.municipality} {month(plan.date)}",
            date=dt.date(plan.date.year, plan.date.month, 1),
            front=sum(label.front for label in labels),
            raised=job.raised,
            partial=job.partial,
        )

    def _stamped(self, leaves: Sequence[Leaf], labels: Sequence[PageLabel]) -> list[Page]:
        stamps = [
            Stamp(leaf.page.width, leaf.page.height, leaf.head, label.footer)
            for leaf, label in zip(leaves, labels, strict=True)
        ]
        pieces = []
        for start in range(0, len(leaves), _STAMPED_TOGETHER):
            some = slice(start, start + _STAMPED_TOGETHER)
            html = self._templates.render("pdf/stamps.html.j2", view=stamps_of(stamps[some]))
            pieces.append(partial(self._typesetter.stamp, [leaf.page for leaf in leaves[some]], html))
        self._typesetter.ahead(pieces)
        return [page for stamp in pieces for page in stamp()]

    def _bind(self, job: _Job, laid_out: dict[BookPart, list[Leaf]]) -> tuple[list[Leaf], tuple[PageLabel, ...]]:
        """Lay out all parts: first those that print no page numbers, then the others until all numbers are right.

        Those that print none are the same in every document: `laid_out` are the ones there are, and more are added.
        """
        self._lay_out_ahead(job, laid_out)
        leaves = {part: laid_out[part] for part in job.parts if part in laid_out}
        for _ in range(_MOST_PASSES):
            before = _numbered(job, _anchors(leaves))
            for part in _REFERRING:
                if part in job.parts:
                    leaves[part] = self._refer(part, job, _numbered(job, _anchors(leaves)))
            if _numbered(job, _anchors(leaves)) == before:
                break
        else:
            raise LayoutError("ページ番号が定まりません。book の parts の並びを変えてみてください。")
        front = _front(job)
        labels = page_labels(
            cover=len(leaves["cover"]) if "cover" in front else 0,
            front=len(leaves["contents"]) if "contents" in front else 0,
            body=sum(len(leaves[part]) for part in job.parts if part not in front),
        )
        return [leaf for part in job.parts for leaf in leaves[part]], labels

    def _lay_out_ahead(self, job: _Job, laid_out: dict[BookPart, list[Leaf]]) -> None:
        """Lay out all that prints no page numbers, and what can be foreseen of the rest, in as few rounds as there are.

        In a round all parts stand together, so that no processor has to wait for a part to end.
        """
        missing = [part for part in job.parts if part not in _REFERRING and part not in laid_out]
        tables = [part for part in missing if part == "system-table"]
        pieces = {part: self._pieces(part, job) for part in missing if part not in tables}
        every = [piece for own in pieces.values() for piece in own]

        def report(done: int) -> None:
            job.progress(job.plan.title, done, len(every) + len(tables))

        for piece in every[:1]:
            piece()  # most often the cover: this process meets the fonts
        # The table measures its cells before it knows its pages.
        self._typesetter.ahead([*(partial(self._pieces, part, job) for part in tables), *every[1:]], report)
        done = itertools.count(1)

        def collect(part: BookPart) -> None:
            laid_out[part] = []
            for piece in pieces[part]:
                laid_out[part] += piece()
                report(next(done))

        for part in pieces:
            collect(part)
        pieces |= {part: self._pieces(part, job) for part in tables}
        # Of pages that are not laid out yet only their number counts.
        anchors = _anchors(laid_out) | {part: [()] * len(pieces[part]) for part in tables}
        # What takes long comes first: then all processors end at about the same time.
        self._typesetter.ahead([*self._foreseen(job, anchors), *(piece for part in tables for piece in pieces[part])])
        for part in tables:
            collect(part)

    def _foreseen(self, job: _Job, anchors: Mapping[BookPart, Sequence[Iterable[str]]]) -> list[Callable[[], object]]:
        """Return what lays out the parts that print page numbers, as far as these are known."""
        pages = _numbered(job, anchors)
        tasks: list[Callable[[], object]] = [
            partial(self._refer, part, job, pages) for part in ("index", "figures") if part in job.parts
        ]
        if "contents" in job.parts:
            empty = {"figures"} if figures_table(job.plan, pages, job.selection) is None else set()
            parts = [each for part, each in listed_parts(job.plan, job.parts).items() if part not in empty]
            tasks.append(partial(self._contents_breaks, job, parts))
        return tasks

    def _pieces(self, part: BookPart, job: _Job) -> list[_Piece]:
        """Return what lays out a part that prints no page numbers; one that has nothing to show has no pieces."""
        plan, selection = job.plan, job.selection
        tools = (self._templates, self._typesetter)
        match part:
            case "cover":
                return [partial(self._simple, part, cover(plan, selection))]
            case "system-table":
                table = system_table(plan, links=True, selection=selection)
                return [partial(_without_head, page) for page in break_system_table(table, *tools)]
            case "sample-sheet":
                sample = sheets.sample_sheet(plan) if selection == WHOLE else None
                return [partial(_with_heads, partial(lay_out_sample, sample, *tools), plan)] if sample else []
            case "sheets":
                measures = sheets.sheets(plan, selection)
                return [partial(_with_heads, partial(lay_out_sheets, view, *tools), plan) for view in measures]
            case _:
                raise AssertionError(part)

    def _refer(self, part: BookPart, job: _Job, pages: Mapping[str, str]) -> list[Leaf]:
        """Lay out a part that prints page numbers; one that has nothing to show has no pages."""
        plan, selection = job.plan, job.selection
        match part:
            case "contents":
                return self._contents(job, pages)
            case "figures":
                figures = figures_table(plan, pages, selection)
                return self._simple("figures-table", figures) if figures else []
            case "index":
                return self._simple("department-index", department_index(plan, pages, selection))
            case _:
                raise AssertionError(part)

    def _contents(self, job: _Job, pages: Mapping[str, str]) -> list[Leaf]:
        parts = [part for part in listed_parts(job.plan, job.parts).values() if part.anchor in pages]
        view = contents(job.plan, parts, pages, job.selection)
        breaks = self._contents_breaks(job, parts)
        leaves = self._simple("contents", broken(view, breaks))
        # Where it did not come out as computed, the renderer breaks them by itself.
        return leaves if len(leaves) == len(breaks) + 1 else self._simple("contents", view)

    def _contents_breaks(self, job: _Job, parts: Sequence[Part]) -> list[int]:
        # Page numbers take no room of the lines.
        return contents_breaks(contents(job.plan, parts, None, job.selection), self._templates, self._typesetter)

    def _simple(self, name: str, view: object) -> list[Leaf]:
        """Lay out a part that the renderer breaks into pages by itself."""
        html = self._templates.render(f"pdf/{name}.html.j2", view=view)
        return [Leaf(page) for page in self._typesetter.lay_out(html)]


def _without_head(lay_out: Callable[[], LaidOutPage]) -> list[Leaf]:
    return [Leaf(lay_out().page)]


def _with_heads(lay_out: Callable[[], Sequence[SheetPage]], plan: Plan) -> list[Leaf]:
    """Give the pages of a measure their running heads."""
    continued = bracketed(plan.labels.continued)
    return [
        Leaf(page.page, f"{page.policy}　{page.measure}{continued if page.continued else ''}") for page in lay_out()
    ]


def _front(job: _Job) -> list[BookPart]:
    """Return the front matter: cover and contents, where the book begins with them."""
    return list(takewhile(lambda part: part in _FRONT, job.parts))


def _anchors(leaves: Mapping[BookPart, Sequence[Leaf]]) -> dict[BookPart, list[Iterable[str]]]:
    return {part: [leaf.page.anchors for leaf in own] for part, own in leaves.items()}


def _numbered(job: _Job, anchors: Mapping[BookPart, Sequence[Iterable[str]]]) -> dict[str, str]:
    """Return the page label of every anchor of the body; `anchors` are those of each page, as far as it is known."""
    front = _front(job)
    body = [page for part in job.parts if part not in front for page in anchors.get(part, ())]
    return {anchor: str(number) for number, page in enumerate(body, 1) for anchor in page}
