"""The targets of an action by column, as in a plan file: equal years that follow each other are one range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.editing.nodes import Data


class _Years(NamedTuple):
    first: int
    last: int


@dataclass
class _EqualTargets:
    """Columns from one position up to another that have the same value. `key` is where they stood; "": they are new."""

    first: int
    last: int
    key: str
    value: Data


def changed_targets(targets: Mapping[str, Data], columns: Sequence[str], new: Mapping[str, Data]) -> dict[str, Data]:
    """Return targets by key, after those of some columns became `new`.

    A range that no longer fits is split. A column that became equal to one beside it is joined with it. Keys that no
    change has touched stay as they are typed, equal or not.

    Args:
        targets: the values by key (2018, 2018-2020, 現状).
        columns: the keys of all columns, in order.
        new: the new values by column.

    """
    runs: list[_EqualTargets] = []
    for position, column in enumerate(columns):
        key = "" if column in new else next((name for name in targets if _covers(name, column)), None)
        if key is None:
            continue
        value = targets[key] if key else new[column]
        before = runs[-1] if runs and runs[-1].last == position - 1 else None
        # Of two runs with equal values, one has to be new: those that the planner typed apart stay apart.
        same_key = before is not None and bool(key) and before.key == key
        joins = before is not None and before.value == value and not (before.key and key)
        if before and (same_key or (joins and _years(columns[before.first]) and _years(column))):
            before.last = position
            before.key = before.key if same_key else ""
        else:
            runs.append(_EqualTargets(position, position, key, value))
    others = {name: value for name, value in targets.items() if not any(_covers(name, column) for column in columns)}
    return {_key(run, columns): run.value for run in runs} | others


def column_values(targets: Mapping[str, Data], columns: Sequence[str]) -> dict[str, Data]:
    """Return the values by column."""
    found = {}
    for column in columns:
        key = next((name for name in targets if _covers(name, column)), None)
        if key is not None:
            found[column] = targets[key]
    return found


def _key(run: _EqualTargets, columns: Sequence[str]) -> str:
    covered = [position for position, column in enumerate(columns) if run.key and _covers(run.key, column)]
    if covered == list(range(run.first, run.last + 1)):
        return run.key
    first, last = _years(columns[run.first]), _years(columns[run.last])
    if first is None or last is None:
        return columns[run.first]
    return str(first.first) if first.first == last.last else f"{first.first}-{last.last}"


def _covers(name: str, column: str) -> bool:
    if name == column:
        return True
    outer, inner = _years(name), _years(column)
    return outer is not None and inner is not None and outer.first <= inner.first and inner.last <= outer.last


def _years(text: str) -> _Years | None:
    first, _, last = text.partition("-")
    if not (first.isascii() and first.isdigit()) or (last and not (last.isascii() and last.isdigit())):
        return None
    return _Years(int(first), int(last or first))
