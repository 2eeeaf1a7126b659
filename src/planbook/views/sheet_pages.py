"""Which parts of which sheets stand on which page, where some sheet is higher than a page. Lengths are CSS pixels."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, zip_longest
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from planbook.views.long_texts import Line, split, weight
from planbook.views.sheet_records import RelistingLink, SheetField, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planbook.views.sheet_records import Reminder, Sheet

_Part = TypeVar("_Part", SheetField, SheetRow)

# A text of so few characters is never what makes a row higher than a page.
_SHORT = 40
# What is higher than a page is split into pieces of a part of a page; those that land on the same one are joined again.
_PIECES = 4
_NAMES = re.compile(r"[^、]*、?")
# Headings that take so much of a page may have it to themselves.
_MUCH = 0.4
# 10 mm
_MIN_ROOM = 38.0
# Where a sheet or a row goes on, its name is only a reminder.
_REMINDER, _ROW_REMINDER = 60, 30


@dataclass(frozen=True)
class Heights:
    """Measured heights of a sheet: the line with its name, as it begins and as it goes on; each field; years; rows."""

    name: float
    name_again: float
    fields: tuple[float, ...]
    years: float
    rows: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many fields and rows there are."""
        return len(self.fields) + len(self.rows)

    @cached_property
    def _tops(self) -> list[float]:
        """How far down each field and row begins, and the last one ends, below name and years."""
        return [0.0, *accumulate(self.fields + self.rows)]

    def part(self, start: int, end: int) -> float:
        """Return the height of a part of the sheet: fields and rows are counted through, `end` is not in it."""
        years = self.years if end > max(start, len(self.fields)) else 0
        name = self.name_again if start else self.name
        return name + years + self._tops[end] - self._tops[start]

    def joined(self, rest: Heights) -> Heights:
        """Return the heights of a sheet whose rest was measured apart."""
        years = self.years or rest.years
        return Heights(self.name, self.name_again, self.fields + rest.fields, years, self.rows + rest.rows)

    def fill(self, start: int, room: float) -> int:
        """Return the end of the longest part from `start` that fits: `start` itself where nothing does."""
        # The longer a part, the higher: halving finds the end, where trying each would take the square of the rows.
        return bisect_right(range(start + 1, self.count + 1), room, key=lambda end: self.part(start, end)) + start


class Space(NamedTuple):
    """The height of a page, what the headings leave of a section's first page, and the gap between sheets.

    `title` is what stands above the first sheet again where the headings have a page to themselves.
    """

    page: float
    first: float
    gap: float
    title: float = 0.0


def paginate(  # noqa: PLR0913, PLR0917 - what pages are made of, and two wishes
    sheets: Sequence[Sheet],
    heights: Sequence[Heights],
    space: Space,
    continued: str,
    headings: Mapping[str, float] | None = None,
    worth_breaking: float = inf,
) -> list[list[Sheet]]:
    """Return the sheets of each page.

    A sheet that fits on a page stands on one; others break between fields and rows, and all parts but the first are
    marked `continued`. The first page has something below its headings, even if a sheet must break for it; only where
    these fill much of it, and not one row fits below them, has it no sheets.
    `headings` are the heights of what stands above sheets after the first, by the anchors of these. Where so much as
    `worth_breaking` would stay empty, any sheet breaks between its rows.
    """
    pages: list[list[Sheet]] = [[]]
    room = space.first
    for sheet, measured in zip(sheets, heights, strict=True):
        start = 0
        heading = (headings or {}).get(sheet.anchor, 0.0)
        room -= heading
        opening = pages == [[]]
        breaks = room >= worth_breaking
        fresh = space.page - (space.title if opening else heading)
        alone = opening and room <= space.page * (1 - _MUCH) and measured.fill(0, room) <= len(sheet.fields)
        first = opening and not alone
        for at, end in enumerate(_ends(measured, room, space.page, opening=first, fresh=fresh, breaks=breaks)):
            if at > 0:
                pages.append([])
                room = fresh if start == 0 else space.page
            if end > start:
                pages[-1].append(_part(sheet, start, end, continued))
                room -= measured.part(start, end) + space.gap
            start = end
    return pages


def _ends(  # noqa: PLR0913 - what a page has room for
    measured: Heights, room: float, page: float, *, opening: bool, fresh: float, breaks: bool
) -> list[int]:
    """Return where the parts of a sheet end, page after page. The first is 0 where the sheet begins on a new page.

    `fresh` is the room of a page that the sheet begins. `breaks`: it may, though it would fit on one.
    """
    begun = measured.fill(0, room)
    # Nobody wants a goal at the foot of a page and the actions on the next.
    may = breaks or measured.part(0, measured.count) > fresh
    worth_it = begun == measured.count or (may and begun > len(measured.fields))
    ends = [max(begun, 1) if opening else begun if worth_it else 0]
    while ends[-1] < measured.count:
        ends.append(max(measured.fill(ends[-1], page if ends[-1] else fresh), ends[-1] + 1))
    _keep_last_row_company(ends, measured, page)
    return ends


def _keep_last_row_company(ends: list[int], measured: Heights, page: float) -> None:
    *_, before, last = (0, 0, *ends)
    alone = last - before == 1 and before - len(measured.fields) > 1
    if alone and measured.part(before - 1, last) <= page:
        ends[-2] -= 1


def _part(sheet: Sheet, start: int, end: int, continued: str) -> Sheet:
    """Return the fields and rows of a sheet from `start` to before `end`, counted through."""
    fields = len(sheet.fields)
    part = replace(
        sheet,
        fields=_joined(sheet.fields[start:end]),
        rows=_joined(sheet.rows[max(0, start - fields) : max(0, end - fields)]),
    )
    return replace(head_again(sheet, continued), fields=part.fields, rows=part.rows) if start else part


def _joined(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    """Join the pieces of what has been split, as far as they stand on the same page."""
    joined: list[_Part] = []
    for part in parts:
        if part.continued and joined:
            joined[-1] = joined[-1].joined(part)
        else:
            joined.append(part)
    return tuple(joined)


def head_again(sheet: Sheet, continued: str) -> Sheet:
    """Return the head of a sheet as it is where the sheet goes on, and nothing else of it."""
    return replace(sheet, anchor="", title=_reminder(sheet.title), fields=(), rows=(), continued=continued)


def split_texts(sheets: Sequence[Sheet], heights: Sequence[Heights], space: Space, continued: str) -> list[Sheet]:
    """Return the sheets, with fields and rows that are higher than their page split into several.

    Texts are split by their length, so whoever calls this measures again until the sheets come back as they were.
    """
    pages = (space.first if at == 0 else space.page for at in range(len(sheets)))
    return [
        _split_sheet(sheet, measured, page, continued)
        for sheet, measured, page in zip(sheets, heights, pages, strict=True)
    ]


def _split_sheet(sheet: Sheet, heights: Heights, page: float, continued: str) -> Sheet:
    room = _room(page, heights.name)
    fields = tuple(
        part
        for field, height in zip(sheet.fields, heights.fields, strict=True)
        for part in _split_field(field, height / room)
    )
    room = _room(page, heights.name_again + heights.years)
    rows = tuple(
        part
        for row, height in zip(sheet.rows, heights.rows, strict=True)
        for part in _split_row(row, height / room, continued)
    )
    return replace(sheet, fields=fields, rows=rows)


def _split_field(field: SheetField, pages: float) -> Iterator[SheetField]:
    """Split a field that is so many pages high between its lines or within, or between the rows of its table."""
    if table := field.table:
        size = max(int(len(table.rows) / pages / _PIECES), 1) if pages > 1 else len(table.rows)
        for start in range(0, len(table.rows), size):
            rows = table.rows[start : start + size]
            yield replace(field, table=replace(table, rows=rows), continued=field.continued or start > 0)
        return
    for at, (lines,) in enumerate(_split_together((field.lines,), pages)):
        yield replace(field, lines=lines, continued=field.continued or at > 0)


def _room(page: float, heads: float) -> float:
    """Return what heads leave of a page. The renderer breaks what planbook can not: a name as long as a page."""
    return max(page - heads, _MIN_ROOM)


def _split_row(row: SheetRow, pages: float, continued: str) -> Iterator[SheetRow]:
    """Split a row that is so many pages high: what stands in its head, and what in its years."""
    title = "" if row.reminding else row.title
    own = "" if row.reminding == "head" else row.departments
    head = [title, *_NAMES.findall(own), *(link.text for link in row.links)]
    parts = _split_together((tuple(Line(text) for text in head if text), *row.targets), pages)
    titles, *others = _distinguished(head, [lines for lines, *_ in parts])
    names, links = others[: len(others) - len(row.links)], others[len(others) - len(row.links) :]
    for at, (_, *targets) in enumerate(parts):
        rest = ((link.anchor, texts[at]) for link, texts in zip(row.links, links, strict=True))
        part = replace(
            row,
            departments="".join(name[at] for name in names),
            links=tuple(RelistingLink(anchor, text) for anchor, text in rest if text),
            targets=tuple(targets),
        )
        yield _going_on(row, part, titles[at], continued) if at else _beginning(row, part, titles[0])


def _beginning(row: SheetRow, part: SheetRow, title: str) -> SheetRow:
    if row.reminding:
        return replace(part, departments=part.departments or row.departments)
    return replace(part, title=title)


def _going_on(row: SheetRow, part: SheetRow, title: str, continued: str) -> SheetRow:
    """Return a further part of a row: what is not the rest of its head is there again, if it is short, or its begin."""
    departments = part.departments
    reminding: Reminder = "" if title else "title" if departments or part.links else "head"
    if reminding == "head" and len(row.departments) <= _ROW_REMINDER:
        departments = row.departments
    title = title or _reminder(row.title, _ROW_REMINDER)
    return replace(part, anchor="", title=title, departments=departments, continued=continued, reminding=reminding)


def _distinguished(texts: Sequence[str], parts: Sequence[Sequence[Line]]) -> list[list[str]]:
    """Return for each of the texts what every part has of it."""
    pieces = [["" for _ in parts] for _ in texts]
    of, left = 0, len(texts[0])
    for at, part in enumerate(parts):
        for piece in part:
            while not left:
                of += 1
                left = len(texts[of])
            pieces[of][at] += piece.text
            left -= len(piece.text)
    return pieces


def _split_together(texts: tuple[tuple[Line, ...], ...], pages: float) -> list[tuple[tuple[Line, ...], ...]]:
    """Split the texts of one row, which together are so many pages high, into those of several rows."""
    if pages <= 1:
        return [texts]
    longest = max(sum(map(weight, text)) for text in texts)
    size = max(int(longest / pages / _PIECES), _SHORT)
    return list(zip_longest(*(split(text, size) for text in texts), fillvalue=()))


def _reminder(title: str, most: int = _REMINDER) -> str:
    return title if len(title) <= most else f"{title[:most]}…"
