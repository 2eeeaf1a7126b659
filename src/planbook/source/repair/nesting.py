"""Which lists and mappings are open at a line, and how far in the next line should stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planbook.source.repair.open_nodes import STEP, TEXT, Keys, OpenNode, Pending, takes_in

if TYPE_CHECKING:
    from planbook.plan.element import Element
    from planbook.plan.shape import Shape


class OutlineState(NamedTuple):
    """The state of an outline between two lines."""

    nodes: list[tuple[OpenNode, int]]
    pending: Pending | None
    misfits: int
    shift: tuple[int, int]


class Outline:
    """The open nodes, outermost first, while the lines are read from top to bottom."""

    def __init__(self, shape: Shape, step_of_lists: int = STEP) -> None:
        self.step_of_lists = step_of_lists
        """Blanks between a key and the items of its list: none in some plans."""
        self.nodes: list[OpenNode] = []
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
        return OutlineState([(node, len(node.seen)) for node in self.nodes], self.pending, self.misfits, self._shift)

    def back_to(self, state: OutlineState) -> None:
        """Be again as at the mark."""
        for node, seen in state.nodes:
            while len(node.seen) > seen:
                node.seen.popitem()
        self.nodes = [node for node, _ in state.nodes]
        self.pending, self.misfits, self._shift = state.pending, state.misfits, state.shift

    def copy(self, state: OutlineState) -> Outline:
        """Return an outline of its own that is as this one was at the mark."""
        other = Outline.__new__(Outline)
        other._closed = Counter()  # noqa: SLF001 - its own class
        other.step_of_lists = self.step_of_lists
        other.nodes = [
            OpenNode(node.column, node.is_list, node.shape, node.name, dict.fromkeys(list(node.seen)[:seen]))
            for node, seen in state.nodes
        ]
        other.pending, other.misfits, other._shift = state.pending, state.misfits, state.shift  # noqa: SLF001 - its own class
        return other

    def shifted(self, column: int) -> int:
        """Return where a line belongs that follows one which was moved: a node moved as a whole is one slip."""
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
        for node in reversed(self.nodes):
            if node.column == column and node.is_list == dash:
                return node.shape.items if dash and node.shape else node.shape
        return None

    def targets(self) -> tuple[int, Shape] | None:
        """Return the column at which targets may stand here, and their shape; None where they may not."""
        if self.pending:
            shape = self.pending.shape
            return (self.pending.column + STEP, shape) if shape and shape.entries and not shape.free else None
        for node in reversed(self.nodes):
            if node.shape and node.shape.entries and not node.shape.free:
                return node.column, node.shape
        return None

    def expects_list(self, column: int) -> bool:
        """Whether a list item may begin at `column`."""
        if self.pending and column >= self.pending.column:
            return self.pending.shape is None or self.pending.shape.items is not None
        return any(node.is_list and node.column == column for node in self.nodes)

    def item_begun(self, column: int) -> Shape | None:
        """Return the shape of the list item at `column` whose first line was the last; None where lines were moved."""
        inner = self.nodes[-1] if self.nodes else None
        list_ = self.nodes[-2] if len(self.nodes) > 1 else None
        if not inner or not list_ or self.pending or self._shift != (0, 0) or inner.is_list or not list_.is_list:
            return None
        return inner.shape if list_.column == column and len(inner.seen) == 1 else None

    def pass_over(self, keys: list[str]) -> None:
        """Be as behind the last line of the mapping that has just begun, which has these keys."""
        self.nodes[-1].seen.update(dict.fromkeys(keys))

    def place(self, column: int, keys: Keys, *, dash: bool) -> int:
        """Return the column at which an entry should begin; its own one where that is right."""
        key = keys[0]
        if self.is_child(column, dash=dash):
            if not (self.pending and self._fell_out(self.pending, key, dash=dash)):
                return column
        elif self.pending and self._belongs_to_pending(self.pending, column, keys, dash=dash):
            return self.usual(self.pending, dash=dash)
        same = [node for node in self.nodes if node.is_list == dash]
        if not same:
            return column
        for node in same:
            if node.column == column:
                return self._or_deeper(node, same, keys)
        best = min(same, key=lambda node: (not node.takes(keys), abs(node.column - column), -node.column))
        return best.column

    def usual(self, pending: Pending, *, dash: bool) -> int:
        """Return the column at which the value of a key or `-` usually begins."""
        return pending.column + (self.step_of_lists if dash and not pending.is_dash else STEP)

    def at_whole_step(self, pending: Pending, column: int, *, dash: bool) -> int:
        """Return the column of what stands below a key: its own at a whole step from that, else the usual one."""
        off = 0 if pending.is_dash or pending.column < 0 else (column - pending.column) % STEP
        return self.usual(pending, dash=dash) if off else column

    def fits(self, column: int, keys: Keys, *, dash: bool) -> bool:
        """Whether an entry at `column` stands where something takes it."""
        if self.is_child(column, dash=dash):
            return True
        return any(node.column == column and node.is_list == dash and node.takes(keys) for node in self.nodes)

    def lacking(self, column: int, keys: Keys, *, dash: bool) -> tuple[int, str] | None:
        """Return column and name of the key whose line is missing above an entry: it would take the entry in."""
        if self.pending or self.fits(column, keys, dash=dash):
            return None
        rivals = (node for node in self.nodes if node.is_list == dash and node.shape and node.column >= column)
        if any(node.takes(keys) for node in rivals):
            return None
        for node in reversed(self.nodes):
            if not node.is_list and node.shape and node.column <= column - (not dash):
                wanted = node.shape.required.difference(node.seen)
                for name, shape in node.shape.fields.items() if wanted else ():
                    if name in wanted and takes_in(shape, keys, dash=dash):
                        return node.column, name
        return None

    def _or_deeper(self, node: OpenNode, same: list[OpenNode], keys: Keys) -> int:
        """Return the column of `node`, or of a node inside or around it that the entry clearly belongs to."""
        if keys == TEXT:
            last = self.nodes[-1]
            return last.column if last.has_text_items and not node.has_text_items else node.column
        key = keys[0]
        deeper = [other for other in same if other.column > node.column and key is not None and other.takes(keys)]
        wanted = [other for other in deeper if other.lacks(keys)]
        if wanted and not node.lacks(keys):
            return wanted[-1].column
        if node.takes(keys) or (key in node.seen and not node.is_list):
            return node.column
        return deeper[-1].column if deeper else self._or_around(node, same, keys)

    @staticmethod
    def _or_around(node: OpenNode, same: list[OpenNode], keys: Keys) -> int:
        """Return the column of an outer node that the entry belongs to: a year, or an item with all its keys."""
        for other in reversed(same):
            known = other.shape is not None and (other.shape.entries or (other.is_list and len(keys) > 1))
            if other.column < node.column and known and other.takes(keys):
                return other.column
        return node.column

    def has_texts_at(self, column: int) -> bool:
        """Whether a list of texts has its items at `column`."""
        return any(node.has_text_items and node.column == column for node in self.nodes)

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
        """Open and close nodes for an entry at `column`; return the shape of the value that follows it."""
        if self.is_child(column, dash=dash):
            shape = self.pending.shape if self.pending else None
            fits = shape is None or bool(shape.items if dash else shape.is_mapping)
            self.nodes.append(OpenNode(column, dash, shape, self.pending.name if self.pending else ""))
            self.misfits += not fits
        else:
            self.misfits += self.pending is not None  # it has no value
            self._close_inside(column, dash=dash)
        self.pending = None
        node = self.nodes[-1]
        if dash:
            return node.shape.items if node.shape else None
        if misfits := node.misfits(key):
            self.misfits += misfits
            key = node.meant(key or "")
        node.seen[key or ""] = None
        return node.shape.child(key) if node.shape and key else None

    def close(self) -> None:
        """Close all nodes: the file ends here."""
        self.misfits += self.pending is not None
        while self.nodes:
            self._close_innermost()

    def _close_innermost(self) -> None:
        """Close the innermost node, and count what it lacks."""
        node = self.nodes.pop()
        lacking = node.lacks_keys
        self.misfits += len(lacking)
        if node.shape and node.shape.elements and not node.is_list:
            self._closed.update((node.shape.elements[0], key) for key in ("", *lacking))

    def stop(self) -> None:
        """Count what is lacking although what should follow it is there: nobody reads on from here."""
        self.misfits += sum(node.passed_over for node in self.nodes)

    def _close_inside(self, column: int, *, dash: bool) -> None:
        """Close nodes until an entry at `column` stands in the innermost one."""
        while self.nodes and not (self.nodes[-1].column == column and self.nodes[-1].is_list == dash):
            if self.nodes[-1].column < column:
                break
            self._close_innermost()
        if not self.nodes or self.nodes[-1].column < column:
            self.nodes.append(OpenNode(column, dash, None))
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
        rivals = (node for node in self.nodes if node.is_list == dash and (node.column == column or not beside))
        return not any(node.takes(keys) for node in rivals)

    def _fell_out(self, pending: Pending, key: str | None, *, dash: bool) -> bool:
        """Whether an entry under a key without a value belongs beside the key instead."""
        if dash or key is None or pending.shape is None or pending.shape.has(key) or pending.shape.is_mapping:
            return False
        return any(not node.is_list and node.shape and node.takes((key,)) for node in self.nodes)
