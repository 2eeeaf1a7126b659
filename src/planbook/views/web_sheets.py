"""The sheets as the web page has them: below the headings of all sections that they are in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planbook.plan.model import Action
from planbook.typography.phrases import phrases
from planbook.views.columns import column_headings
from planbook.views.figures import target_lines
from planbook.views.long_texts import lines
from planbook.views.marks import signs
from planbook.views.numbered_sections import numbered_sections, walk
from planbook.views.selection import WHOLE
from planbook.views.sheets import fields, sheets
from planbook.views.web_index import department_anchor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planbook.plan.model import Plan, Section
    from planbook.views.columns import ColumnHeading
    from planbook.views.long_texts import Line
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.selection import Selection
    from planbook.views.sheet_records import (
        FieldLabel,
        RelistingLink,
        SectionSheets,
        Sheet,
        SheetField,
        SheetRow,
        SheetWords,
    )


@dataclass(frozen=True, slots=True)
class Title:
    """A title in phrases, between which its lines break; its number and the signs of its marks beside it."""

    number: str
    before: tuple[str, ...]
    phrases: tuple[str, ...]
    behind: tuple[str, ...]

    @property
    def text(self) -> str:
        """The title alone, as it was typed."""
        return "".join(self.phrases)


@dataclass(frozen=True, slots=True)
class DepartmentLink:
    """A department, and where the index has what it answers for and whom to call: "" where it has nothing of it."""

    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class WebCell:
    """What an action says in one or several columns that follow each other: their keys, their headings as a text."""

    keys: tuple[str, ...]
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WebRow:
    """An action on its sheet. `relisted` is the mark （再掲）; `content` is None where no action beside it has any."""

    anchor: str
    title: Title
    relisted: str
    departments: str
    links: tuple[RelistingLink, ...]
    content: tuple[Line, ...] | None
    cells: tuple[WebCell, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A section above a sheet, in the way that leads there."""

    anchor: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class WebSheet:
    """The sheet of a lowest section: what it is called (`word`), the way to it, its fields and its rows.

    `content` is what 内容 is called, None where no action of it has any.
    """

    anchor: str
    word: FieldLabel
    title: Title
    path: tuple[Step, ...]
    departments: tuple[DepartmentLink, ...]
    fields: tuple[SheetField, ...]
    content: FieldLabel | None
    rows: tuple[WebRow, ...]


@dataclass(frozen=True, slots=True)
class WebSection:
    """A section above sheets, what it says of itself, and the sections and sheets below it."""

    level: str
    word: FieldLabel
    anchor: str
    title: Title
    departments: tuple[DepartmentLink, ...]
    fields: tuple[SheetField, ...]
    sections: tuple[WebSection, ...]
    sheets: tuple[WebSheet, ...]

    @property
    def sheet_count(self) -> int:
        """How many sheets there are below it, at any depth."""
        return len(self.sheets) + sum(section.sheet_count for section in self.sections)

    @property
    def tallness(self) -> int:
        """About how many sheets tall it is, a power of two: as long as nobody looks, a browser lays it out so tall."""
        return 1 << max(self.sheet_count.bit_length() - 1, 0)


@dataclass(frozen=True, slots=True)
class WebSheets:
    """All sheets: below `sections`, or, where the highest sections have the sheets, by themselves."""

    words: SheetWords
    columns: tuple[ColumnHeading, ...]
    sections: tuple[WebSection, ...]
    sheets: tuple[WebSheet, ...]


def web_sheets(plan: Plan, selection: Selection = WHOLE, listed: Collection[str] = ()) -> WebSheets:
    """Return the sheets in document order, below all their sections; `listed` are the departments in the index."""
    return _SheetTree(plan, sheets(plan, selection), listed).sheets(numbered_sections(plan, selection))


def sample_as_web_sheets(plan: Plan, sample: SectionSheets) -> WebSheets:
    """Return the one sheet of a sample, which has words and anchors of its own."""
    (sheet,) = sample.sheets
    place = next(place for place in walk(numbered_sections(plan)) if f"example:{place.id}" == sheet.anchor)
    tree = _SheetTree(plan, (sample,))
    return WebSheets(tree.words, tree.columns, (), (tree.sheet(place, sheet),))


class _SheetTree:
    """Makes the sheets of a plan out of those that the book has."""

    def __init__(self, plan: Plan, groups: Sequence[SectionSheets], listed: Collection[str] = ()) -> None:
        self._plan = plan
        self._listed = frozenset(listed)
        self._sheets = {sheet.anchor: sheet for group in groups for sheet in group.sheets}
        self.words = groups[0].words
        self.columns = column_headings(plan)

    def sheets(self, top: Sequence[NumberedSection]) -> WebSheets:
        return WebSheets(self.words, self.columns, *self._below(top))

    def sheet(self, place: NumberedSection, sheet: Sheet) -> WebSheet:
        section = place.section
        own = [(row, self._plan.original(entry)) for row, entry in zip(sheet.rows, section.actions, strict=True)]
        with_content = any(action.content for _, action in own)
        return WebSheet(
            anchor=sheet.anchor,
            word=self.words.of(place.level),
            title=_title(self._plan, place.number, section),
            path=tuple(Step(above.id, above.number, above.section.title) for above in place.above),
            departments=self._links(self._plan.departments_of(section)),
            fields=tuple(fields(self._plan, section, self.words)),
            content=self.words.content if with_content else None,
            rows=tuple(self._row(row, action, with_content=with_content) for row, action in own),
        )

    def _below(self, places: Sequence[NumberedSection]) -> tuple[tuple[WebSection, ...], tuple[WebSheet, ...]]:
        return (
            tuple(self._section(place) for place in places if not place.lowest),
            tuple(self.sheet(place, self._sheets[place.id]) for place in places if place.lowest),
        )

    def _section(self, place: NumberedSection) -> WebSection:
        section = place.section
        return WebSection(
            place.level,
            self.words.of(place.level),
            place.id,
            _title(self._plan, place.number, section),
            self._links(section.departments or ()),
            tuple(fields(self._plan, section, self.words)),
            *self._below(place.children),
        )

    def _links(self, names: Sequence[str]) -> tuple[DepartmentLink, ...]:
        return tuple(DepartmentLink(name, department_anchor(name) if name in self._listed else "") for name in names)

    def _row(self, row: SheetRow, action: Action, *, with_content: bool) -> WebRow:
        return WebRow(
            anchor=row.anchor,
            title=_title(self._plan, row.number, action),
            relisted=row.marks,
            departments=row.departments,
            links=row.links,
            content=(lines(action.content) if action.content else ()) if with_content else None,
            cells=tuple(self._cells(action)) if action.targets else (),
        )

    def _cells(self, action: Action) -> Iterator[WebCell]:
        """Yield what stands in the columns. Those that follow each other and say the same may share a cell.

        That a plan prints → instead is for paper: here a reader may see one column alone.
        """
        own = zip(self._plan.columns_in_use, self.columns, strict=True)
        cells = [(target_lines(action.target(column)), heading) for column, heading in own]
        if self._plan.book.repeated == "text":
            yield from (_cell(said, (heading,)) for said, heading in cells)
        else:
            for said, run in groupby(cells, lambda each: each[0]):
                yield _cell(said, tuple(heading for _, heading in run))


def _cell(said: tuple[Line, ...], headings: tuple[ColumnHeading, ...]) -> WebCell:
    labels = (headings[0].label, headings[-1].label)
    text = str(headings[0]) if len(headings) == 1 else "～".join(labels)
    return WebCell(tuple(heading.key for heading in headings), text, said)


def _title(plan: Plan, number: str, part: Section | Action) -> Title:
    before, behind = signs(plan, part)
    # Titles of actions stand in narrow cells, and there are many of them: their lines break as those of any text.
    return Title(number, before, (part.title,) if isinstance(part, Action) else phrases(part.title), behind)
