"""What the filter of the web page knows of the plan: facts of rows and sheets that the page does not show as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.plan.model import Relisting
from planbook.views.columns import column_headings
from planbook.views.numbered import numbered_lowest
from planbook.views.selection import WHOLE
from planbook.views.sheets import relisting_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planbook.plan.model import Action, Plan, Section
    from planbook.views.columns import ColumnHeading
    from planbook.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices that a reader has, and `facts` for the script of the page, ready to be written as JSON.

    `facts["rows"]` has for the anchor of every action and relisting its section, its departments (their places in
    `facts["departments"]`), the columns in which it has a target, and whether it is a relisting. `facts["projects"]`
    has for every lowest section those of its departments that none of its actions has: to these the sheet as a whole
    belongs.
    """

    department_label: str
    departments: tuple[str, ...]
    years: tuple[ColumnHeading, ...]
    facts: Mapping[str, object]


def page_filter(plan: Plan, *, sheets: bool, selection: Selection = WHOLE) -> Filter:
    """Return the filter of a page with or without the sheets. Departments that answer for nothing are no choice."""
    selected = [place.section for place in numbered_lowest(plan, selection)]
    in_charge = {name for section in selected for name in _of_section_and_actions(plan, section)}
    departments = tuple(department.name for department in plan.departments if department.name in in_charge)
    place = {name: at for at, name in enumerate(departments)}
    rows: dict[str, object] = {}
    projects: dict[str, list[int]] = {}
    for section in selected:
        for entry in section.actions if sheets else selection.entries(plan, section):
            action = plan.original(entry)
            relisted = isinstance(entry, Relisting)
            rows[relisting_anchor(section, action) if relisted else action.id] = {
                "project": section.id,
                "departments": [place[name] for name in plan.departments_of(action)],
                "years": _years(plan, action),
                "relisted": relisted,
            }
        own = _of_actions(plan, section)
        projects[section.id] = [place[name] for name in plan.departments_of(section) if sheets and name not in own]
    years = column_headings(plan)
    facts = {
        "departments": departments,
        "years": {year.key: str(year) for year in years},
        "words": {
            "action": plan.labels.sheets.action,
            "project": getattr(plan.labels.sheets, plan.levels[-1]),
            "relisting": plan.labels.relisting,
        },
        "rows": rows,
        "projects": projects,
    }
    return Filter(plan.labels.table.department, departments, years, facts)


def _of_actions(plan: Plan, section: Section) -> set[str]:
    return {name for entry in section.actions for name in plan.departments_of(plan.original(entry))}


def _of_section_and_actions(plan: Plan, section: Section) -> set[str]:
    return _of_actions(plan, section) | {*plan.departments_of(section)}


def _years(plan: Plan, action: Action) -> list[str]:
    columns = plan.columns_in_use if action.targets else ()
    return [column.key for column in columns if not action.target(column).not_applicable]
