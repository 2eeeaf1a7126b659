"""What the filter of the web page knows of the plan: facts of rows and sheets that the page does not show as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.plan.model import Relisting
from planbook.typography.eras import fiscal_years
from planbook.views.numbered import numbered_projects
from planbook.views.selection import WHOLE
from planbook.views.sheets import relisting_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planbook.plan.model import Action, Plan, Project
    from planbook.typography.eras import FiscalYear
    from planbook.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices that a reader has, and `facts` for the script of the page, ready to be written as JSON.

    `facts["rows"]` has for the anchor of every action and relisting its project, its departments (their places in
    `facts["departments"]`), the years in which it has a target, and whether it is a relisting. `facts["projects"]` has
    for every project those of its departments that none of its actions has: to these the sheet as a whole belongs.
    """

    department_label: str
    departments: tuple[str, ...]
    years: tuple[FiscalYear, ...]
    facts: Mapping[str, object]


def page_filter(plan: Plan, *, sheets: bool, selection: Selection = WHOLE) -> Filter:
    """Return the filter of a page with or without the sheets. Departments that answer for nothing are no choice."""
    selected = [place.project for place in numbered_projects(plan, selection)]
    in_charge = {name for project in selected for name in _of_project_and_actions(plan, project)}
    departments = tuple(department.name for department in plan.departments if department.name in in_charge)
    place = {name: at for at, name in enumerate(departments)}
    rows: dict[str, object] = {}
    projects: dict[str, list[int]] = {}
    for project in selected:
        for entry in project.actions if sheets else selection.entries(plan, project):
            action = plan.original(entry)
            relisted = isinstance(entry, Relisting)
            rows[relisting_anchor(project, action) if relisted else action.id] = {
                "project": project.id,
                "departments": [place[name] for name in action.departments],
                "years": _years(plan, action),
                "relisted": relisted,
            }
        own = {name for entry in project.actions for name in plan.original(entry).departments}
        projects[project.id] = [place[name] for name in plan.departments_of(project) if sheets and name not in own]
    years = fiscal_years(plan)
    facts = {
        "departments": departments,
        "years": {str(year.year): str(year) for year in years},
        "words": {
            "action": plan.labels.sheets.action,
            "project": plan.labels.sheets.project,
            "relisting": plan.labels.relisting,
        },
        "rows": rows,
        "projects": projects,
    }
    return Filter(plan.labels.table.department, departments, years, facts)


def _of_project_and_actions(plan: Plan, project: Project) -> set[str]:
    return {name for entry in project.actions for name in plan.original(entry).departments} | {
        *plan.departments_of(project)
    }


def _years(plan: Plan, action: Action) -> list[str]:
    return [str(year) for year in plan.years if not action.target(year).not_applicable]
