"""The sheets (取組について) and the sample sheet (記載例) as display records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from planbook.plan.model import Relisting
from planbook.typography.eras import FiscalYear, fiscal_years
from planbook.typography.phrases import SHORT, balanced, phrases, width
from planbook.views.figures import target_lines
from planbook.views.numbered import numbered_policies, numbered_projects
from planbook.views.numbering import bracketed
from planbook.views.selection import WHOLE
from planbook.views.texts import Line, joined, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.plan.model import Action, Note, Plan, Project
    from planbook.views.selection import Selection


# What the cell beside a project's name holds in three lines, in em; more departments have a line of the sheet.
_DEPARTMENTS_BESIDE = 42.0
# What a line of the cell of an action holds.
_DEPARTMENTS_IN_LINE = 13.5
# What a line of the title holds on an upright page, in em of its type.
_TITLE_MEASURE = 35.0
# With more years than these their columns hold fewer characters.
_MOST_YEARS_AIRY = 8
_SHORTER = 6

Reminder = Literal["", "title", "head"]

ANCHOR = "part:sheets"
SAMPLE_ANCHOR = "part:example"


@dataclass(frozen=True, slots=True)
class Label:
    """A printed word, and the marks of the notes that explain it (※1)."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the label cells."""

    policy: Label
    measure: Label
    project: Label
    departments: Label
    goal: Label
    approaches: Label
    actions: Label


@dataclass(frozen=True, slots=True)
class Heading:
    """A policy or a measure above its sheets. It has an anchor, and is a heading, only where it stands first."""

    anchor: str
    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another row: its anchor, None where that row is not in the document, and the text to print."""

    anchor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a sheet above its actions: the departments, where they are many, the goal, or the approaches, a list.

    `continued`: the row above it has the beginning.
    """

    label: Label
    lines: tuple[Line, ...]
    listed: bool = False
    continued: bool = False

    def joined(self, rest: Field) -> Field:
        """Return the field with the lines of its continuation."""
        return replace(self, lines=joined(self.lines, rest.lines))


@dataclass(frozen=True, slots=True)
class Row:
    """An action on its sheet: the marks behind its title (（再掲）), and its lines in each year.

    A relisting links to its original, an original to where it is listed again. A row that is longer than a page goes on
    in one that is `continued` （続き） and has no anchor. Where there is nothing left of its title, or of all its head,
    the beginning is there again, and `reminding` says so.
    """

    anchor: str
    title: str
    marks: str
    departments: str
    links: tuple[Link, ...]
    targets: tuple[tuple[Line, ...], ...]
    continued: str = ""
    reminding: Reminder = ""

    def joined(self, rest: Row) -> Row:
        """Return the row with all that its continuation has."""
        return replace(
            self,
            title=self.title + ("" if rest.reminding else rest.title),
            departments=self.departments + ("" if rest.reminding == "head" else rest.departments),
            links=self.links + rest.links,
            targets=tuple(joined(ours, more) for ours, more in zip(self.targets, rest.targets, strict=True)),
        )

    @property
    def departments_apart(self) -> bool:
        """Whether the departments are more than a line holds: then they begin on one of their own."""
        return width(self.departments) > _DEPARTMENTS_IN_LINE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project's sheet, or a part of it: only the first part has the anchor, the others are `continued` （続き）.

    `departments` stand beside the title; it is "" where they are too many for that.
    """

    anchor: str
    title: str
    departments: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    continued: str = ""


@dataclass(frozen=True, slots=True)
class MeasureSheets:
    """The sheets of one measure. Those that open the sheets have an anchor, and their title is a heading."""

    anchor: str
    title: str
    words: Words
    policy: Heading
    measure: Heading
    years: tuple[FiscalYear, ...]
    sheets: tuple[Sheet, ...]
    continued: str

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in even lines."""
        return balanced(phrases(self.title), _TITLE_MEASURE)

    @property
    def kept(self) -> int:
        """How many characters fit into a line of any year."""
        return SHORT if len(self.years) <= _MOST_YEARS_AIRY else _SHORTER


@dataclass(frozen=True, slots=True)
class SampleNote:
    """A note below the sample sheet: ※1, the labels that it explains, and its text."""

    mark: str
    labels: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One project's sheet printed again, with notes."""

    anchor: str
    heading: str
    sheets: MeasureSheets
    notes: tuple[SampleNote, ...]


def sheets(plan: Plan, selection: Selection = WHOLE) -> tuple[MeasureSheets, ...]:
    """Return the sheets of every measure in document order."""
    return _sheets(plan, selection, _words(plan, ()))


def _sheets(plan: Plan, selection: Selection, words: Words) -> tuple[MeasureSheets, ...]:
    places = _Places(plan, selection)
    part = selection.title(plan)
    policies = numbered_policies(plan, selection)
    return tuple(
        MeasureSheets(
            anchor=ANCHOR if place is policies[0].measures[0] else "",
            title=plan.title + plan.labels.sheets.title + (bracketed(part) if part else ""),
            words=words,
            policy=Heading(policy.policy.id if place is policy.measures[0] else "", policy.number, policy.policy.title),
            measure=Heading(place.measure.id, place.number, place.measure.title),
            years=fiscal_years(plan),
            sheets=tuple(_sheet(plan, project, words, places) for project in place.projects),
            continued=bracketed(plan.labels.continued),
        )
        for policy in policies
        for place in policy.measures
    )


def sample_sheet(plan: Plan, *, links: bool = True) -> SampleSheet | None:
    """Return the sample sheet; a plan without an example has none. With `links` it leads to the sheets themselves."""
    if plan.example is None:
        return None
    shown = plan.example.project
    words = _words(plan, plan.example.notes)
    of_measure, sheet = next(
        (of_measure, sheet)
        for of_measure in _sheets(plan, WHOLE, words)
        for sheet in of_measure.sheets
        if sheet.anchor == shown
    )
    return SampleSheet(
        anchor=SAMPLE_ANCHOR,
        heading=f"【{plan.labels.sheets.example}】",
        sheets=replace(
            of_measure,
            anchor="",
            policy=replace(of_measure.policy, anchor=""),
            measure=replace(of_measure.measure, anchor=""),
            sheets=(_as_sample(sheet, links=links),),
        ),
        notes=tuple(
            SampleNote(_note_mark(at), "、".join(getattr(words, name).text for name in note.on), note.text)
            for at, note in enumerate(plan.example.notes, 1)
        ),
    )


class _Places:
    """Where projects stand, for references: their numbers and title, and the projects that list an action again."""

    def __init__(self, plan: Plan, selection: Selection) -> None:
        self._names = {place.project.id: f"{place.number} {place.project.title}" for place in numbered_projects(plan)}
        self._here = {place.project.id for place in numbered_projects(plan, selection)}
        self.relistings: dict[str, list[Project]] = {}
        for project in plan.projects():
            for entry in project.actions:
                if isinstance(entry, Relisting):
                    self.relistings.setdefault(entry.relist, []).append(project)

    def link(self, project: Project, anchor: str, text: str) -> Link:
        """Return a reference to a row on the sheet of a project: → (1)① 既存窓口の周知・利用促進."""
        return Link(anchor if project.id in self._here else None, f"{text}{self._names[project.id]}")


def relisting_anchor(project: Project, original: Action) -> str:
    """Return the anchor of the row that lists an action again on the sheet of a project."""
    return f"{project.id}:{original.id}"


def _note_mark(position: int) -> str:
    return f"※{position}"


def _words(plan: Plan, notes: Iterable[Note]) -> Words:
    marks: dict[str, str] = {}
    for at, note in enumerate(notes, 1):
        for name in note.on:
            marks[name] = marks.get(name, "") + _note_mark(at)
    labels = plan.labels.sheets
    texts = {
        "policy": labels.policy,
        "measure": labels.measure,
        "project": labels.project,
        "departments": labels.department,
        "goal": labels.goal,
        "approaches": labels.approaches,
        "actions": labels.action,
    }
    return Words(**{name: Label(text, marks.get(name, "")) for name, text in texts.items()})


def _sheet(plan: Plan, project: Project, words: Words, places: _Places) -> Sheet:
    departments = "、".join(plan.departments_of(project))
    beside = width(departments) <= _DEPARTMENTS_BESIDE
    goal = Field(words.goal, lines(project.goal))
    approaches = Field(words.approaches, tuple(Line(text.rstrip()) for text in project.approaches), listed=True)
    return Sheet(
        anchor=project.id,
        title=project.title,
        departments=departments if beside else "",
        fields=(
            *(() if beside else (Field(words.departments, (Line(departments, listed=True),)),)),
            goal,
            *((approaches,) if project.approaches else ()),
        ),
        rows=tuple(_row(plan, project, plan.original(entry), entry, places) for entry in project.actions),
    )


def _row(plan: Plan, project: Project, original: Action, entry: Action | Relisting, places: _Places) -> Row:
    relisting = plan.labels.relisting
    if isinstance(entry, Relisting):
        anchor, marks = relisting_anchor(project, original), bracketed(relisting)
        links = [places.link(plan.originals[original.id][0], original.id, "初出：")]
    else:
        anchor, marks = original.id, ""
        links = [
            places.link(other, relisting_anchor(other, original), f"{relisting}先：")
            for other in places.relistings.get(original.id, ())
        ]
    return Row(
        anchor=anchor,
        title=original.title,
        marks=marks,
        departments=bracketed("、".join(original.departments)),
        links=tuple(links),
        targets=tuple(target_lines(original.target(year)) for year in plan.years),
    )


def _as_sample(sheet: Sheet, *, links: bool) -> Sheet:
    """Return a sheet with anchors of its own."""
    return replace(
        sheet,
        anchor=f"example:{sheet.anchor}",
        rows=tuple(
            replace(
                row,
                anchor=f"example:{row.anchor}",
                links=tuple(link if links else replace(link, anchor=None) for link in row.links),
            )
            for row in sheet.rows
        ),
    )
