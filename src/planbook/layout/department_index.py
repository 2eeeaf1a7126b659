"""The index on pages, with names where departments go on."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from planbook.layout.list_tables import ELEMENTS, TOGETHER, lay_out_list
from planbook.layout.pages import BookPage
from planbook.views.numbering import bracketed

if TYPE_CHECKING:
    from collections.abc import Collection

    from planbook.html.templates import Templates
    from planbook.pdf import Typesetter
    from planbook.views.department_index import DepartmentIndex


def lay_out_index(
    index: DepartmentIndex, continued: str, templates: Templates, typesetter: Typesetter
) -> list[BookPage]:
    """Return the pages of the index; where a department goes on, its name is there again with `continued`.

    Raises:
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    laid_out = lay_out_list(
        index,
        _levels(index),
        lambda view: typesetter.lay_out(templates.render("pdf/department-index.html.j2", view=view), ELEMENTS),
        lambda view: replace(view, compact=True),
        _turned,
    )
    names = {department.anchor: f"{department.name}{bracketed(continued)}" for department in index.departments}
    pages: list[BookPage] = []
    last = ""
    for page in laid_out:
        begun = [place.target for place in page.awaited] or [last]
        goes_on = (last, names[last]) if last and begun[0] == last else None
        pages.append(BookPage(page, index.title if pages else "", goes_on=goes_on))
        last = begun[-1]
    return pages


def _levels(index: DepartmentIndex) -> list[int]:
    """Return the levels of the lines: of each department the one with the names of the columns, and its rows."""
    levels: list[int] = []
    for department in index.departments:
        inside = [1] * (len(department.rows) - 3)
        levels += [0, *([TOGETHER] * len(department.rows))[:2], *inside, *[TOGETHER] * (len(department.rows) > 2)]  # noqa: PLR2004
    return levels


def _turned(index: DepartmentIndex, starts: Collection[int]) -> DepartmentIndex:
    lines = count()
    departments = []
    for department in index.departments:
        turns = next(lines) in starts
        rows = tuple(replace(row, turns=next(lines) in starts) for row in department.rows)
        departments.append(replace(department, rows=rows, turns=turns))
    return replace(index, departments=tuple(departments))
