"""Changes → the new text of the plan file, checked: what the check refuses is left out, if it stands alone."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planbook.check.check import check
from planbook.diagnostics.finding import Severity
from planbook.editing.nodes import Data, EditError, YamlNode, YamlText, parse
from planbook.editing.plan_file import PlanFile
from planbook.editing.scalars import Number
from planbook.editing.target_ranges import changed_targets, column_values
from planbook.exchange.cell_text import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path as FilePath

    from planbook.diagnostics.document import Path
    from planbook.diagnostics.finding import Diagnostic
    from planbook.exchange.merging import ReplyChange
    from planbook.plan.model import Plan

_FIGURE_KEYS = ("name", "prefix", "value", "unit", "bound", "note")
_INDICATOR_KEYS = ("name", "unit", "values", "bound", "better", "source", "note")


@dataclass
class Applied:
    """The new bytes of the plan file, None where nothing can be taken; what the check has refused, and why."""

    content: bytes | None
    taken: list[ReplyChange] = field(default_factory=list)
    refused: list[tuple[ReplyChange, Diagnostic]] = field(default_factory=list)
    errors: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)


def apply(content: bytes, path: FilePath, plan: Plan, changes: Sequence[ReplyChange]) -> Applied:
    """Return the plan file with the changes, as far as the check accepts them.

    Raises:
        EditError: the file has a notation in which they can not be made.

    """
    name = str(path)
    known = {(found.rule, found.message) for found in check(content, name, path).diagnostics}
    taken = list(changes)
    refused: list[tuple[ReplyChange, Diagnostic]] = []
    while True:
        new = edited(content, plan, taken)
        found = check(new, name, path).diagnostics
        errors = [each for each in found if each.severity is Severity.ERROR]
        if not errors:
            warnings = [each for each in found if (each.rule, each.message) not in known]
            return Applied(new, taken, refused, [], warnings)
        blamed = {id(change): (change, error) for error in errors for change in _behind(error, new, plan, taken)}
        if not blamed:
            return Applied(None, [], refused, errors)
        refused += blamed.values()
        taken = [change for change in taken if id(change) not in blamed]


def edited(content: bytes, plan: Plan, changes: Iterable[ReplyChange]) -> bytes:
    """Return the plan file with the changes, unchecked."""
    file = PlanFile(content)
    by_part: dict[Path, list[ReplyChange]] = defaultdict(list)
    for change in changes:
        by_part[change.row.at].append(change)
    for at, mine in by_part.items():
        if mine[0].kind == "indicators":
            _change_indicator(file, at, mine)
        else:
            _change_action(file, plan, at, mine)
    return file.content()


def _change_action(file: PlanFile, plan: Plan, at: Path, changes: Sequence[ReplyChange]) -> None:
    columns = [column.key for column in plan.columns_in_use]
    action = file.value(at)
    if not isinstance(action, dict):
        raise EditError("action")
    targets = action.get("targets")
    old = column_values(targets, columns) if isinstance(targets, dict) else {}
    touched: dict[str, list[ReplyChange]] = defaultdict(list)
    for change in changes:
        column = change.field.column
        if change.field.key.startswith("target:") and column is not None:
            touched[column].append(change)
        elif change.kind == "figures":
            for each in [column] if column is not None else list(change.row.places):
                touched[each].append(change)
        else:
            _change_field(file, at, action, change)
    new = {column: _changed_target(old.get(column), column, mine) for column, mine in touched.items()}
    if new:
        file.insert((*at, "targets"), changed_targets(targets if isinstance(targets, dict) else {}, columns, new))


def _change_field(file: PlanFile, at: Path, action: dict[str, Data], change: ReplyChange) -> None:
    key = change.field.key
    if not change.new:
        if key in action:
            file.remove((*at, key))
        return
    value: Data = (
        _list_of_names(change.new) if key in ("departments", "marks") else _as_it_ended(action.get(key), change.new)
    )
    if key in action:
        file.replace((*at, key), value)
    else:
        after = {"marks": "title", "content": "marks" if "marks" in action else "title"}.get(key)
        file.insert(
            (*at, key),
            value,
            after=after or next((each for each in ("content", "marks", "title") if each in action), None),
        )


def _changed_target(old: Data | None, column: str, changes: Sequence[ReplyChange]) -> Data:
    target: dict[str, Data] = (
        copy.deepcopy(old) if isinstance(old, dict) else {"text": old} if isinstance(old, str) else {}
    )
    listed = target.get("figures")
    figures: list[Data] = list(listed) if isinstance(listed, list) else []
    gone: set[int] = set()
    fresh: dict[str, dict[str, Data]] = {}
    for change in changes:
        key = change.field.key
        if key.startswith("target:"):
            target = {
                "text": _as_it_ended(target.get("text"), change.new),
                **{k: v for k, v in target.items() if k != "text"},
            }
            continue
        place = change.row.places.get(column)
        key = "value" if key.startswith("value:") else key
        if place is None:
            fresh.setdefault(change.row.key, _figure(change))["value"] = Number(change.new)
        elif key == "value" and not change.new:
            gone.add(place)
        elif isinstance(figure := figures[place], dict):
            value = Number(change.new) if key == "value" else change.new
            figures[place] = _with(figure, key, value, _FIGURE_KEYS)
    # What a row says of all its years holds for a year that it gets anew.
    for change in changes:
        if change.field.column is None and change.row.key in fresh:
            fresh[change.row.key] = _with(fresh[change.row.key], change.field.key, change.new, _FIGURE_KEYS)
    kept = [figure for index, figure in enumerate(figures) if index not in gone]
    kept += [{key: figure[key] for key in _FIGURE_KEYS if key in figure} for figure in fresh.values()]
    target.pop("figures", None)
    if kept:
        target["figures"] = kept
    text = target.get("text")
    return text if set(target) == {"text"} and isinstance(text, str) else target


def _figure(change: ReplyChange) -> dict[str, Data]:
    """Return a figure as the other years of its row have it."""
    cells = change.row.cells
    return {key: cells[key] for key in _FIGURE_KEYS if key != "value" and cells.get(key)}


def _with(mapping: dict[str, Data], key: str, value: str, order: Sequence[str]) -> dict[str, Data]:
    """Return a mapping with a key changed, put in at its usual place, or (for "") taken out."""
    changed = {**mapping, key: value} if value else {name: each for name, each in mapping.items() if name != key}
    if key in mapping:
        return changed
    return {
        name: changed[name] for name in sorted(changed, key=lambda name: order.index(name) if name in order else 99)
    }


def _change_indicator(file: PlanFile, at: Path, changes: Sequence[ReplyChange]) -> None:
    indicator = file.value(at)
    if not isinstance(indicator, dict):
        raise EditError("indicator")
    for change in changes:
        column = change.field.column
        if column is None:
            indicator = _with(indicator, change.field.key, change.new, _INDICATOR_KEYS)
            continue
        values = indicator.get("values")
        if not isinstance(values, dict):
            raise EditError("values")
        new = Number(change.new) if number(change.new) else change.new
        indicator["values"] = _with(values, column, new, sorted({*values, column}))
    file.replace(at, indicator)


def _list_of_names(text: str) -> list[Data]:
    return [name for name in re.split(r"[\s、，,・／/]+", text) if name]


def _as_it_ended(old: Data | None, new: str) -> str:
    """Return a text with the line break at its end that the old one had (`|` instead of `|-`)."""
    return f"{new}\n" if isinstance(old, str) and old.endswith("\n") and "\n" in new else new


def _behind(error: Diagnostic, content: bytes, plan: Plan, changes: Sequence[ReplyChange]) -> list[ReplyChange]:
    """Return the changes that an error is about: those of the value around it, else of the action around it."""
    text, root = parse(content.decode("utf-8-sig"))
    place = _offset(text, error)
    columns = [column.key for column in plan.columns_in_use]
    around: list[ReplyChange] = []
    within: list[ReplyChange] = []
    for change in changes:
        node = _node(root, change.row.at)
        if node is None or not node.start <= place <= node.end:
            continue
        around.append(change)
        for path in _paths(change, node, columns):
            inner = _node(node, path, with_key=True)
            if inner is not None and inner.start <= place <= inner.end:
                within.append(change)
                break
    return within or around


def _paths(change: ReplyChange, node: YamlNode, columns: Sequence[str]) -> list[Path]:
    key, column = change.field.key, change.field.column
    if change.kind == "indicators":
        return [(key,)] if column is None else [("values", column)]
    if column is None and change.kind == "actions":
        return [(key,)]
    data = node.data
    targets = data.get("targets") if isinstance(data, dict) else None
    if not isinstance(targets, dict):
        return []
    wanted = [column] if column is not None else list(change.row.places)
    return [("targets", name) for name in targets if any(each in column_values({name: ""}, columns) for each in wanted)]


def _offset(text: YamlText, error: Diagnostic) -> int:
    line = min(error.span.line, len(text.starts)) - 1
    return min(text.starts[line] + error.span.column - 1, len(text.raw))


def _node(root: YamlNode, path: Path, *, with_key: bool = False) -> YamlNode | None:
    """Return the node at a path; `with_key`: from its key on."""
    here = root
    for position, step in enumerate(path):
        entries = here.entries or []
        if isinstance(step, int):
            entry = entries[step] if step < len(entries) else None
        else:
            entry = next((each for each in entries if each.key == step), None)
        if entry is None:
            return None
        here = entry.value
        if with_key and position == len(path) - 1:
            return YamlNode(entry.start, entry.end)
    return here
