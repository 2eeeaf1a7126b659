"""The sheets (取組について) and the sample sheet (記載例) as display records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from planbook.plan.model import Relisting
from planbook.typography.phrases import SHORT, balanced, phrases, width
from planbook.views.columns import column_headings
from planbook.views.figures import DASH, target_lines
from planbook.views.indicators import indicator_text
from planbook.views.marks import LegendEntry, legend, signs
from planbook.views.numbered import numbered_lowest, numbered_sections
from planbook.views.numbering import bracketed, full_numbers, numbered_title, numbers
from planbook.views.selection import WHOLE
from planbook.views.texts import Line, joined, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planbook.plan.model import Action, Level, Note, Plan, Section
    from planbook.views.numbered import NumberedSection
    from planbook.views.selection import Selection


# What the cell beside a section's name holds in three lines, in em; more departments have a line of the sheet.
_DEPARTMENTS_BESIDE = 42.0
# What a line of the cell of an action holds.
_DEPARTMENTS_IN_LINE = 13.5
# What a line of the title holds on an upright page, in em of its type.
_TITLE_MEASURE = 35.0
# With more years than these their columns hold fewer characters.
_MOST_YEARS_AIRY = 8
_SHORTER = 6

Reminder = Literal["", "title", "head"]

# What stands in a cell that says the same as the one before it, and in one that says nothing.
_AS_BEFORE = (Line("→"),)
_NOTHING = (Line(DASH),)

ANCHOR = "part:sheets"
SAMPLE_ANCHOR = "part:example"


@dataclass(frozen=True, slots=True)
class FieldLabel:
    """A printed word, and the marks of the notes that explain it (※1)."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Words:
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
    fields: tuple[Field, ...] = ()

    def __str__(self) -> str:
        return numbered_title(self.number, self.title)


@dataclass(frozen=True, slots=True)
class RelistingLink:
    """A reference to another row: its anchor, None where that row is not in the document, and the text to print."""

    anchor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a sheet above its actions: the departments, where they are many, the goal, or the approaches, a list.

    `continued`: the row above it has the beginning.
    """

    label: FieldLabel
    lines: tuple[Line, ...]
    listed: bool = False
    continued: bool = False

    def joined(self, rest: Field) -> Field:
        """Return the field with the lines of its continuation."""
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

    @property
    def departments_apart(self) -> bool:
        """Whether the departments are more than a line holds: then they begin on one of their own."""
        return width(self.departments) > _DEPARTMENTS_IN_LINE


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a lowest section, or a part of it: only the first has the anchor, others are `continued` （続き）.

    `title` has the number and the signs, too. `departments` stand beside it; "" where they are too many for that.
    """

    anchor: str
    title: str
    departments: str
    fields: tuple[Field, ...]
    rows: tuple[SheetRow, ...]
    continued: str = ""


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
    words: Words
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
    def title_lines(self) -> tuple[str, ...]:
        """The title in even lines."""
        return balanced(phrases(self.title), _TITLE_MEASURE)

    @property
    def kept(self) -> int:
        """How many characters fit into a line of any year."""
        return SHORT if len(self.columns) <= _MOST_YEARS_AIRY else _SHORTER


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


def sheets(plan: Plan, selection: Selection = WHOLE) -> tuple[SectionSheets, ...]:
    """Return the sheets in document order, those below the same section together."""
    return _sheets(plan, selection, _words(plan, ()))


def _sheets(plan: Plan, selection: Selection, words: Words) -> tuple[SectionSheets, ...]:
    places = _Places(plan, selection)
    part = selection.title(plan)
    title = plan.title + plan.labels.sheets.title + (bracketed(part) if part else "")
    columns = _columns(plan)
    groups = list(_groups(numbered_sections(plan, selection)))
    return tuple(
        SectionSheets(
            anchor=ANCHOR if at == 0 else "",
            title=title,
            words=words,
            word=words.of(group[0].level),
            headings=_headings(plan, words, group[0]),
            columns=columns,
            sheets=tuple(_sheet(plan, place, words, places) for place in group),
            continued=bracketed(plan.labels.continued),
            legend=legend(plan) if at == 0 else (),
        )
        for at, group in enumerate(groups)
    )


def _groups(sections: Sequence[NumberedSection]) -> Iterator[list[NumberedSection]]:
    """Yield the lowest sections below each section that has some."""
    if own := [section for section in sections if section.lowest]:
        yield own
    for section in sections:
        yield from _groups(section.children)


def _headings(plan: Plan, words: Words, first: NumberedSection) -> tuple[SheetHeading, ...]:
    """Return the sections above the first of a group. One is a heading where nothing of it came before."""
    headings = []
    for at, place in enumerate(first.above):
        below = (*first.above, first)[at + 1 :]
        opens = all(each is above.children[0] for above, each in zip((place, *below), below, strict=False))
        before, behind = signs(plan, place.section)
        title = " ".join((*before, place.section.title, *behind))
        told = tuple(fields(plan, place.section, words)) if opens else ()
        headings.append(SheetHeading(words.of(place.level), place.id if opens else "", place.number, title, told))
    return tuple(headings)


def _columns(plan: Plan) -> tuple[SheetColumn, ...]:
    content = (SheetColumn(plan.labels.sheets.content, "", "", content=True),) if _has_content(plan) else ()
    return (*content, *(SheetColumn(each.label, each.western, str(each)) for each in column_headings(plan)))


def _has_content(plan: Plan) -> bool:
    return any(action.content for _, action in plan.originals.values())


def sample_sheet(plan: Plan, *, links: bool = True) -> SampleSheet | None:
    """Return the sample sheet; a plan without an example has none. With `links` it leads to the sheets themselves."""
    if plan.example is None:
        return None
    shown = plan.example.project
    words = _words(plan, plan.example.notes)
    of_group, sheet = next(
        (of_group, sheet)
        for of_group in _sheets(plan, WHOLE, words)
        for sheet in of_group.sheets
        if sheet.anchor == shown
    )
    return SampleSheet(
        anchor=SAMPLE_ANCHOR,
        heading=f"【{plan.labels.sheets.example}】",
        sheets=replace(
            of_group,
            anchor="",
            headings=tuple(replace(heading, anchor="") for heading in of_group.headings),
            sheets=(_as_sample(sheet, links=links),),
        ),
        notes=tuple(
            SampleNote(_note_mark(at), "、".join(getattr(words, name).text for name in note.on), note.text)
            for at, note in enumerate(plan.example.notes, 1)
        ),
    )


class _Places:
    """Where sheets are, for references: their numbers and titles, and the sections that list an action again."""

    def __init__(self, plan: Plan, selection: Selection) -> None:
        full = full_numbers(plan)
        self.numbers = numbers(plan)
        self._names = {each.id: numbered_title(full[each.id], each.title) for each in plan.lowest_sections()}
        self._here = {place.id for place in numbered_lowest(plan, selection)}
        self.relistings: dict[str, list[Section]] = {}
        for section in plan.lowest_sections():
            for entry in section.actions:
                if isinstance(entry, Relisting):
                    self.relistings.setdefault(entry.relist, []).append(section)

    def link(self, section: Section, anchor: str, text: str) -> RelistingLink:
        """Return a reference to a row on the sheet of a section: → (1)① 既存窓口の周知・利用促進."""
        return RelistingLink(anchor if section.id in self._here else None, f"{text}{self._names[section.id]}")


def relisting_anchor(section: Section, original: Action) -> str:
    """Return the anchor of the row that lists an action again on the sheet of a section."""
    return f"{section.id}:{original.id}"


def _note_mark(position: int) -> str:
    return f"※{position}"


def _words(plan: Plan, notes: Iterable[Note]) -> Words:
    marks: dict[str, str] = {}
    for at, note in enumerate(notes, 1):
        for name in note.on:
            marks[name] = marks.get(name, "") + _note_mark(at)
    labels = plan.labels.sheets
    texts = {
        "pillar": labels.pillar,
        "policy": labels.policy,
        "measure": labels.measure,
        "project": labels.project,
        "departments": labels.department,
        "goal": labels.goal,
        "approaches": labels.approaches,
        "actions": labels.action,
        "content": labels.content,
    }
    return Words(**{name: FieldLabel(text, marks.get(name, "")) for name, text in texts.items()})


def _sheet(plan: Plan, place: NumberedSection, words: Words, places: _Places) -> Sheet:
    section = place.section
    departments = "、".join(plan.departments_of(section))
    beside = width(departments) <= _DEPARTMENTS_BESIDE
    before, behind = signs(plan, section)
    return Sheet(
        anchor=section.id,
        title=numbered_title(place.number, " ".join((*before, section.title, *behind))),
        departments=departments if beside else "",
        fields=(
            *(() if beside else (Field(words.departments, (Line(departments, listed=True),)),)),
            *fields(plan, section, words),
        ),
        rows=tuple(_row(plan, section, plan.original(entry), entry, places) for entry in section.actions),
    )


def fields(plan: Plan, section: Section, words: Words) -> Iterator[Field]:
    """Yield what a section says of itself beside its title and departments: goal, approaches, texts, indicators."""
    if section.goal is not None:
        yield Field(words.goal, lines(section.goal))
    if section.approaches:
        yield _listing(words.approaches, section.approaches)
    for heading, text in section.texts.items():
        if isinstance(text, str):
            yield Field(FieldLabel(heading), lines(text))
        else:
            yield _listing(FieldLabel(heading), text)
    if section.indicators:
        texts = [indicator_text(plan, indicator) for indicator in section.indicators]
        yield _listing(FieldLabel(plan.labels.sheets.indicators), texts)


def _listing(label: FieldLabel, items: Sequence[str]) -> Field:
    return Field(label, tuple(Line(item.rstrip()) for item in items), listed=True)


def _row(plan: Plan, section: Section, original: Action, entry: Action | Relisting, places: _Places) -> SheetRow:
    relisting = plan.labels.relisting
    if isinstance(entry, Relisting):
        anchor, marks = relisting_anchor(section, original), bracketed(relisting)
        links = [places.link(plan.originals[original.id][0], original.id, "初出：")]
    else:
        anchor, marks = original.id, ""
        links = [
            places.link(other, relisting_anchor(other, original), f"{relisting}先：")
            for other in places.relistings.get(original.id, ())
        ]
    before, behind = signs(plan, original)
    targets, spans = _cells(plan, original)
    # Those of the whole sheet stand beside its title.
    departments = plan.departments_of(original) if original.departments or isinstance(entry, Relisting) else ()
    return SheetRow(
        anchor=anchor,
        title=original.title,
        marks=marks,
        departments=bracketed("、".join(departments)) if departments else "",
        links=tuple(links),
        targets=targets,
        spans=spans,
        number=places.numbers[original.id],
        before=before,
        signs=behind,
    )


def _cells(plan: Plan, action: Action) -> tuple[tuple[tuple[Line, ...], ...], tuple[int, ...]]:
    """Return what stands in the columns beside an action, and how many columns each cell spans: () for one each."""
    content = ((lines(action.content) if action.content else (Line(DASH),)),) if _has_content(plan) else ()
    targets = [target_lines(action.target(column)) for column in plan.columns_in_use]
    if plan.book.repeated == "text":
        return (*content, *targets), ()
    if plan.book.repeated == "arrow":
        before: tuple[Line, ...] | None = None
        arrows = []
        for target in targets:
            arrows.append(_AS_BEFORE if target == before and target != _NOTHING else target)
            before = target
        return (*content, *arrows), ()
    groups = [(target, sum(1 for _ in same)) for target, same in groupby(targets)]
    return (*content, *(target for target, _ in groups)), (*(1 for _ in content), *(span for _, span in groups))


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
