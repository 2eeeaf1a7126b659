"""The index by department as the web page has it: the actions of a project below its title."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.views.department_index import department_index
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from planbook.plan.model import Plan
    from planbook.views.department_index import IndexRow
    from planbook.views.selection import Selection


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project of a department. `actions` are those of its actions that are the department's: perhaps none."""

    anchor: str | None
    number: str
    title: str
    actions: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True)
class DepartmentProjects:
    """All that one department answers for."""

    name: str
    projects: tuple[ProjectEntry, ...]


def department_projects(plan: Plan, selection: Selection = WHOLE) -> tuple[DepartmentProjects, ...]:
    """Return the departments in the order of the plan's list, without those that answer for nothing."""
    return tuple(
        DepartmentProjects(
            department.name,
            tuple(_project(list(rows)) for _, rows in groupby(department.rows, lambda row: row.to_section.anchor)),
        )
        for department in department_index(plan, None, selection).departments
    )


def _project(rows: list[IndexRow]) -> ProjectEntry:
    first = rows[0]
    actions = tuple(row for row in rows if row.action is not None)
    return ProjectEntry(first.to_section.anchor, first.number, first.section, actions)
