"""What of a plan is shown: all of it, the part of a department, or a single section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.plan.model import Action, Plan, Relisting, Section


@dataclass(frozen=True, slots=True)
class Selection:
    """A department by its name, or a section of any level by its id; neither is the whole plan.

    Numbers, titles and references stay those of the whole plan: a part only has fewer rows and sheets, and what stands
    outside of it is named without a link.
    """

    department: str | None = None
    section: str | None = None

    def covers(self, plan: Plan, section: Section) -> bool:
        """Whether a section or anything below it is shown."""
        if self == WHOLE:
            return True
        if section.children:
            return any(self.covers(plan, child) for child in section.children)
        if self.section is not None:
            return any(self.section == each.id for each in (*plan.ancestors(section), section))
        return self.department in plan.departments_of(section) or bool(self._own(plan, section))

    def entries(self, plan: Plan, section: Section) -> tuple[Action | Relisting, ...]:
        """Return the entries of a section that have a row in the system table, in the list of figures, in the index.

        For a department these are its own; all of them where the section is the department's, but none of its actions.
        """
        return self._own(plan, section) or section.actions

    def title(self, plan: Plan) -> str | None:
        """Return what the part is called: 社会福祉課の担当分, 事業「既存窓口の周知」; None for the whole."""
        if self.department is not None:
            return f"{self.department}{plan.labels.book.part}"
        found = (section for section in plan.sections() if section.id == self.section)
        return next((f"{getattr(plan.labels.sheets, part.level)}「{part.title}」" for part in found), None)

    def _own(self, plan: Plan, section: Section) -> tuple[Action | Relisting, ...]:
        if self.department is None:
            return section.actions
        return tuple(entry for entry in section.actions if self.department in plan.departments_of(plan.original(entry)))


WHOLE = Selection()
