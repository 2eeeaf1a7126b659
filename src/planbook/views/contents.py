"""目次: the parts of the book; under the sheets their sections, in a small book down to those that have sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, islice
from typing import TYPE_CHECKING

from planbook.typography.phrases import width
from planbook.views import department_index, figures_table, indicators, sample_sheet, sheets, system_table
from planbook.views.marks import with_signs
from planbook.views.numbered_sections import numbered_sections, walk
from planbook.views.page_numbers import Reference, reference
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planbook.plan.book import Chapter
    from planbook.plan.model import Plan
    from planbook.views.numbered_sections import NumberedSection
    from planbook.views.selection import Selection

ANCHOR = "part:contents"

# With so many entries the lowest sections still find room on two pages; beyond, those above give the better overview.
_MAX_ENTRIES_WITH_LOWEST = 72

# The level of the headings of a chapter that stand in the contents below its title.
_SECTION = 2

# The column of numbers has so many em; wider ones stand before their titles. See css/book.css.
_NUMBERS = 2.5

# Deeper than any level of the contents.
_ALONE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: where it begins, its title, and whether the sections stand in it (they do in the sheets).

    `below` are the headings that stand in it, if it is a chapter, and their titles.
    """

    anchor: str
    title: str
    sections: bool = False
    below: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents and the lines below it. `mark` is its number: (1), ①, 基本目標1, or "" for none.

    `wide`: the numbers of its level do not fit the column of numbers, they stand before the titles. `goes_on`: its
    line is on a page before, and those below it go on.
    """

    mark: str
    title: str
    to: Reference
    entries: tuple[ContentsEntry, ...] = ()
    goes_on: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents as a tree; `compact` where closer lines keep them on one page. They `begin` on their first page."""

    anchor: str
    title: str
    page_label: str
    entries: tuple[ContentsEntry, ...]
    compact: bool = False
    begins: bool = True


def listed_parts(plan: Plan, chosen: Iterable[str]) -> dict[str, Part]:
    """Return those of the chosen parts, in their order, that stand in the contents."""
    labels = plan.labels
    listed: dict[str, Part] = {
        # Behind the plan's title the words may be の施策体系; alone they are 施策体系.
        "system-table": Part(system_table.ANCHOR, plan.system_table_title.removeprefix("の")),
        "sample-sheet": Part(sample_sheet.ANCHOR, labels.sheets.example),
        "sheets": Part(sheets.ANCHOR, labels.book.sheets, sections=True),
        "indicators": Part(indicators.ANCHOR, labels.book.indicators),
        "figures": Part(figures_table.ANCHOR, labels.book.figures),
        "index": Part(department_index.ANCHOR, labels.book.departments),
    }
    listed |= {name: _chapter(chapter) for name, chapter in plan.chapters.items()}
    return {name: listed[name] for name in chosen if name in listed}


def _chapter(chapter: Chapter) -> Part:
    sections = tuple((each.anchor, each.text) for each in chapter.headings if each.level == _SECTION)
    return Part(chapter.anchor, chapter.title, below=sections)


def contents(
    plan: Plan, parts: Sequence[Part], pages: Mapping[str, str] | None, selection: Selection = WHOLE
) -> Contents:
    """List the parts, in order; `pages` has the page label of every anchor in the book, or is None for the web."""
    sections = numbered_sections(plan, selection)
    deep = len(parts) + sum(1 for _ in walk(sections)) <= _MAX_ENTRIES_WITH_LOWEST
    entries = tuple(
        ContentsEntry("", part.title, reference(part.anchor, pages), _below_sheets(plan, sections, pages, deep=deep))
        if part.sections
        else ContentsEntry("", part.title, reference(part.anchor, pages), _headings(part, pages))
        for part in parts
    )
    return Contents(ANCHOR, plan.labels.book.contents, plan.labels.book.page, _with_wide_numbers(entries))


def _with_wide_numbers(level: Sequence[ContentsEntry]) -> tuple[ContentsEntry, ...]:
    """Return the entries of a level, with those below: as one number of a level does, so do all."""
    below = [entry for above in level for entry in above.entries]
    if not below:
        return tuple(level)
    wide = max(width(entry.mark) for entry in below) > _NUMBERS
    shown = iter(_with_wide_numbers([replace(entry, wide=wide) for entry in below]))
    return tuple(replace(above, entries=tuple(islice(shown, len(above.entries)))) for above in level)


def _headings(part: Part, pages: Mapping[str, str] | None) -> tuple[ContentsEntry, ...]:
    return tuple(ContentsEntry("", title, reference(anchor, pages)) for anchor, title in part.below)


def cuts(view: Contents) -> list[int]:
    """What a break before each line cuts, the least first: nothing before parts and their sections, then those below.

    Breaks that leave a line alone, or the last parts, are the worst of all.
    """
    return [cut for _, cut in _lines(view)]


def some_lines(view: Contents, start: int, end: int) -> Contents:
    """Return the contents with the lines from one up to another alone, which are counted as in `cuts`."""
    lines = count()

    def shown(entry: ContentsEntry) -> ContentsEntry | None:
        here = start <= next(lines) < end
        below = tuple(filter(None, map(shown, entry.entries)))
        return replace(entry, entries=below, goes_on=not here) if here or below else None

    return replace(view, entries=tuple(filter(None, map(shown, view.entries))), begins=not start)


def _lines(view: Contents) -> Iterator[tuple[ContentsEntry, int]]:
    last_deep = max((at for at, part in enumerate(view.entries) if part.entries), default=len(view.entries))
    for at, part in enumerate(view.entries):
        yield part, _ALONE if at > last_deep else 0
        yield from _below(part.entries, 0)


def _below(entries: Sequence[ContentsEntry], level: int) -> Iterator[tuple[ContentsEntry, int]]:
    for entry in entries:
        alone = entry is entries[0] or (entry is entries[-1] and not entry.entries)
        yield entry, _ALONE if alone else level
        yield from _below(entry.entries, level + 1)


def _below_sheets(
    plan: Plan, sections: Sequence[NumberedSection], pages: Mapping[str, str] | None, *, deep: bool
) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(
            place.number,
            with_signs(plan, place.section),
            reference(place.id, pages),
            _below_sheets(plan, place.children, pages, deep=deep),
        )
        for place in sections
        # Where the highest sections have the sheets, there is nothing above them to list.
        if deep or not (place.lowest and place.above)
    )
