"""The index on pages: with closer rows where the last page would hold but a few, and names where departments go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.layout.pages import BookPage
from planbook.views.numbering import bracketed

if TYPE_CHECKING:
    from planbook.html.templates import Templates
    from planbook.pdf import Page, Typesetter
    from planbook.views.department_index import DepartmentIndex

_FEW = 0.3
"""The part of its height up to which the last page is as good as empty: closer rows save about a sixth of each page."""


def lay_out_index(
    index: DepartmentIndex, continued: str, templates: Templates, typesetter: Typesetter
) -> list[BookPage]:
    """Return the pages of the index; where a department goes on, its name is there again with `continued`.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    laid_out = _laid_out(index, templates, typesetter)
    if len(laid_out) > 1 and _filled(laid_out[-1]) < _FEW:
        closer = _laid_out(replace(index, compact=True), templates, typesetter)
        laid_out = closer if len(closer) < len(laid_out) else laid_out
    names = {department.anchor: f"{department.name}{bracketed(continued)}" for department in index.departments}
    pages: list[BookPage] = []
    last = ""
    for page in laid_out:
        begun = [place.target for place in page.awaited] or [last]
        goes_on = (last, names[last]) if last and begun[0] == last else None
        pages.append(BookPage(page, index.title if pages else "", goes_on=goes_on))
        last = begun[-1]
    return pages


def _laid_out(index: DepartmentIndex, templates: Templates, typesetter: Typesetter) -> list[Page]:
    return typesetter.lay_out(templates.render("pdf/department-index.html.j2", view=index), ("tr",))


def _filled(page: Page) -> float:
    bottom = max((extent.top + extent.height for _, extent in page.extents), default=0.0)
    return (bottom - page.content_area.top) / page.content_area.height
