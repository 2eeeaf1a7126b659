"""事業の体系: the whole hierarchy as rows and merged cells, in one piece."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from planbook.plan.model import Action
from planbook.typography.line_ends import names, unbroken
from planbook.typography.phrases import balanced, phrases
from planbook.views.figures import DASH
from planbook.views.marks import signs
from planbook.views.numbered_sections import numbered_lowest
from planbook.views.numbering import bracketed, numbers
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import row_anchor
from planbook.views.system_table_columns import department_width, hanging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planbook.plan.model import Level, Plan, Relisting, Section
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.selection import Selection

ANCHOR = "part:table"

# In em of the title's type.
_TITLE_MEASURE = 54.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """What one cell prints. Several departments stand on a line each, any other text is one line that wraps.

    `before` and `marks` stand before and behind the text: signs of marks, （再掲）, （続き）. `fits`: no line has to
    wrap.
    """

    column: str
    lines: tuple[str, ...]
    number: str = ""
    marks: tuple[str, ...] = ()
    href: str | None = None
    fits: bool = False
    before: tuple[str, ...] = ()

    def broken(self) -> list[tuple[tuple[str, bool], ...]]:
        """Return the lines in pieces, and whether each is a phrase to be kept in one line."""
        split = names if self.column == "department" else unbroken
        return [((line, False),) if self.fits else split(line) for line in self.lines]

    @property
    def phrased(self) -> bool:
        """Whether its text is nothing but phrases that are to be kept in one line, or the name of one department."""
        name = self.column == "department"
        return all(whole or (name and len(line) == 1) for line in self.broken() for _, whole in line)

    def marked(self, mark: str) -> TableCell:
        """Return the cell with a mark, （続き） for instance, behind its text."""
        return self if mark in self.marks else replace(self, marks=(*self.marks, mark))


@dataclass(frozen=True, slots=True)
class SectionCell:
    """A section beside all its rows. `part` tells the pieces of one too tall for a page apart."""

    id: str
    cell: TableCell
    part: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """An action or relisting beside the labels of the sections that it is in, outermost first.

    `department` is None in a plan that has none. `part` counts the pieces, from 0, of a row too tall for a page.
    """

    id: str
    labels: tuple[SectionCell, ...]
    action: TableCell
    department: TableCell | None
    part: int = 0

    @property
    def own(self) -> tuple[TableCell, ...]:
        """The cells that are the row's own."""
        return (self.action, self.department) if self.department else (self.action,)

    @property
    def anchor(self) -> str:
        """The HTML id: that of the table row, and with `.2`, `.3`… that of its further pieces."""
        return f"{self.id}.{self.part + 1}" if self.part else self.id


def title_lines(title: str) -> tuple[str, ...]:
    """Break a title into even lines of what the long side of the page holds."""
    return balanced(phrases(title), _TITLE_MEASURE)


def label_at(level: int) -> Callable[[TableRow], SectionCell]:
    """Return what gives the label of a row in one of its levels, counted from 0."""
    return lambda row: row.labels[level]


@dataclass(frozen=True, slots=True)
class Run:
    """The rows from `start` up to, not including, `end`, that share a label."""

    label: SectionCell
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SystemTable:
    """The table in one piece. `headings` are the columns and their printed words, from the left.

    The columns are vision, a level each, action, and department where the plan has some. `hanging` has for a level
    whose numbers need another indent than the stylesheet has how wide they are, in em of the table's type.
    """

    title: str
    headings: tuple[tuple[str, str], ...]
    vision: tuple[str, ...]
    continued: str
    rows: tuple[TableRow, ...]
    levels: tuple[Level, ...]
    hanging: tuple[tuple[Level, float], ...] = ()

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in even lines."""
        return title_lines(self.title)

    @property
    def department_width(self) -> float:
        """The width of the column of departments in em of the table's type: long names take from the actions."""
        return department_width({line for row in self.rows if row.department for line in row.department.lines})

    def runs(self) -> Iterator[Run]:
        """All labels and their rows."""
        for level in range(len(self.levels)):
            start = 0
            for label, rows in groupby(self.rows, label_at(level)):
                end = start + sum(1 for _ in rows)
                yield Run(label, start, end)
                start = end

    def cuts(self) -> list[int]:
        """What a break before each row cuts: 0 nothing, 1 a section of the first level, 2 of the second… or the row."""
        return [0, *(_cut(above, row) for above, row in pairwise(self.rows))]


def system_table(plan: Plan, *, links: bool, selection: Selection = WHOLE) -> SystemTable:
    """Return the system table of a plan. With `links` its cells lead to the sheets of the same document."""
    words = plan.labels.table
    marks = (mark for mark in (plan.stage, selection.title(plan)) if mark)
    departments = ("department",) if plan.departments else ()
    return SystemTable(
        title=plan.title + plan.system_table_title + "".join(map(bracketed, marks)),
        headings=tuple((column, getattr(words, column)) for column in ("vision", *plan.levels, "action", *departments)),
        vision=plan.vision,
        continued=bracketed(plan.labels.continued),
        rows=tuple(_rows(plan, selection, links=links)),
        levels=plan.levels,
        hanging=hanging(plan),
    )


def _rows(plan: Plan, selection: Selection, *, links: bool) -> Iterator[TableRow]:
    own = numbers(plan)
    for place in numbered_lowest(plan, selection):
        labels = tuple(_label(plan, each, links=links) for each in (*place.above, place))
        for entry in selection.entries(plan, place.section):
            yield _row(plan, place.section, entry, labels, own, links=links)


def _label(plan: Plan, place: NumberedSection, *, links: bool) -> SectionCell:
    before, behind = signs(plan, place.section)
    cell = TableCell(
        place.level,
        (place.section.title,),
        place.number,
        behind,
        href=f"#{place.id}" if links else None,
        before=before,
    )
    return SectionCell(place.id, cell)


def _row(  # noqa: PLR0913 - what all rows of a section share, and what is its own
    plan: Plan,
    section: Section,
    entry: Action | Relisting,
    labels: tuple[SectionCell, ...],
    own: Mapping[str, str],
    *,
    links: bool,
) -> TableRow:
    action = plan.original(entry)
    relisted = not isinstance(entry, Action)
    anchor = row_anchor(section, entry)
    before, behind = signs(plan, action)
    return TableRow(
        id=f"table:{anchor}",
        labels=labels,
        action=TableCell(
            "action",
            (action.title,),
            own[action.id],
            (*behind, bracketed(plan.labels.relisting)) if relisted else behind,
            href=f"#{anchor}" if links else None,
            before=before,
        ),
        department=TableCell("department", plan.departments_of(action) or (DASH,)) if plan.departments else None,
    )


def _cut(above: TableRow, row: TableRow) -> int:
    if above.id == row.id:
        return len(row.labels) + 1
    return sum(1 for a, b in zip(above.labels, row.labels, strict=True) if a.id == b.id)
