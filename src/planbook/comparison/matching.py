"""Which parts of two versions are the same thing: by their ids, or by all the rest where only the id was changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.comparison.plain_values import canonical
from planbook.comparison.records import RELISTING, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from planbook.comparison.records import Record, Records


@dataclass(slots=True)
class Matching:
    """The keys of what is the same thing in both versions, each by the other. Relistings match within a section."""

    old: Records
    new: Records
    old_of: dict[str, str] = field(default_factory=dict)
    new_of: dict[str, str] = field(default_factory=dict)

    def add(self, old: str, new: str) -> None:
        """Say that two keys are of the same thing."""
        self.old_of[new] = old
        self.new_of[old] = new

    def removed(self) -> list[Record]:
        """Return what is only in the old version, in its order."""
        return [record for record in self.old.values() if record.key not in self.new_of]

    def added(self) -> list[Record]:
        """Return what is only in the new version, in its order."""
        return [record for record in self.new.values() if record.key not in self.old_of]

    def new_id(self, id_: str) -> str:
        """Return the id that something has in the new version; "" where that id is another thing's there."""
        key = self.new_of.get(id_)
        if key is not None:
            return self.new[key].id
        return "" if id_ in self.old_of else id_


def match(old: Records, new: Records) -> Matching:
    """Find what is the same thing in both versions."""
    matching = Matching(old, new)
    for key, record in new.items():
        if record.level != RELISTING and key in old and _alike(old[key], record):
            matching.add(key, key)
    _match_changed_ids(matching)
    _match_relistings(matching)
    return matching


def _alike(old: Record, new: Record) -> bool:
    """Whether both are sections, or actions: a section that has another level now is the same section."""
    return (old.level in {"action", RELISTING, "plan"}, old.level == "plan") == (
        new.level in {"action", RELISTING, "plan"},
        new.level == "plan",
    )


def _match_changed_ids(matching: Matching) -> None:
    """Match what has another id and nothing else, and sections under which there is the same."""
    # Top down: what is in a section with another id is found when that section is.
    for key in list(matching.new):
        if key not in matching.old_of or key not in matching.new:
            continue
        old_parent, new_parent = matching.old[matching.old_of[key]], matching.new[key]
        gone = _unmatched(old_parent, matching.old, matching.new_of)
        come = _unmatched(new_parent, matching.new, matching.old_of)
        if not gone or not come:
            continue
        _pair(gone, come, matching, lambda record: frozenset(record.children) or None)
        _pair(gone, come, matching, _contents)


def _unmatched(parent: Record, records: Records, matched: dict[str, str]) -> list[Record]:
    children = (records[key] for key in parent.children if key not in matched)
    return [child for child in children if child.level != RELISTING]


def _contents(record: Record) -> Any:
    return record.level, canonical(record.fields)


def _pair(gone: Sequence[Record], come: Sequence[Record], matching: Matching, distinctive: Any) -> None:
    """Match records for which `distinctive` returns the same, in their order; None matches nothing."""
    waiting: dict[Any, list[Record]] = {}
    for record in gone:
        if record.key not in matching.new_of and (said := distinctive(record)) is not None:
            waiting.setdefault(said, []).append(record)
    for record in come:
        if (
            record.key not in matching.old_of
            and (alike := waiting.get(distinctive(record)))
            and _alike(alike[0], record)
        ):
            matching.add(alike.pop(0).key, record.key)


def _match_relistings(matching: Matching) -> None:
    by_place = {place: key for key, place in _relistings(matching.new).items()}
    for key, (section, original, nth) in _relistings(matching.old).items():
        place = matching.new_of.get(section, section), matching.new_id(original), nth
        if place in by_place:
            matching.add(key, by_place[place])


def _relistings(records: Records) -> dict[str, tuple[str, str, int]]:
    found: dict[str, tuple[str, str, int]] = {}
    seen: dict[tuple[str, str], int] = {}
    for key, record in records.items():
        if record.level == RELISTING:
            place = record.parent, record.id
            seen[place] = seen.get(place, 0) + 1
            found[key] = (*place, seen[place])
    return found


def moved(matching: Matching) -> set[str]:
    """Return the keys, in the new version, of what stands elsewhere: the fewest that explain the new order."""
    found: set[str] = set()
    sizes = _sizes(matching)
    for key, parent in matching.new.items():
        old_key = matching.old_of.get(key)
        stayed = []
        for child in parent.children:
            if (old_child := matching.old_of.get(child)) is None:
                continue
            if matching.old[old_child].parent == old_key:
                stayed.append(child)
            else:
                found.add(child)
        if old_key is None or not stayed:
            continue
        order = {
            matching.new_of[child]: at
            for at, child in enumerate(matching.old[old_key].children)
            if child in matching.new_of
        }
        found |= set(stayed) - _kept([(child, order[child]) for child in stayed], matching, sizes)
    return found


def _sizes(matching: Matching) -> dict[str, int]:
    """Return for each key of the new version how much there is in it, in both versions together."""
    sizes: dict[str, int] = {}
    for records, key_of in ((matching.old, matching.new_of), (matching.new, dict.fromkeys(matching.new))):
        own: dict[str, int] = {}
        for key in reversed(records):  # what is below comes before
            own[key] = 1 + sum(own[child] for child in records[key].children)
            name = key_of.get(key, "") if records is matching.old else key
            if name or key == TOP:
                sizes[name or TOP] = sizes.get(name or TOP, 0) + own[key]
    return sizes


def _kept(stayed: list[tuple[str, int]], matching: Matching, sizes: dict[str, int]) -> set[str]:
    """Return those that keep their order: as many as can be, of these the larger; the same whichever side is new."""
    if all(before[1] < after[1] for before, after in pairwise(stayed)):
        return {key for key, _ in stayed}
    best: list[tuple[tuple[int, int, int], tuple[int, ...]]] = []
    for at, (key, place) in enumerate(stayed):
        pair = sorted((key, matching.old_of[key]))
        chance = int.from_bytes(hashlib.sha256("\0".join(pair).encode()).digest()[:6])
        before = max((best[other] for other in range(at) if stayed[other][1] < place), default=((0, 0, 0), ()))
        (count, size, sum_), chosen = before
        best.append(((count + 1, size + sizes[key], sum_ + chance), (*chosen, at)))
    return {stayed[at][0] for at in max(best)[1]}
