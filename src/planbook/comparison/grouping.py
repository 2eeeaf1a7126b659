"""Changes that one decision made: an extension of the plan, a reorganisation of departments, sections put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planbook.comparison.changes import Change, ChangeKind
from planbook.comparison.records import TOP, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from planbook.comparison.matching import Matching
    from planbook.comparison.records import Records
    from planbook.plan.model import Plan


def grouped(changes: Sequence[Change], matching: Matching) -> list[Change]:
    """Return the changes with those gathered that one decision made. None is left out, none is added."""
    for gather in (_period, _departments, _sections):
        changes = gather(changes, matching)
    return list(changes)


def _gathered(changes: Sequence[Change], belongs: Callable[[Change], bool], group: Change) -> list[Change]:
    """Put what belongs to a group into it; the group stands where the first of these stood."""
    inside = tuple(change for change in changes if belongs(change))
    if not inside:
        return list(changes)
    left = [change for change in changes if not belongs(change) or change is inside[0]]
    left[left.index(inside[0])] = Change(
        group.kind, part=group.part, field=group.field, old=group.old, new=group.new, changes=inside
    )
    return left


def _period(changes: Sequence[Change], matching: Matching) -> Sequence[Change]:
    """Gather what years, or other columns, brought and took: their targets, and values of indicators."""
    old, new = (columns(_plan(records)) for records in (matching.old, matching.new))
    years = [{str(year) for year in _plan(records).years} for records in (matching.old, matching.new)]
    come, gone = set(new) - set(old) | years[1] - years[0], set(old) - set(new) | years[0] - years[1]
    if not come and not gone:
        return changes

    def belongs(change: Change) -> bool:
        if change.kind is not ChangeKind.CHANGED:
            return False
        path = change.path
        if change.part == "plan" and path in {("years",), ("columns",)}:
            return True
        by_column = path[:-1] == ("targets",) or (path[:1] == ("indicators",) and path[-2] == "values")
        return by_column and ((change.old is None and path[-1] in come) or (change.new is None and path[-1] in gone))

    return _gathered(changes, belongs, Change(ChangeKind.PERIOD, field="years", old=old, new=new))


def _plan(records: Records) -> Plan:
    return records[TOP].element  # type: ignore[return-value]  # what stands there is the plan


@dataclass(slots=True)
class _Component:
    """What became what: names of the old version, and of the new one."""

    old: dict[str, None] = field(default_factory=dict)
    new: dict[str, None] = field(default_factory=dict)


def _components(edges: Iterable[tuple[str, str]]) -> list[_Component]:
    """Join what hangs together, in the order of its first appearance."""
    found: list[_Component] = []
    for old, new in edges:
        joined = [each for each in found if old in each.old or new in each.new]
        first = joined[0] if joined else _Component()
        for other in joined[1:]:
            first.old |= other.old
            first.new |= other.new
            found.remove(other)
        if not joined:
            found.append(first)
        first.old[old] = first.new[new] = None
    return found


def _departments(changes: Sequence[Change], matching: Matching) -> Sequence[Change]:
    """Gather what new names, mergers and partings of departments changed in all places."""
    old, new = ({each.name for each in _plan(records).departments} for records in (matching.old, matching.new))
    edges = [edge for change in changes if _names_departments(change) for edge in _successions(change, old, new)]
    for component in _components(edges):
        # What was there before, or stays, is a part of it: 健康課、福祉課 → 福祉課.
        component.old |= {name: None for name in component.new if name in old}
        component.new |= {name: None for name in component.old if name in new}
        changes = _gathered(
            changes,
            lambda change, component=component: _explained(change, component),  # type: ignore[misc]
            Change(ChangeKind.DEPARTMENTS, field="departments", old=tuple(component.old), new=tuple(component.new)),
        )
    return changes


def _names_departments(change: Change) -> bool:
    return change.kind is ChangeKind.CHANGED and change.part != "plan" and change.field == "departments"


def _successions(change: Change, old: set[str], new: set[str]) -> list[tuple[str, str]]:
    """Return which names stand where others stood, if one of the two is no longer, or not yet, a department."""
    was, now = change.old or (), change.new or ()
    gone, come = [name for name in was if name not in now], [name for name in now if name not in was]
    pairs = list(zip(gone, come, strict=True)) if len(gone) == len(come) else [(a, b) for a in gone for b in come]
    return [(a, b) for a, b in pairs if a not in new or b not in old]


def _explained(change: Change, component: _Component) -> bool:
    if change.part == "plan" and change.kind is ChangeKind.CHANGED and change.path[:1] == ("departments",):
        name = change.path[-1]
        return (change.new is None and name in component.old) or (change.old is None and name in component.new)
    if not _names_departments(change):
        return False
    names = {*component.old, *component.new}
    was, now = change.old or (), change.new or ()
    gone, come = set(was) - set(now), set(now) - set(was)
    others = [[name for name in side if name not in names] for side in (was, now)]
    return (
        others[0] == others[1] and bool(gone | come) and gone <= component.old.keys() and come <= component.new.keys()
    )


def _sections(changes: Sequence[Change], matching: Matching) -> Sequence[Change]:
    """Gather what was put together, or parted: sections that went, or came, and what moved out of, or into them."""
    gone = {change.key for change in changes if change.kind is ChangeKind.REMOVED}
    come = {change.key for change in changes if change.kind is ChangeKind.ADDED}
    ways = {
        change.key: (matching.old[matching.old_of[change.key]].parent, matching.new[change.key].parent)
        for change in changes
        if change.kind is ChangeKind.MOVED
    }
    for target, sources in _only_ways(gone, ways.values()).items():
        if target not in come or len(sources) > 1:
            stays = [matching.old_of[target]] if target not in come else []
            changes = _joined(changes, matching, ChangeKind.MERGED, ([*stays, *sources], [target]), ways)
    for source, targets in _only_ways(come, [(new, old) for old, new in ways.values()]).items():
        if source not in gone or len(targets) > 1:
            stays = [matching.new_of[source]] if source not in gone else []
            changes = _joined(changes, matching, ChangeKind.SPLIT, ([source], [*stays, *targets]), ways)
    return changes


def _only_ways(sections: set[str], ways: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return those of `sections` from which all ways lead to one place, by that place."""
    ends: dict[str, dict[str, None]] = {}
    for start, end in ways:
        if start in sections:
            ends.setdefault(start, {})[end] = None
    found: dict[str, list[str]] = {}
    for start, there in ends.items():
        if len(there) == 1:
            found.setdefault(next(iter(there)), []).append(start)
    return found


def _joined(
    changes: Sequence[Change],
    matching: Matching,
    kind: ChangeKind,
    keys: tuple[list[str], list[str]],
    ways: Mapping[str, tuple[str, str]],
) -> list[Change]:
    old, new = keys

    def belongs(change: Change) -> bool:
        if change.kind is ChangeKind.MOVED:
            return ways[change.key][0] in old and ways[change.key][1] in new
        return (change.kind is ChangeKind.REMOVED and change.key in old) or (
            change.kind is ChangeKind.ADDED and change.key in new
        )

    ids = tuple(matching.old[key].id for key in old), tuple(matching.new[key].id for key in new)
    level = matching.new[new[0]].level
    return _gathered(changes, belongs, Change(kind, part=level, old=ids[0], new=ids[1]))
