"""The PDF documents: their parts in order, laid out, numbered and written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planbook.outputs import Document, Format, Output
from planbook.pdf import Typesetter
from planbook.sheet_layout import lay_out_sample, lay_out_sheets
from planbook.system_table_layout import lay_out_system_table
from planbook.views import contents, department_index, figures_table, sheets, system_table
from planbook.views.cover import cover
from planbook.views.eras import month
from planbook.views.numbering import bracketed
from planbook.views.page_labels import page_labels
from planbook.views.stamps import Stamp, stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planbook.model import Plan
    from planbook.outputs import Progress
    from planbook.render import Templates
    from planbook.sheet_layout import SheetPage
    from planbook.views.page_labels import PageLabel

STYLESHEETS = ("css/base.css", "css/system-table.css", "css/sheets.css", "css/book.css")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A laid-out page, and the running head that it is to have."""

    page: Any
    head: str = ""


class Press:
    """Prints plans with one set of templates. What has been laid out once is not laid out again."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._typesetter = Typesetter(templates.read_all(STYLESHEETS), templates.folders)

    def print(self, plan: Plan, documents: Sequence[Document], progress: Progress) -> list[Output]:
        """Return the PDF of each document.

        Raises:
            LayoutError: the renderer warned.
            TemplateError: a template of the plan's own can not be used.

        """
        outputs = []
        for document in documents:
            match document:
                case Document.PLAN:
                    title, (leaves, labels) = plan.title, self._book(plan, progress)
                case Document.SYSTEM_TABLE:
                    title, leaves = plan.title + plan.labels.table.title, self._system_table(plan, links=False, level=1)
                    labels = page_labels(cover=0, front=0, body=len(leaves))
                case Document.SHEETS:
                    title, leaves = plan.title + plan.labels.sheets.title, self._sheets(plan, progress, level=1)
                    labels = page_labels(cover=0, front=0, body=len(leaves))
            outputs.append(Output(document, Format.PDF, self._write(plan, title, leaves, labels), len(leaves)))
        self._typesetter.forget_unused()
        return outputs

    def _write(self, plan: Plan, title: str, leaves: Sequence[Leaf], labels: Sequence[PageLabel]) -> bytes:
        stamps = stamps_of(
            Stamp(leaf.page.width, leaf.page.height, leaf.head, label.footer)
            for leaf, label in zip(leaves, labels, strict=True)
        )
        return self._typesetter.write(
            self._typesetter.stamp(
                [leaf.page for leaf in leaves], self._templates.render("pdf/stamps.html.j2", view=stamps)
            ),
            title=title,
            author=plan.municipality,
            subject=f"{plan.municipality} {month(plan.date)}",
            date=dt.date(plan.date.year, plan.date.month, 1),
            front=sum(label.front for label in labels),
        )

    def _book(self, plan: Plan, progress: Progress) -> tuple[list[Leaf], tuple[PageLabel, ...]]:
        """Lay out the body, then what has to know on which page of it things are."""
        body = self._system_table(plan, links=True, level=2)
        parts = [contents.Part(system_table.ANCHOR, plan.labels.table.title)]
        if sample := sheets.sample_sheet(plan):
            body += _with_heads(lay_out_sample(sample, self._templates, self._typesetter, level=2), plan)
            parts.append(contents.Part(sheets.SAMPLE_ANCHOR, plan.labels.sheets.example))
        body += self._sheets(plan, progress, level=2)
        parts.append(contents.Part(sheets.ANCHOR, plan.labels.book.sheets, policies=True))
        pages = _numbered(body)
        if figures := figures_table.figures_table(plan, pages):
            body += self._part("figures-table", figures)
            parts.append(contents.Part(figures_table.ANCHOR, figures.title))
        index = department_index.department_index(plan, pages)
        body += self._part("department-index", index)
        parts.append(contents.Part(department_index.ANCHOR, index.title))
        front = self._part("contents", contents.contents(plan, parts, _numbered(body)))
        covers = self._part("cover", cover(plan))
        labels = page_labels(cover=len(covers), front=len(front), body=len(body))
        return [*covers, *front, *body], labels

    def _part(self, name: str, view: object) -> list[Leaf]:
        html = self._templates.render(f"pdf/{name}.html.j2", view=view, level=2)
        return [Leaf(page) for page in self._typesetter.lay_out(html)]

    def _system_table(self, plan: Plan, *, links: bool, level: int) -> list[Leaf]:
        table = system_table.system_table(plan, links=links)
        laid_out = lay_out_system_table(table, self._templates, self._typesetter, heading=level)
        return [Leaf(each.page) for each in laid_out]

    def _sheets(self, plan: Plan, progress: Progress, *, level: int) -> list[Leaf]:
        leaves: list[Leaf] = []
        measures = sheets.sheets(plan)
        for done, measure in enumerate(measures):
            progress(str(measure.measure), done, len(measures))
            leaves += _with_heads(lay_out_sheets(measure, self._templates, self._typesetter, level), plan)
        return leaves


def _with_heads(pages: Iterable[SheetPage], plan: Plan) -> list[Leaf]:
    """Give the pages of a measure their running heads."""
    continued = bracketed(plan.labels.continued)
    return [Leaf(page.page, f"{page.policy}　{page.measure}{continued if page.continued else ''}") for page in pages]


def _numbered(body: Sequence[Leaf]) -> dict[str, str]:
    """Return the page label of every anchor of the body."""
    return {anchor: str(number) for number, leaf in enumerate(body, 1) for anchor in leaf.page.anchors}
