"""The index by department as the web page has it: the actions of a sheet below its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.views.department_index import ANCHOR, department_index
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan
    from planbook.views.department_index import IndexRow
    from planbook.views.selection import Selection

# Telephone numbers of Japan, with the extension that may follow; addresses of mail and of pages.
_REACHED = re.compile(
    r"(?P<phone>(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-]))"
    r"|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<page>https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+)"
)
_SCHEMES = {"phone": "tel:", "mail": "mailto:", "page": ""}


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A sheet of a department. `actions` are those of its actions that are the department's: perhaps none."""

    anchor: str | None
    number: str
    title: str
    actions: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True)
class DepartmentProjects:
    """All that one department answers for. `contact` is in pieces, each with an address to link to, or None.

    `counts` says how many actions that is, and how many have which mark.
    """

    name: str
    anchor: str
    contact: tuple[tuple[str, str | None], ...]
    counts: tuple[tuple[str, int], ...]
    projects: tuple[ProjectEntry, ...]


def department_anchor(name: str) -> str:
    """Return where on the page the index has a department: by its name, which stays when others come and go."""
    return f"{ANCHOR}/{name}"


def department_projects(plan: Plan, selection: Selection = WHOLE) -> tuple[DepartmentProjects, ...]:
    """Return the departments in the order of the plan's list, without those that answer for nothing."""
    contacts = {department.name: department.contact or "" for department in plan.departments}
    return tuple(
        DepartmentProjects(
            department.name,
            department_anchor(department.name),
            tuple(_linked(contacts[department.name])),
            department.counts,
            tuple(_project(list(rows)) for _, rows in groupby(department.rows, lambda row: row.to_section.anchor)),
        )
        for department in department_index(plan, None, selection).departments
    )


def _linked(contact: str) -> Iterator[tuple[str, str | None]]:
    end = 0
    for found in _REACHED.finditer(contact):
        if found.start() > end:
            yield contact[end : found.start()], None
        yield found[0], _SCHEMES[str(found.lastgroup)] + found[0]
        end = found.end()
    if contact[end:]:
        yield contact[end:], None


def _project(rows: list[IndexRow]) -> ProjectEntry:
    first = rows[0]
    actions = tuple(row for row in rows if row.action is not None)
    return ProjectEntry(first.to_section.anchor, first.number, first.section, actions)
