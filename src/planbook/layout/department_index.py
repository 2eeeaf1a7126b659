"""The index on pages, with names where departments go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planbook.layout.list_tables import TOGETHER, ListLine, ListPages
from planbook.layout.pages import BookPage
from planbook.views.numbering import bracketed
from planbook.views.page_numbers import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    template = "pdf/department-index.html.j2"
    laid_out = ListPages(list(_lines(index)), _some_lines, _unnumbered, template, templates, typesetter).lay_out(index)
    names = {department.anchor: f"{department.name}{bracketed(continued)}" for department in index.departments}
    pages: list[BookPage] = []
    last = ""
    for page in laid_out:
        begun = [place.target for place in page.awaited] or [last]
        goes_on = (last, names[last]) if last and begun[0] == last else None
        pages.append(BookPage(page, index.title if pages else "", goes_on=goes_on))
        last = begun[-1]
    return pages


def _lines(index: DepartmentIndex) -> Iterator[ListLine]:
    """Yield the lines: of each department the one with the names of the columns, and its rows."""
    for department in index.departments:
        yield ListLine(0, department.anchor)
        last = len(department.rows) - 1
        for at, row in enumerate(department.rows):
            together = at < 2 or at == last  # noqa: PLR2004 - with the line above
            yield ListLine(TOGETHER if together else 1, f"{department.anchor}/{row.to.anchor}")


def _some_lines(index: DepartmentIndex, start: int, end: int) -> DepartmentIndex:
    """Return the index with these lines alone."""
    departments = []
    first = 0
    for department in index.departments:
        # A department has as many lines as rows, and one more.
        begin, stop = max(start - first - 1, 0), end - first - 1
        if stop >= 0 and begin < len(department.rows):
            shown = replace(
                department,
                rows=department.rows[begin:stop],
                begins=start <= first,
                goes_on=stop < len(department.rows),
            )
            departments.append(shown)
        first += len(department.rows) + 1
    return replace(index, departments=tuple(departments), begins=not start)


def _unnumbered(index: DepartmentIndex) -> DepartmentIndex:
    departments = [
        replace(
            department,
            rows=tuple(
                replace(row, to=Reference(row.to.anchor), to_section=Reference(row.to_section.anchor))
                for row in department.rows
            ),
        )
        for department in index.departments
    ]
    return replace(index, departments=tuple(departments))
