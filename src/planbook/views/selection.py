"""What of a plan is shown: all of it, the part of a department, or a single project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.plan.model import Action, Measure, Plan, Project, Relisting


@dataclass(frozen=True, slots=True)
class Selection:
    """A department by its name, or a project by its id; neither is the whole plan.

    Numbers, titles and references stay those of the whole plan: a part only has fewer rows and sheets, and what stands
    outside of it is named without a link.
    """

    department: str | None = None
    project: str | None = None

    def projects(self, plan: Plan, measure: Measure) -> tuple[Project, ...]:
        """Return the projects of a measure that have a sheet."""
        if self.project is not None:
            return tuple(project for project in measure.projects if project.id == self.project)
        if self.department is not None:
            return tuple(
                project
                for project in measure.projects
                if self.department in plan.departments_of(project) or self._own(plan, project)
            )
        return measure.projects

    def entries(self, plan: Plan, project: Project) -> tuple[Action | Relisting, ...]:
        """Return the entries of a project that have a row in the system table, in the list of figures, in the index.

        For a department these are its own; all of them where the project is the department's, but none of its actions.
        """
        return self._own(plan, project) or project.actions

    def title(self, plan: Plan) -> str | None:
        """Return what the part is called: 社会福祉課の担当分, 事業「既存窓口の周知」; None for the whole."""
        if self.department is not None:
            return f"{self.department}{plan.labels.book.part}"
        titles = (project.title for project in plan.projects() if project.id == self.project)
        return next((f"{plan.labels.sheets.project}「{title}」" for title in titles), None)

    def _own(self, plan: Plan, project: Project) -> tuple[Action | Relisting, ...]:
        if self.department is None:
            return project.actions
        return tuple(entry for entry in project.actions if self.department in plan.original(entry).departments)


WHOLE = Selection()
