"""The sheets (取組について) as display records."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.model import Relisting
from planbook.typography.phrases import width
from planbook.views.columns import column_headings
from planbook.views.figures import DASH, target_lines
from planbook.views.indicators import section_indicators
from planbook.views.long_texts import Line, lines
from planbook.views.marks import legend, signs, with_signs
from planbook.views.numbered_sections import numbered_lowest, numbered_sections
from planbook.views.numbering import bracketed, full_numbers, numbered_title, numbers
from planbook.views.page_widths import A4
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import (
    FieldLabel,
    RelistingLink,
    SectionSheets,
    Sheet,
    SheetColumn,
    SheetField,
    SheetHeading,
    SheetRow,
    SheetWords,
    row_anchor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planbook.plan.model import Action, Plan, Section
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.page_widths import PageWidths
    from planbook.views.selection import Selection


# What the cell beside the name of a section holds in three lines, in em. Where a sheet of a plan has more departments,
# all its sheets have a row for them.
_DEPARTMENTS_BESIDE = 42.0
# Four years have 33 mm each on an upright page.
_MAX_UPRIGHT = 4
# What a table of indicators has of the width of an upright page and of a wide one, counted in em of its own type where
# that has grown most, and what of it the label beside it takes.
_OF_UPRIGHT, _OF_WIDE = 0.92, 0.97
_LABEL_UPRIGHT, _LABEL_WIDE = 9.0, 10.0
# What stands in a cell that says the same as the one before it, and in one that says nothing.
_AS_BEFORE = (Line("→"),)
_NOTHING = (Line(DASH),)

ANCHOR = "part:sheets"


def sheets(plan: Plan, selection: Selection = WHOLE, room: PageWidths = A4) -> tuple[SectionSheets, ...]:
    """Return the sheets in document order, those below the same section together. `room` are the pages of the book."""
    return tuple(sheets_in_words(plan, selection, sheet_words(plan, {}), room))


def sheets_in_words(plan: Plan, selection: Selection, words: SheetWords, room: PageWidths) -> Iterator[SectionSheets]:
    """Yield the same with `words` in the label cells."""
    places = _Links(plan, selection)
    shape = _SheetShape.of(_columns(plan), room)
    part = selection.title(plan)
    title = plan.title + plan.labels.sheets.title + (bracketed(part) if part else "")
    for at, group in enumerate(_groups(numbered_sections(plan, selection))):
        yield SectionSheets(
            anchor=ANCHOR if at == 0 else "",
            title=title,
            words=words,
            word=words.of(group[0].level),
            headings=_headings(plan, words, group[0], shape),
            columns=shape.columns,
            sheets=tuple(_sheet(plan, place, words, places, shape) for place in group),
            continued=bracketed(plan.labels.continued),
            legend=legend(plan) if at == 0 else (),
        )


def _groups(sections: Sequence[NumberedSection]) -> Iterator[list[NumberedSection]]:
    """Yield the lowest sections below each section that has some."""
    if own := [section for section in sections if section.lowest]:
        yield own
    for section in sections:
        yield from _groups(section.children)


def _headings(plan: Plan, words: SheetWords, first: NumberedSection, shape: _SheetShape) -> tuple[SheetHeading, ...]:
    """Return the sections above the first of a group. One is a heading where nothing of it came before."""
    measure = shape.beside_label if plan.book.style == "form" else shape.alone
    headings = []
    for at, place in enumerate(first.above):
        below = (*first.above, first)[at + 1 :]
        opens = all(each is above.children[0] for above, each in zip((place, *below), below, strict=False))
        title = with_signs(plan, place.section)
        own = tuple(fields(plan, place.section, words, measure)) if opens else ()
        headings.append(SheetHeading(words.of(place.level), place.id if opens else "", place.number, title, own))
    return tuple(headings)


def on_the_long_side(columns: Sequence[SheetColumn]) -> bool:
    """Whether so many columns need the long side of the page."""
    return room_taken(columns) > _MAX_UPRIGHT


def room_taken(columns: Sequence[SheetColumn]) -> int:
    """Return how many columns a sheet needs room for: 内容 takes as much as two years."""
    return sum(2 if column.content else 1 for column in columns)


class _SheetShape(NamedTuple):
    """What all sheets of a plan have: columns, and room for a table of indicators, in em of its type."""

    columns: tuple[SheetColumn, ...]
    alone: float
    beside_label: float

    @classmethod
    def of(cls, columns: tuple[SheetColumn, ...], room: PageWidths) -> _SheetShape:
        if on_the_long_side(columns):
            return cls(columns, room.sheets_wide * _OF_WIDE, room.sheets_wide * _OF_WIDE - _LABEL_WIDE)
        return cls(columns, room.sheets * _OF_UPRIGHT, room.sheets * _OF_UPRIGHT - _LABEL_UPRIGHT)


def _columns(plan: Plan) -> tuple[SheetColumn, ...]:
    content = (SheetColumn(plan.labels.sheets.content, "", "", content=True),) if _has_content(plan) else ()
    return (*content, *(SheetColumn(each.label, each.western, str(each)) for each in column_headings(plan)))


def _has_content(plan: Plan) -> bool:
    return any(action.content for _, action in plan.originals.values())


class _Links:
    """Where sheets are, for references: their numbers and titles, and the sections that list an action again."""

    def __init__(self, plan: Plan, selection: Selection) -> None:
        full = full_numbers(plan)
        self.numbers = numbers(plan)
        sections = tuple(plan.lowest_sections())
        self._names = {each.id: numbered_title(full[each.id], each.title) for each in sections}
        self._here = {place.id for place in numbered_lowest(plan, selection)}
        self.departments_beside = all(width(_departments(plan, each)) <= _DEPARTMENTS_BESIDE for each in sections)
        self.relistings: dict[str, list[tuple[Section, Relisting]]] = {}
        for section in sections:
            for entry in section.actions:
                if isinstance(entry, Relisting):
                    self.relistings.setdefault(entry.relist, []).append((section, entry))

    def link(self, section: Section, anchor: str, text: str) -> RelistingLink:
        """Return a reference to a row on the sheet of a section: → (1)① 既存窓口の周知・利用促進."""
        return RelistingLink(anchor if section.id in self._here else None, f"{text}{self._names[section.id]}")


def sheet_words(plan: Plan, marks: Mapping[str, str]) -> SheetWords:
    """Return the words of the label cells, with the marks (※1) that stand behind those that notes explain."""
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
    return SheetWords(**{name: FieldLabel(text, marks.get(name, "")) for name, text in texts.items()})


def _sheet(plan: Plan, place: NumberedSection, words: SheetWords, places: _Links, shape: _SheetShape) -> Sheet:
    section = place.section
    departments = _departments(plan, section)
    beside = places.departments_beside
    with_content = any(plan.original(entry).content for entry in section.actions)
    return Sheet(
        anchor=section.id,
        title=numbered_title(place.number, with_signs(plan, section)),
        departments=departments if beside else "",
        fields=(
            *(
                (SheetField(words.departments, (Line(departments, listed=True),)),)
                if departments and not beside
                else ()
            ),
            *fields(plan, section, words, shape.beside_label),
        ),
        rows=tuple(_row(plan, section, entry, places, with_content=with_content) for entry in section.actions),
        columns=tuple(column for column in shape.columns if with_content or not column.content),
    )


def _departments(plan: Plan, section: Section) -> str:
    return "、".join(plan.departments_of(section))


def fields(plan: Plan, section: Section, words: SheetWords, measure: float | None = None) -> Iterator[SheetField]:
    """Yield what a section says of itself beside its title and departments: goal, approaches, texts, indicators.

    `measure` is how wide a table of indicators is, in em of its type; None for the web.
    """
    if section.goal is not None:
        yield SheetField(words.goal, lines(section.goal))
    if section.approaches:
        yield _listing(words.approaches, section.approaches)
    for heading, text in section.texts.items():
        if isinstance(text, str):
            yield SheetField(FieldLabel(heading), lines(text))
        else:
            yield _listing(FieldLabel(heading), text)
    if section.indicators:
        table = section_indicators(plan, section, measure)
        yield SheetField(FieldLabel(plan.labels.sheets.indicators), (), table=table)


def _listing(label: FieldLabel, items: Sequence[str]) -> SheetField:
    return SheetField(label, tuple(Line(item.rstrip()) for item in items), listed=True)


def _row(plan: Plan, section: Section, entry: Action | Relisting, places: _Links, *, with_content: bool) -> SheetRow:
    original = plan.original(entry)
    relisting = plan.labels.relisting
    if isinstance(entry, Relisting):
        marks = bracketed(relisting)
        links = [places.link(plan.originals[original.id][0], original.id, "初出：")]
    else:
        marks = ""
        links = [
            places.link(other, row_anchor(other, again), f"{relisting}先：")
            for other, again in places.relistings.get(original.id, ())
        ]
    before, behind = signs(plan, original)
    targets, spans = _cells(plan, original, with_content=with_content)
    # Those of the whole sheet stand beside its title.
    departments = plan.departments_of(original) if original.departments or isinstance(entry, Relisting) else ()
    return SheetRow(
        anchor=row_anchor(section, entry),
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


def _cells(plan: Plan, action: Action, *, with_content: bool) -> tuple[tuple[tuple[Line, ...], ...], tuple[int, ...]]:
    """Return what stands in the columns beside an action, and how many columns each cell spans: () for one each."""
    content = ((lines(action.content) if action.content else (Line(DASH),)),) if with_content else ()
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
