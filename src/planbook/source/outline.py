"""Which lists and mappings are open at a line, and how far in the next line should stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.shapes import Shape

Keys = tuple[str | None, ...]
"""The keys by which an entry is placed: that of a line, or all of a list item; None for a text without a key."""

TEXT: Keys = ("",)
"""What places a list item that is a text."""

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
        if keys == TEXT:
            return shape.text
        return all(key is None or (shape.has(key) and (self.is_list or key not in self.seen)) for key in keys)

    @property
    def has_text_items(self) -> bool:
        """Whether this is a list of texts."""
        return bool(self.is_list and self.shape and self.shape.items and self.shape.items.text)

    def lacks(self, keys: Keys) -> bool:
        """Whether this mapping can not do without what is to be placed."""
        return bool(self.shape and not self.is_list and self.shape.required.issuperset(keys)) and self.takes(keys)


def _takes_in(shape: Shape, keys: Keys, *, dash: bool) -> bool:
    """Whether a key of this shape can have such an entry as its value, or one item or key of it."""
    inner = shape.items if dash else shape
    if inner is None:
        return False
    return inner.text if keys == TEXT else all(key is not None and inner.has(key) for key in keys)


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
        if self.is_child(column, dash=dash):
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
        if self.is_child(column, dash=dash):
            if not (self.pending and self._fell_out(self.pending, key, dash=dash)):
                return column
        elif self.pending and self._belongs_to_pending(self.pending, column, keys, dash=dash):
            return self.pending.column + STEP
        same = [block for block in self.blocks if block.is_list == dash]
        if not same:
            return column
        for block in same:
            if block.column == column:
                return self._or_deeper(block, same, keys)
        best = min(same, key=lambda block: (not block.takes(keys), abs(block.column - column), -block.column))
        return best.column

    def fits(self, column: int, keys: Keys, *, dash: bool) -> bool:
        """Whether an entry at `column` stands where something takes it."""
        if self.is_child(column, dash=dash):
            return True
        return any(block.column == column and block.is_list == dash and block.takes(keys) for block in self.blocks)

    def lacking(self, column: int, keys: Keys, *, dash: bool) -> tuple[int, str] | None:
        """Return column and name of the key whose line is missing above an entry: it would take the entry in."""
        if self.pending or self.fits(column, keys, dash=dash):
            return None
        rivals = (block for block in self.blocks if block.is_list == dash and block.shape and block.column >= column)
        if any(block.takes(keys) for block in rivals):
            return None
        for block in reversed(self.blocks):
            if not block.is_list and block.shape and block.column <= column - (not dash):
                for name, shape in block.shape.fields.items():
                    wanted = name in block.shape.required and name not in block.seen
                    if wanted and _takes_in(shape, keys, dash=dash):
                        return block.column, name
        return None

    def _or_deeper(self, block: Block, same: list[Block], keys: Keys) -> int:
        """Return the column of `block`, or of a block inside or around it that the entry clearly belongs to."""
        if keys == TEXT:
            last = self.blocks[-1]
            return last.column if last.has_text_items and not block.has_text_items else block.column
        key = keys[0]
        deeper = [other for other in same if other.column > block.column and key is not None and other.takes(keys)]
        wanted = [other for other in deeper if other.lacks(keys)]
        if wanted and not block.lacks(keys):
            return wanted[-1].column
        if block.takes(keys) or (key in block.seen and not block.is_list):
            return block.column
        return deeper[-1].column if deeper else self._or_around(block, same, keys)

    @staticmethod
    def _or_around(block: Block, same: list[Block], keys: Keys) -> int:
        """Return the column of a block around that the entry slid out of: a year, or an item with all its keys."""
        for other in reversed(same):
            known = other.shape is not None and (other.shape.entries or (other.is_list and len(keys) > 1))
            if other.column < block.column and known and other.takes(keys):
                return other.column
        return block.column

    def list_around(self, column: int, key: str) -> int | None:
        """Return the column of the list whose item is a mapping at `column` that began with `key`."""
        for outer, inner in zip(self.blocks, self.blocks[1:], strict=False):
            if outer.is_list and not inner.is_list and inner.column == column and next(iter(inner.seen), "") == key:
                return outer.column
        return None

    def has_seen(self, column: int, key: str | None) -> bool:
        """Whether the mapping at `column` has that key already."""
        return any(not block.is_list and block.column == column and key in block.seen for block in self.blocks)

    def settled(self) -> None:
        """Forget the move: what follows the moved entry stands where it should."""
        self._shift = (0, 0)

    def moved(self, column: int, target: int) -> None:
        """Remember that an entry was moved: what follows it, as far in or further, moves too."""
        self._shift = (column, target - column)

    def enter(self, column: int, key: str | None, *, dash: bool) -> Shape | None:
        """Open and close blocks for an entry at `column`; return the shape of the value that follows it."""
        if self.is_child(column, dash=dash):
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

    def is_child(self, column: int, *, dash: bool) -> bool:
        """Whether an entry at `column` stands inside the key or `-` above it that waits for its value."""
        if not self.pending:
            return False
        return column > self.pending.column or (dash and column == self.pending.column and not self.pending.is_dash)

    def _belongs_to_pending(self, pending: Pending, column: int, keys: Keys, *, dash: bool) -> bool:
        """Whether an entry that stands beside its parent, or further out, should be inside it."""
        if column > pending.column or not pending.shape or not _takes_in(pending.shape, keys, dash=dash):
            return False
        beside = column == pending.column and not dash
        rivals = (block for block in self.blocks if block.is_list == dash and (block.column == column or not beside))
        return not any(block.takes(keys) for block in rivals)

    def _fell_out(self, pending: Pending, key: str | None, *, dash: bool) -> bool:
        """Whether an entry under a key without a value belongs beside the key instead."""
        if dash or key is None or pending.shape is None or pending.shape.has(key) or pending.shape.is_mapping:
            return False
        return any(not block.is_list and block.shape and block.takes((key,)) for block in self.blocks)
