"""Two plans → every change between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planbook.comparison.changes import Change, ChangeKind, PartPlace, pointer
from planbook.comparison.chapter_texts import to_be_compared
from planbook.comparison.grouping import grouped
from planbook.comparison.matching import match, moved
from planbook.comparison.plain_values import Branch, same
from planbook.comparison.records import RELISTING, TOP, records
from planbook.plan import stand_ins
from planbook.views.numbering import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planbook.comparison.chapter_texts import ChapterTexts
    from planbook.comparison.matching import Matching
    from planbook.comparison.plain_values import Plain
    from planbook.comparison.records import Record
    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a plan and what changed, in the order of the new one.

    `unread` says how many things could not be compared, because one of the versions can not be read there;
    `unread_chapters` are the paths of chapters of which that is so.
    """

    old: Plan
    new: Plan
    changes: tuple[Change, ...]
    matching: Matching
    unread: int = 0
    unread_chapters: tuple[str, ...] = ()


def compare(
    old: Plan,
    new: Plan,
    damaged_old: frozenset[Path] = frozenset(),
    damaged_new: frozenset[Path] = frozenset(),
    chapters: tuple[ChapterTexts, ChapterTexts] = ({}, {}),
) -> Comparison:
    """Compare two versions of a plan; `damaged_…` are the paths in their files that could not be read.

    `chapters` are the texts of the chapters of both.
    """
    texts_old, texts_new, unread = to_be_compared(*chapters)
    matching = match(records(old, damaged_old, texts_old), records(new, damaged_new, texts_new))
    comparing = _Comparing(matching, (old, new))
    changes = tuple(grouped(list(comparing.changes()), matching))
    return Comparison(old, new, changes, matching, comparing.unread, unread)


class _Comparing:
    def __init__(self, matching: Matching, plans: tuple[Plan, Plan]) -> None:
        self.unread = 0
        self._matching = matching
        self._plans = plans
        self._numbers = tuple(map(numbers, plans))
        self._moved = moved(matching)

    def changes(self) -> Iterator[Change]:
        """Yield the changes in the order of the new version; what was removed stands where it stood."""
        yield from self._below(TOP, self._removed_behind())

    def _below(self, key: str, removed: Mapping[tuple[str, str | None], list[Record]]) -> Iterator[Change]:
        yield from self._of(self._matching.new[key])
        yield from self._removals(removed.get((key, None), []))
        for child in self._matching.new[key].children:
            yield from self._below(child, removed)
            yield from self._removals(removed.get((key, child), []))

    def _removed_behind(self) -> dict[tuple[str, str | None], list[Record]]:
        """Return what was removed: by where it stood, and what it stood behind there, both as they are now."""
        found: dict[tuple[str, str | None], list[Record]] = {}
        old, new, new_of = self._matching.old, self._matching.new, self._matching.new_of
        for parent in old.values():
            if (here := new_of.get(parent.key)) is None:
                continue  # with what it stood in
            before: str | None = None
            for child in parent.children:
                if child not in new_of:
                    found.setdefault((here, before), []).append(old[child])
                elif new[new_of[child]].parent == here:
                    before = new_of[child]
        return found

    def _removals(self, gone: list[Record]) -> Iterator[Change]:
        for record in gone:
            parent = self._matching.new_of.get(record.parent)
            if parent is not None and self._matching.new[parent].gaps:
                self.unread += 1
                continue
            yield from self._removal(record)

    def _removal(self, record: Record) -> Iterator[Change]:
        old = self._matching.old
        place = PartPlace(old[record.parent].id, old[record.parent].children.index(record.key) + 1)
        yield Change(
            ChangeKind.REMOVED,
            record.id,
            record.level,
            old=record.fields,
            place=place,
            parent=place.parent,
            key=record.key,
        )
        for child in record.children:
            if child not in self._matching.new_of:
                yield from self._removal(old[child])

    def _of(self, record: Record) -> Iterator[Change]:
        old_key = self._matching.old_of.get(record.key)
        parent = self._matching.new[record.parent]
        place = PartPlace(parent.id, parent.children.index(record.key) + 1) if record.key != TOP else PartPlace("", 1)
        if old_key is None:
            above = self._matching.old_of.get(record.parent)
            if above is not None and self._matching.old[above].gaps:
                self.unread += 1
            else:
                yield Change(
                    ChangeKind.ADDED,
                    record.id,
                    record.level,
                    new=record.fields,
                    place=place,
                    parent=parent.id,
                    key=record.key,
                )
            return
        before = self._matching.old[old_key]
        own_parent = parent.id if record.level == RELISTING else ""
        about = Change(ChangeKind.CHANGED, record.id, record.level, parent=own_parent, key=record.key)
        if record.level != RELISTING and before.id != record.id:
            yield replace(about, kind=ChangeKind.ID_CHANGED, old=before.id, new=record.id)
        if record.key in self._moved:
            above_old = self._matching.old[before.parent]
            was = PartPlace(above_old.id, above_old.children.index(old_key) + 1)
            yield replace(about, kind=ChangeKind.MOVED, old=was, new=place)
        elif record.level not in {RELISTING, "plan"}:
            was_number, number = (
                known.get(each.id, "") for known, each in zip(self._numbers, (before, record), strict=True)
            )
            if was_number != number:
                yield replace(about, kind=ChangeKind.RENUMBERED, old=was_number, new=number)
        yield from self._fields(before, record, about)

    def _fields(self, before: Record, record: Record, about: Change) -> Iterator[Change]:
        unread = before.unread | record.unread
        names = dict.fromkeys((*type(record.element).model_fields, *before.fields, *record.fields))
        for name in names:
            old, new = before.fields.get(name), record.fields.get(name)
            if name in unread or _has_stand_in(old) or _has_stand_in(new):
                self.unread += 1
                continue
            if name == "departments" and self._says_the_same(before, record):
                continue
            for path, was, now, where in differences(old, new, (name,)):
                if self._only_by_id(path, was, now):
                    continue
                kind = ChangeKind.RENAMED if path == ("title",) and record.level != "plan" else ChangeKind.CHANGED
                kind = ChangeKind.REORDERED if where is _ORDER else kind
                place = None if where is _ORDER else where
                yield replace(about, kind=kind, field=pointer(path), old=was, new=now, place=place)

    def _says_the_same(self, before: Record, record: Record) -> bool:
        """Whether departments are given on one side only, and are those that the other side has by itself."""
        if record.level == "plan" or ("departments" in before.fields) == ("departments" in record.fields):
            return False
        old = _departments(self._plans[0], before)
        return bool(old) and old == _departments(self._plans[1], record)

    def _only_by_id(self, path: tuple[str, ...], old: Plain, new: Plain) -> bool:
        return path == ("example", "project") and isinstance(old, str) and self._matching.new_id(old) == new


def _departments(plan: Plan, record: Record) -> tuple[str, ...]:
    try:
        return plan.departments_of(record.element)  # type: ignore[arg-type]  # only sections and actions have any
    except KeyError:  # of what a version with errors points to in vain
        return ()


def _has_stand_in(value: Plain) -> bool:
    if isinstance(value, Branch):
        return any(map(_has_stand_in, value.values()))
    if isinstance(value, tuple):
        return any(map(_has_stand_in, value))
    return isinstance(value, str) and stand_ins.mentions(value)


_ORDER = PartPlace("", 0)

_Difference = tuple[tuple[str, ...], "Plain", "Plain", "PartPlace | None"]


def differences(old: Plain, new: Plain, path: tuple[str, ...]) -> Iterator[_Difference]:
    """Yield what differs: its path, both values, and where in an ordered list it was added or removed.

    Where things that are on both sides stand in another order, their names in both orders come with `_ORDER`.
    """
    if same(old, new):
        return
    if isinstance(old, Branch) and new is None:
        new = Branch(named=old.named, ordered=old.ordered, listed=old.listed)
    elif isinstance(new, Branch) and old is None:
        old = Branch(named=new.named, ordered=new.ordered, listed=new.listed)
    if not (isinstance(old, Branch) and isinstance(new, Branch)) or old.whole or new.whole:
        yield path, old, new, None
        return
    ordered = old.ordered or new.ordered
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        if (old.named or new.named) and (was is None or now is None):
            names = list(new if was is None else old)
            yield (*path, name), was, now, PartPlace("", names.index(name) + 1) if ordered else None
        else:
            yield from differences(was, now, (*path, name))
    kept = tuple(name for name in old if name in new), tuple(name for name in new if name in old)
    if ordered and kept[0] != kept[1]:
        yield path, *kept, _ORDER
