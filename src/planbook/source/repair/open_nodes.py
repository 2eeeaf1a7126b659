"""A list or mapping that is open while lines are read, and a key or `-` that waits for its value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys

if TYPE_CHECKING:
    from planbook.plan.shape import Shape

Keys = tuple[str | None, ...]
"""The keys by which an entry is placed: that of a line, or all of a list item; None for a text without a key."""

TEXT: Keys = ("",)
"""What places a list item that is a text."""

STEP = 2
"""Blanks per level, as the guide writes them."""


@dataclass(slots=True)
class OpenNode:
    """A list (`is_list`) or mapping whose entries begin at `column`, from 0. `shape` is None where it is unknown."""

    column: int
    is_list: bool
    shape: Shape | None
    name: str = ""
    """The key that it is the value of."""
    seen: dict[str, None] = field(default_factory=dict)
    """The keys so far, in order."""

    def takes(self, keys: Keys) -> bool:
        """Whether an entry with these keys belongs here."""
        shape = self.shape.items if self.shape and self.is_list else self.shape
        if shape is None:
            return True
        if keys == TEXT:
            return shape.text
        return all(key is None or (shape.has(key) and (self.is_list or key not in self.seen)) for key in keys)

    @property
    def has_text_items(self) -> bool:
        """Whether this is a list of texts."""
        return bool(self.is_list and self.shape and self.shape.items and self.shape.items.text)

    @property
    def lacks_keys(self) -> frozenset[str]:
        """The keys that this mapping can not do without, and does not have."""
        if self.is_list or not self.shape or "relist" in self.seen:  # a relisting has nothing else
            return frozenset()
        return self.shape.required.difference(self.seen)

    @property
    def lacking(self) -> int:
        """How many these are."""
        return len(self.lacks_keys)

    def meant(self, key: str) -> str:
        """Return the key that was meant by one that does not fit in."""
        if not self.shape or self.shape.has(key):
            return key
        free = [name for name in self.shape.fields if name not in self.seen]
        return self.shape.meant(key, free, is_text=False) or key

    @property
    def passed_over(self) -> int:
        """How many keys are lacking that the format has before the last one that is there."""
        if not self.lacking or not self.shape:
            return 0
        names = list(self.shape.fields)
        last = max((names.index(key) for key in self.seen if key in self.shape.fields), default=0)
        return len(self.shape.required.difference(self.seen).intersection(names[:last]))

    def misfits(self, key: str | None) -> int:
        """How many faults one more key makes here."""
        if self.shape is None or not self.shape.is_mapping or key is None:
            return 0
        mixed = len(self.shape.elements) > 1 and bool(self.seen) and ("relist" in self.seen or key == "relist")
        return int(mixed or key in self.seen or not self.shape.has(key))

    def lacks(self, keys: Keys) -> bool:
        """Whether this mapping can not do without what is to be placed."""
        return bool(self.shape and not self.is_list and self.shape.required.issuperset(keys)) and self.takes(keys)


def takes_in(shape: Shape, keys: Keys, *, dash: bool) -> bool:
    """Whether a key of this shape can have such an entry as its value, or one item or key of it."""
    inner = shape.items if dash else shape
    if inner is None or (inner.free and (not all_keys().isdisjoint(keys) or any(map(_is_year, keys)))):
        return False
    return inner.text if keys == TEXT else all(key is not None and inner.has(key) for key in keys)


def _is_year(key: str | None) -> bool:
    return key is not None and key[:4].isdigit()


@dataclass(frozen=True, slots=True)
class Pending:
    """A key or a `-` whose value has not come yet."""

    column: int
    is_dash: bool
    shape: Shape | None
    name: str = ""
