"""The sections of a plan with their numbers, as a tree. A part of the plan has the numbers of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbering import full_numbers, numbered_title, numbers
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planbook.plan.model import Level, Plan, Section
    from planbook.views.selection import Selection


@dataclass(frozen=True, slots=True, eq=False)
class NumberedSection:
    """A section and those of the sections below it that are shown.

    `number` is its own ("" for none), `full` tells it from all others: (1)①. `above` are the sections above, top down.
    """

    section: Section
    number: str
    full: str
    above: tuple[NumberedSection, ...] = ()
    children: tuple[NumberedSection, ...] = ()

    @property
    def id(self) -> str:
        """The id of the section, its anchor in the documents."""
        return self.section.id

    @property
    def level(self) -> Level:
        """The level of the section."""
        return self.section.level

    @property
    def title(self) -> str:
        """The title behind the number."""
        return numbered_title(self.number, self.section.title)

    @property
    def lowest(self) -> bool:
        """Whether actions stand in it: then it has a sheet."""
        return bool(self.section.actions)


def numbered_sections(plan: Plan, selection: Selection = WHOLE) -> tuple[NumberedSection, ...]:
    """Return the sections of the highest level in document order, without those in which nothing is selected."""
    own, full = numbers(plan), full_numbers(plan)

    def numbered(sections: Sequence[Section], above: tuple[NumberedSection, ...]) -> Iterator[NumberedSection]:
        for section in sections:
            if selection.covers(plan, section):
                place = NumberedSection(section, own[section.id], full[section.id], above)
                # Above and below refer to each other: what is below is filled in when it is known.
                object.__setattr__(place, "children", tuple(numbered(section.children, (*above, place))))
                yield place

    return tuple(numbered(plan.top, ()))


def walk(sections: Sequence[NumberedSection]) -> Iterator[NumberedSection]:
    """Yield sections and all that is below them, in document order."""
    for section in sections:
        yield section
        yield from walk(section.children)


def numbered_lowest(plan: Plan, selection: Selection = WHOLE) -> Iterator[NumberedSection]:
    """Yield the selected sections that actions stand in, in document order."""
    return (section for section in walk(numbered_sections(plan, selection)) if section.lowest)
