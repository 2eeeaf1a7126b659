"""担当課別索引: for each department its sections and actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.model import Action, Relisting
from planbook.views.figures_columns import number_width
from planbook.views.marks import LegendEntry, counted, legend, with_signs
from planbook.views.numbered_sections import numbered_lowest
from planbook.views.numbering import bracketed, number_label
from planbook.views.page_numbers import Reference, reference
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import row_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planbook.plan.model import Plan
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.selection import Selection

ANCHOR = "part:departments"


# In em: what the column of numbers has beside them, at least and at most. See css/book.css.
_PADDING, _MIN_WIDTH, _MAX_WIDTH = 0.93, 5.0, 13.3


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An action of a department; or a section that is the department's, though none of its actions is.

    `number` tells where the section is, (1)①; `same_section` says that the row before is of the same one. `to` is where
    the row leads (to the action, else to the section); `relisted` is （再掲） behind a relisting. Titles have their
    signs.
    """

    number: str
    section: str
    to_section: Reference
    same_section: bool
    action: str | None
    relisted: str
    to: Reference


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """All that one department answers for, in document order.

    `counts` says how many actions that is, and how many have which mark, in a plan that has marks: a relisting is none.
    `anchor` is the place for its name where it goes on. On a page it `begins`, and `goes_on` on the next one.
    """

    name: str
    rows: tuple[IndexRow, ...]
    counts: tuple[tuple[str, int], ...] = ()
    anchor: str = ""
    begins: bool = True
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentIndex:
    """The index, departments in the order of the plan's list; those that answer for nothing are left out.

    `number_width` is that of the column of numbers, in em; the `legend` explains the signs of marks.
    `compact` where closer rows keep them on a page less. It `begins` on its first page.
    """

    anchor: str
    title: str
    number_label: str | None
    section_label: str
    action_label: str
    page_label: str | None
    departments: tuple[DepartmentEntry, ...]
    number_width: float
    legend: tuple[LegendEntry, ...] = ()
    compact: bool = False
    begins: bool = True


def department_index(plan: Plan, pages: Mapping[str, str] | None, selection: Selection = WHOLE) -> DepartmentIndex:
    """Make the index; `pages` has the page label of every anchor in the book, or is None for the web."""
    labels = plan.labels
    names = (department.name for department in plan.departments if selection.department in (None, department.name))
    sections = [_InCharge.of(plan, place) for place in numbered_lowest(plan, selection)]
    entries = [
        DepartmentEntry(
            name,
            tuple(row for section in sections for row in _rows(plan, section, name, pages)),
            tuple(_counts(plan, sections, name)),
            f"department-{number}",
        )
        for number, name in enumerate(names, 1)
    ]
    widest = max((number_width(row.number) for entry in entries for row in entry.rows), default=0.0)
    return DepartmentIndex(
        anchor=ANCHOR,
        title=labels.book.departments,
        number_label=number_label(plan),
        section_label=getattr(labels.table, plan.levels[-1]),
        action_label=labels.table.action,
        page_label=labels.book.page if pages is not None else None,
        departments=tuple(entry for entry in entries if entry.rows),
        number_width=round(min(max(widest + _PADDING, _MIN_WIDTH), _MAX_WIDTH), 2),
        legend=legend(plan),
    )


class _InCharge(NamedTuple):
    """A section, and who answers for it and for each of its entries."""

    place: NumberedSection
    departments: tuple[str, ...]
    entries: tuple[tuple[Action | Relisting, tuple[str, ...]], ...]

    @classmethod
    def of(cls, plan: Plan, place: NumberedSection) -> _InCharge:
        entries = ((entry, plan.departments_of(plan.original(entry))) for entry in place.section.actions)
        return cls(place, plan.departments_of(place.section), tuple(entries))

    def entries_of(self, department: str) -> list[Action | Relisting]:
        return [entry for entry, departments in self.entries if department in departments]


def _counts(plan: Plan, sections: Sequence[_InCharge], department: str) -> Iterator[tuple[str, int]]:
    own = [entry for each in sections for entry in each.entries_of(department) if isinstance(entry, Action)]
    if marked := counted(plan, own):
        yield plan.labels.table.action, len(own)
        yield from marked


def _rows(plan: Plan, in_charge: _InCharge, department: str, pages: Mapping[str, str] | None) -> Iterator[IndexRow]:
    own = in_charge.entries_of(department)
    if not own and department not in in_charge.departments:
        return
    number, section = in_charge.place.full, in_charge.place.section
    title, to_section = with_signs(plan, section), reference(section.id, pages)
    if not own:
        yield IndexRow(number, title, to_section, same_section=False, action=None, relisted="", to=to_section)
    for entry in own:
        yield IndexRow(
            number=number,
            section=title,
            to_section=to_section,
            same_section=entry is not own[0],
            action=with_signs(plan, plan.original(entry)),
            relisted=bracketed(plan.labels.relisting) if isinstance(entry, Relisting) else "",
            to=reference(row_anchor(section, entry), pages),
        )
