"""Which lists and mappings are open at a line, and how far in the next line should stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.shapes import Shape

Keys = tuple[str | None, ...]
"""The keys by which an entry is placed: that of a line, or all of a list item; None for a text without a key."""

STEP = 2
"""Blanks per level, as the guide writes them."""


@dataclass(slots=True)
class Block:
    """A list (`is_list`) or mapping whose entries begin at `column`, from 0. `shape` is None where it is unknown."""

    column: int
    is_list: bool
    shape: Shape | None
    seen: dict[str, None] = field(default_factory=dict)
    """The keys so far, in order."""

    def takes(self, keys: Keys) -> bool:
        """Whether an entry with these keys belongs here."""
        shape = self.shape.items if self.shape and self.is_list else self.shape
        if shape is None:
            return True
        return all(key is None or (shape.has(key) and (self.is_list or key not in self.seen)) for key in keys)

    def lacks(self, keys: Keys) -> bool:
        """Whether this mapping can not do without what is to be placed."""
        return bool(self.shape and not self.is_list and self.shape.required.issuperset(keys)) and self.takes(keys)


@dataclass(frozen=True, slots=True)
class Pending:
    """A key or a `-` whose value has not come yet."""

    column: int
    is_dash: bool
    shape: Shape | None


class Outline:
    """The open blocks, outermost first, while the lines are read from top to bottom."""

    def __init__(self, shape: Shape) -> None:
        self.blocks: list[Block] = []
        self.pending: Pending | None = Pending(-1, is_dash=False, shape=shape)
        self._shift = (0, 0)

    def shifted(self, column: int) -> int:
        """Return where a line belongs that follows one which was moved: a block that slid is one slip."""
        first, delta = self._shift
        if delta and column >= first:
            return column + delta
        self._shift = (0, 0)
        return column

    def shape_for(self, column: int, *, dash: bool) -> Shape | None:
        """Return the shape that the format has for an entry at `column`."""
        if self._is_child(column, dash=dash):
            shape = self.pending.shape if self.pending else None
            return shape.items if dash and shape else shape
        for block in reversed(self.blocks):
            if block.column == column and block.is_list == dash:
                return block.shape.items if dash and block.shape else block.shape
        return None

    def expects_list(self, column: int) -> bool:
        """Whether a list item may begin at `column`."""
        if self.pending and column >= self.pending.column:
            return self.pending.shape is None or self.pending.shape.items is not None
        return any(block.is_list and block.column == column for block in self.blocks)

    def place(self, column: int, keys: Keys, *, dash: bool) -> int:
        """Return the column at which an entry should begin; its own one where that is right."""
        key = keys[0]
        if self._is_child(column, dash=dash):
            if not (self.pending and self._fell_out(self.pending, key, dash=dash)):
                return column
        elif self.pending and self._belongs_to_pending(self.pending, column, key, dash=dash):
            return column + STEP
        same = [block for block in self.blocks if block.is_list == dash]
        if not same:
            return column
        for block in same:
            if block.column == column:
                return self._or_deeper(block, same, keys)
        best = min(same, key=lambda block: (not block.takes(keys), abs(block.column - column), -block.column))
        return best.column

    def _or_deeper(self, block: Block, same: list[Block], keys: Keys) -> int:
        """Return the column of `block`, or of a block inside it that the entry clearly belongs to."""
        key = keys[0]
        deeper = [other for other in same if other.column > block.column and key is not None and other.takes(keys)]
        wanted = [other for other in deeper if other.lacks(keys)]
        if wanted and not block.lacks(keys):
            return wanted[-1].column
        if block.takes(keys) or not deeper or (key in block.seen and not block.is_list):
            return block.column
        return deeper[-1].column

    def list_around(self, column: int, key: str) -> int | None:
        """Return the column of the list whose item is a mapping at `column` that began with `key`."""
        for outer, inner in zip(self.blocks, self.blocks[1:], strict=False):
            if outer.is_list and not inner.is_list and inner.column == column and next(iter(inner.seen), "") == key:
                return outer.column
        return None

    def has_seen(self, column: int, key: str | None) -> bool:
        """Whether the mapping at `column` has that key already."""
        return any(not block.is_list and block.column == column and key in block.seen for block in self.blocks)

    def moved(self, column: int, target: int) -> None:
        """Remember that an entry was moved: what follows it, as far in or further, moves too."""
        self._shift = (column, target - column)

    def enter(self, column: int, key: str | None, *, dash: bool) -> Shape | None:
        """Open and close blocks for an entry at `column`; return the shape of the value that follows it."""
        if self._is_child(column, dash=dash):
            shape = self.pending.shape if self.pending else None
            self.blocks.append(Block(column, dash, shape))
        else:
            while self.blocks and not (self.blocks[-1].column == column and self.blocks[-1].is_list == dash):
                if self.blocks[-1].column < column:
                    self.blocks.append(Block(column, dash, None))
                    break
                self.blocks.pop()
            if not self.blocks:
                self.blocks.append(Block(column, dash, None))
        self.pending = None
        block = self.blocks[-1]
        if dash:
            return block.shape.items if block.shape else None
        block.seen[key or ""] = None
        return block.shape.child(key) if block.shape and key else None

    def _is_child(self, column: int, *, dash: bool) -> bool:
        if not self.pending:
            return False
        return column > self.pending.column or (dash and column == self.pending.column and not self.pending.is_dash)

    def _belongs_to_pending(self, pending: Pending, column: int, key: str | None, *, dash: bool) -> bool:
        """Whether an entry that stands beside its parent should be inside it."""
        if dash or key is None or column != pending.column or not pending.shape or not pending.shape.has(key):
            return False
        return not any(block.column == column and not block.is_list and block.takes((key,)) for block in self.blocks)

    def _fell_out(self, pending: Pending, key: str | None, *, dash: bool) -> bool:
        """Whether an entry under a key without a value belongs beside the key instead."""
        if dash or key is None or pending.shape is None or pending.shape.has(key) or pending.shape.is_mapping:
            return False
        return any(not block.is_list and block.shape and block.takes((key,)) for block in self.blocks)
