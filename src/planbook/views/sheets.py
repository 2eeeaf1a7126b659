"""The sheets (取組について) and the sample sheet (記載例) as display records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.model import Relisting
from planbook.views.eras import FiscalYear, fiscal_years
from planbook.views.figures import target_lines
from planbook.views.numbered import numbered_policies, numbered_projects
from planbook.views.numbering import bracketed
from planbook.views.selection import WHOLE
from planbook.views.texts import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.model import Action, Note, Plan, Project
    from planbook.views.selection import Selection


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
    """A row of a sheet above its actions: the goal, or the approaches, which are a list."""

    label: Label
    lines: tuple[Line, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An action on its sheet: the marks behind its title (（再掲）), and its lines in each year.

    A relisting links to its original, an original to where it is listed again. Targets that are longer than a page go
    on in a row that is `continued` （続き） and has no anchor.
    """

    anchor: str
    title: str
    marks: str
    departments: str
    links: tuple[Link, ...]
    targets: tuple[tuple[Line, ...], ...]
    continued: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project's sheet, or a part of it: only the first part has the anchor, the others are `continued` （続き）."""

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
    places = _Places(plan, selection)
    words = _words(plan, ())
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
    of_measure, sheet = next(
        (of_measure, sheet) for of_measure in sheets(plan) for sheet in of_measure.sheets if sheet.anchor == shown
    )
    words = _words(plan, plan.example.notes)
    return SampleSheet(
        anchor=SAMPLE_ANCHOR,
        heading=f"【{plan.labels.sheets.example}】",
        sheets=replace(
            of_measure,
            anchor="",
            words=words,
            policy=replace(of_measure.policy, anchor=""),
            measure=replace(of_measure.measure, anchor=""),
            sheets=(_as_sample(sheet, words, links=links),),
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
    goal = Field(words.goal, lines(project.goal))
    approaches = Field(words.approaches, tuple(Line(text.rstrip()) for text in project.approaches), listed=True)
    return Sheet(
        anchor=project.id,
        title=project.title,
        departments="、".join(plan.departments_of(project)),
        fields=(goal, approaches) if project.approaches else (goal,),
        rows=tuple(_row(plan, project, plan.original(entry), entry, places) for entry in project.actions),
    )


def _row(plan: Plan, project: Project, original: Action, entry: Action | Relisting, places: _Places) -> Row:
    relisting = plan.labels.relisting
    if isinstance(entry, Relisting):
        anchor, marks = relisting_anchor(project, original), bracketed(relisting)
        links = [places.link(plan.originals[original.id][0], original.id, "→ ")]
    else:
        anchor, marks = original.id, ""
        links = [
            places.link(other, relisting_anchor(other, original), f"{relisting}：")
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


def _as_sample(sheet: Sheet, words: Words, *, links: bool) -> Sheet:
    """Return a sheet with anchors of its own, and labels with marks."""
    return replace(
        sheet,
        anchor=f"example:{sheet.anchor}",
        fields=tuple(replace(field, label=words.approaches if field.listed else words.goal) for field in sheet.fields),
        rows=tuple(
            replace(
                row,
                anchor=f"example:{row.anchor}",
                links=tuple(link if links else replace(link, anchor=None) for link in row.links),
            )
            for row in sheet.rows
        ),
    )
