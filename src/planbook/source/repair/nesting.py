"""Which lists and mappings are open at a line, and how far in the next line should stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.shape import all_keys

if TYPE_CHECKING:
    from planbook.plan.element import Element
    from planbook.plan.shape import Shape

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


class OutlineState(NamedTuple):
    """The state of an outline between two lines."""

    blocks: list[tuple[Block, int]]
    pending: Pending | None
    misfits: int
    shift: tuple[int, int]


class Outline:
    """The open blocks, outermost first, while the lines are read from top to bottom."""

    def __init__(self, shape: Shape, step_of_lists: int = STEP) -> None:
        self.step_of_lists = step_of_lists
        """Blanks between a key and the items of its list: none in some plans."""
        self.blocks: list[Block] = []
        self.pending: Pending | None = Pending(-1, is_dash=False, shape=shape)
        self.misfits = 0
        """How many keys and items stand where nothing takes them, and how many are lacking."""
        self._shift = (0, 0)
        self._closed: Counter[tuple[type[Element], str]] = Counter()

    @property
    def rare(self) -> frozenset[tuple[type[Element], str]]:
        """The usual keys that several of the mappings closed so far lack, and more than a third of them."""
        closed = self._closed
        return frozenset(
            (element, key)
            for (element, key), lacking in closed.items()
            if key in element.usual and lacking > 1 and lacking * 3 > closed[element, ""]
        )

    def state(self) -> OutlineState:
        """Return what `back_to` needs. It costs next to nothing: lines are far more often read than read again."""
        return OutlineState(
            [(block, len(block.seen)) for block in self.blocks], self.pending, self.misfits, self._shift
        )

    def back_to(self, state: OutlineState) -> None:
        """Be again as at the mark."""
        for block, seen in state.blocks:
            while len(block.seen) > seen:
                block.seen.popitem()
        self.blocks = [block for block, _ in state.blocks]
        self.pending, self.misfits, self._shift = state.pending, state.misfits, state.shift

    def copy(self, state: OutlineState) -> Outline:
        """Return an outline of its own that is as this one was at the mark."""
        other = Outline.__new__(Outline)
        other._closed = Counter()  # noqa: SLF001 - its own class
        other.step_of_lists = self.step_of_lists
        other.blocks = [
            Block(block.column, block.is_list, block.shape, block.name, dict.fromkeys(list(block.seen)[:seen]))
            for block, seen in state.blocks
        ]
        other.pending, other.misfits, other._shift = state.pending, state.misfits, state.shift  # noqa: SLF001 - its own class
        return other

    def shifted(self, column: int) -> int:
        """Return where a line belongs that follows one which was moved: a block moved as a whole is one slip."""
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

    def targets(self) -> tuple[int, Shape] | None:
        """Return the column at which targets may stand here, and their shape; None where they may not."""
        if self.pending:
            shape = self.pending.shape
            return (self.pending.column + STEP, shape) if shape and shape.entries and not shape.free else None
        for block in reversed(self.blocks):
            if block.shape and block.shape.entries and not block.shape.free:
                return block.column, block.shape
        return None

    def expects_list(self, column: int) -> bool:
        """Whether a list item may begin at `column`."""
        if self.pending and column >= self.pending.column:
            return self.pending.shape is None or self.pending.shape.items is not None
        return any(block.is_list and block.column == column for block in self.blocks)

    def item_begun(self, column: int) -> Shape | None:
        """Return the shape of the list item at `column` whose first line was the last; None where lines were moved."""
        inner = self.blocks[-1] if self.blocks else None
        list_ = self.blocks[-2] if len(self.blocks) > 1 else None
        if not inner or not list_ or self.pending or self._shift != (0, 0) or inner.is_list or not list_.is_list:
            return None
        return inner.shape if list_.column == column and len(inner.seen) == 1 else None

    def pass_over(self, keys: list[str]) -> None:
        """Be as behind the last line of the mapping that has just begun, which has these keys."""
        self.blocks[-1].seen.update(dict.fromkeys(keys))

    def place(self, column: int, keys: Keys, *, dash: bool) -> int:
        """Return the column at which an entry should begin; its own one where that is right."""
        key = keys[0]
        if self.is_child(column, dash=dash):
            if not (self.pending and self._fell_out(self.pending, key, dash=dash)):
                return column
        elif self.pending and self._belongs_to_pending(self.pending, column, keys, dash=dash):
            return self.usual(self.pending, dash=dash)
        same = [block for block in self.blocks if block.is_list == dash]
        if not same:
            return column
        for block in same:
            if block.column == column:
                return self._or_deeper(block, same, keys)
        best = min(same, key=lambda block: (not block.takes(keys), abs(block.column - column), -block.column))
        return best.column

    def usual(self, pending: Pending, *, dash: bool) -> int:
        """Return the column at which the value of a key or `-` usually begins."""
        return pending.column + (self.step_of_lists if dash and not pending.is_dash else STEP)

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
                wanted = block.shape.required.difference(block.seen)
                for name, shape in block.shape.fields.items() if wanted else ():
                    if name in wanted and takes_in(shape, keys, dash=dash):
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
        """Return the column of an outer block that the entry belongs to: a year, or an item with all its keys."""
        for other in reversed(same):
            known = other.shape is not None and (other.shape.entries or (other.is_list and len(keys) > 1))
            if other.column < block.column and known and other.takes(keys):
                return other.column
        return block.column

    def has_texts_at(self, column: int) -> bool:
        """Whether a list of texts has its items at `column`."""
        return any(block.has_text_items and block.column == column for block in self.blocks)

    def sits_as_usual(self, column: int, shifted: int, *, dash: bool) -> bool:
        """Whether an entry is as far in as usual where it was typed, and not where it would be moved to."""
        usual = self.usual(self.pending, dash=dash) if self.pending and self.is_child(column, dash=dash) else -1
        return column == usual != shifted

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
            fits = shape is None or bool(shape.items if dash else shape.is_mapping)
            self.blocks.append(Block(column, dash, shape, self.pending.name if self.pending else ""))
            self.misfits += not fits
        else:
            self.misfits += self.pending is not None  # it has no value
            self._close_inside(column, dash=dash)
        self.pending = None
        block = self.blocks[-1]
        if dash:
            return block.shape.items if block.shape else None
        if misfits := block.misfits(key):
            self.misfits += misfits
            key = block.meant(key or "")
        block.seen[key or ""] = None
        return block.shape.child(key) if block.shape and key else None

    def close(self) -> None:
        """Close all blocks: the file ends here."""
        self.misfits += self.pending is not None
        while self.blocks:
            self._close_innermost()

    def _close_innermost(self) -> None:
        """Close the innermost block, and count what it lacks."""
        block = self.blocks.pop()
        lacking = block.lacks_keys
        self.misfits += len(lacking)
        if block.shape and block.shape.elements and not block.is_list:
            self._closed.update((block.shape.elements[0], key) for key in ("", *lacking))

    def stop(self) -> None:
        """Count what is lacking although what should follow it is there: nobody reads on from here."""
        self.misfits += sum(block.passed_over for block in self.blocks)

    def _close_inside(self, column: int, *, dash: bool) -> None:
        """Close blocks until an entry at `column` stands in the innermost one."""
        while self.blocks and not (self.blocks[-1].column == column and self.blocks[-1].is_list == dash):
            if self.blocks[-1].column < column:
                break
            self._close_innermost()
        if not self.blocks or self.blocks[-1].column < column:
            self.blocks.append(Block(column, dash, None))
            self.misfits += 1

    def is_child(self, column: int, *, dash: bool) -> bool:
        """Whether an entry at `column` stands inside the key or `-` above it that waits for its value."""
        if not self.pending:
            return False
        return column > self.pending.column or (dash and column == self.pending.column and not self.pending.is_dash)

    def _belongs_to_pending(self, pending: Pending, column: int, keys: Keys, *, dash: bool) -> bool:
        """Whether an entry that stands beside its parent, or further out, should be inside it."""
        if column > pending.column or not pending.shape or not takes_in(pending.shape, keys, dash=dash):
            return False
        beside = column == pending.column and not dash
        rivals = (block for block in self.blocks if block.is_list == dash and (block.column == column or not beside))
        return not any(block.takes(keys) for block in rivals)

    def _fell_out(self, pending: Pending, key: str | None, *, dash: bool) -> bool:
        """Whether an entry under a key without a value belongs beside the key instead."""
        if dash or key is None or pending.shape is None or pending.shape.has(key) or pending.shape.is_mapping:
            return False
        return any(not block.is_list and block.shape and block.takes((key,)) for block in self.blocks)
