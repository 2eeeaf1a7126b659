"""What a change is: of what kind, of what, from what to what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ChangeKind(StrEnum):
    """The kinds of changes. Those of the second group gather others under what made them; they change nothing more."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    ID_CHANGED = "id-changed"
    CHANGED = "changed"
    REORDERED = "reordered"

    PERIOD = "period"
    DEPARTMENTS = "departments"
    MERGED = "merged"
    SPLIT = "split"


GROUPS = frozenset({ChangeKind.PERIOD, ChangeKind.DEPARTMENTS, ChangeKind.MERGED, ChangeKind.SPLIT})

_OPPOSITE = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
    ChangeKind.SPLIT: ChangeKind.MERGED,
}


class PartPlace(NamedTuple):
    """Where a part stands: under which id ("" for the plan itself), as which of the parts there, from 1."""

    parent: str
    position: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    `id` is the id of the part that it is about, "" for the plan itself; of a relisting (`part` is "relisting") it is
    that of its original, and `parent` says where it stands. The id is that of the new version, but for what was
    removed.
    `field` is a JSON pointer (RFC 6901, without the first slash) to what changed in that part: `targets/2018/text`.
    `old` and `new` are plain values (`plain_values`), None where there is nothing; of what moved they are places.
    `place` is where something was added or removed, in the part above it, or in the list that it belongs to. `key` is
    for planbook itself: it names the record. `changes` are those that a change brought with it.
    """

    kind: ChangeKind
    id: str = ""
    part: str = "plan"
    field: str = ""
    old: Any = None
    new: Any = None
    place: PartPlace | None = None
    parent: str = ""
    key: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The names that `field` leads through."""
        return tuple(name.replace("~1", "/").replace("~0", "~") for name in self.field.split("/")) if self.field else ()


def pointer(path: Iterable[str]) -> str:
    """Return names as a JSON pointer without its first slash."""
    return "/".join(name.replace("~", "~0").replace("/", "~1") for name in path)


def flattened(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes that change something, without what gathers them."""
    for change in changes:
        if change.kind in GROUPS:
            yield from flattened(change.changes)
        else:
            yield change


def mirrored(change: Change) -> Change:
    """Return the change that takes a change back."""
    id_ = change.old if change.kind is ChangeKind.ID_CHANGED else change.id
    return replace(
        change,
        kind=_OPPOSITE.get(change.kind, change.kind),
        id=id_,
        old=change.new,
        new=change.old,
        changes=tuple(mirrored(inner) for inner in change.changes),
    )
