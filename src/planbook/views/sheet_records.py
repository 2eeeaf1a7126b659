"""What a sheet shows, as records: its label cells, headings, fields, rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from planbook.plan.model import Action
from planbook.typography.phrases import SHORT, balanced, phrases
from planbook.views.long_texts import Line, joined
from planbook.views.numbering import numbered_title

if TYPE_CHECKING:
    from planbook.plan.model import Level, Relisting, Section
    from planbook.views.indicators import IndicatorsTable
    from planbook.views.marks import LegendEntry

# What a line of the title holds on an upright page, in em of its type.
_TITLE_MEASURE = 35.0
# With more years than these their columns hold fewer characters.
_MAX_YEARS_AIRY = 8
_SHORTER = 6

Reminder = Literal["", "title", "head"]


def row_anchor(section: Section, entry: Action | Relisting) -> str:
    """Return the anchor of a row of a sheet: the action's id, behind that of the section where it is listed again."""
    return entry.id if isinstance(entry, Action) else f"{section.id}:{entry.relist}"


@dataclass(frozen=True, slots=True)
class FieldLabel:
    """A printed word, and the marks of the notes that explain it (※1)."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of the label cells."""

    pillar: FieldLabel
    policy: FieldLabel
    measure: FieldLabel
    project: FieldLabel
    departments: FieldLabel
    goal: FieldLabel
    approaches: FieldLabel
    actions: FieldLabel
    content: FieldLabel

    def of(self, level: Level) -> FieldLabel:
        """Return the word of a level of sections."""
        label: FieldLabel = getattr(self, level)
        return label


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """A section above its sheets, and what it is called. It has an anchor, and is a heading, only where it is first.

    There it has what the section says of itself: its goal, approaches, texts and indicators.
    """

    word: FieldLabel
    anchor: str
    number: str
    title: str
    fields: tuple[SheetField, ...] = ()

    def __str__(self) -> str:
        return numbered_title(self.number, self.title)


@dataclass(frozen=True, slots=True)
class RelistingLink:
    """A reference to another row: its anchor, None where that row is not in the document, and the text to print."""

    anchor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SheetField:
    """A row of a sheet above its actions: the departments, where they are many, the goal, or the approaches, a list.

    Indicators are a `table`, and no lines. `continued`: the row above it has the beginning.
    """

    label: FieldLabel
    lines: tuple[Line, ...]
    listed: bool = False
    continued: bool = False
    table: IndicatorsTable | None = None

    def joined(self, rest: SheetField) -> SheetField:
        """Return the field with the lines, or the rows, of its continuation."""
        if self.table and rest.table:
            return replace(self, table=replace(self.table, rows=self.table.rows + rest.table.rows))
        return replace(self, lines=joined(self.lines, rest.lines))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An action on its sheet: the marks behind its title (（再掲）), and its lines in each column.

    A relisting links to its original, an original to where it is listed again. A row that is longer than a page goes on
    in one that is `continued` （続き） and has no anchor. Where there is nothing left of its title, or of all its head,
    the beginning is there again, and `reminding` says so. `spans` says how many columns each of the `targets` takes
    (() for one each); `before` and `signs` are the signs of its marks before and behind the title.
    """

    anchor: str
    title: str
    marks: str
    departments: str
    links: tuple[RelistingLink, ...]
    targets: tuple[tuple[Line, ...], ...]
    continued: str = ""
    reminding: Reminder = ""
    spans: tuple[int, ...] = ()
    number: str = ""
    before: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[tuple[tuple[Line, ...], int], ...]:
        """The lines of each cell, and how many columns it spans."""
        return tuple(zip(self.targets, self.spans or (1,) * len(self.targets), strict=True))

    def joined(self, rest: SheetRow) -> SheetRow:
        """Return the row with all that its continuation has."""
        return replace(
            self,
            title=self.title + ("" if rest.reminding else rest.title),
            departments=self.departments + ("" if rest.reminding == "head" else rest.departments),
            links=self.links + rest.links,
            targets=tuple(joined(ours, more) for ours, more in zip(self.targets, rest.targets, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a lowest section, or a part of it: only the first has the anchor, others are `continued` （続き）.

    `title` has the number and the signs, too. `departments` stand beside it; "" where they are too many for that.
    `columns` are those of the plan that something stands in here.
    """

    anchor: str
    title: str
    departments: str
    fields: tuple[SheetField, ...]
    rows: tuple[SheetRow, ...]
    continued: str = ""
    columns: tuple[SheetColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet beside that of the actions: 内容, or one of targets. `year` is the text of its heading."""

    label: str
    western: str
    year: str
    content: bool = False


@dataclass(frozen=True, slots=True)
class SectionSheets:
    """The sheets of all lowest sections below the same one. Those that open the book's have an anchor and a heading.

    `headings` are the sections above them, top down: none where the sheets are those of the highest level. `word` is
    what the plan calls a section with a sheet.
    """

    anchor: str
    title: str
    words: SheetWords
    word: FieldLabel
    headings: tuple[SheetHeading, ...]
    columns: tuple[SheetColumn, ...]
    sheets: tuple[Sheet, ...]
    continued: str
    legend: tuple[LegendEntry, ...] = ()

    @property
    def running_head(self) -> str:
        """What stands at the head of their pages: the two sections next above."""
        return "　".join(map(str, self.headings[-2:]))

    @property
    def openings(self) -> tuple[tuple[SheetHeading, ...], ...]:
        """The sections that open above that next to the sheets: one that says nothing shares a band with the next."""
        bands: list[tuple[SheetHeading, ...]] = []
        for heading in self.headings[: max(len(self.headings) - 1, 1)]:
            if heading.anchor:
                together = bands and not bands[-1][-1].fields
                bands[-1:] = [(*bands[-1], heading)] if together else [*bands[-1:], (heading,)]
        return tuple(bands)

    @property
    def own_title(self) -> SheetHeading | None:
        """The section next to the sheets, where others open above it: its title is that of its sheets."""
        return self.headings[-1] if len(self.headings) > 1 else None

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in even lines."""
        return balanced(phrases(self.title), _TITLE_MEASURE)

    @property
    def kept(self) -> int:
        """How many characters fit into a line of any year."""
        return SHORT if len(self.columns) <= _MAX_YEARS_AIRY else _SHORTER


@dataclass(frozen=True, slots=True)
class SampleNote:
    """A note below the sample sheet: ※1, the labels that it explains, and its text."""

    mark: str
    labels: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One sheet printed again, with notes."""

    anchor: str
    heading: str
    sheets: SectionSheets
    notes: tuple[SampleNote, ...]
