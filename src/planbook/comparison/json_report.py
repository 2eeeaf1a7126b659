"""Comparison → JSON (docs/ja/diff.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planbook.comparison.changes import PartPlace
from planbook.comparison.plain_values import as_data
from planbook.comparison.terminal import difference

if TYPE_CHECKING:
    from planbook.comparison.changes import Change
    from planbook.comparison.compare import Comparison
    from planbook.comparison.versions import VersionRead

VERSION = 1


def write(comparison: Comparison, old: VersionRead, new: VersionRead) -> str:
    """Return the comparison as JSON."""
    report = {
        "version": VERSION,
        "old": {"name": old.name, "errors": old.errors},
        "new": {"name": new.name, "errors": new.errors},
        "unread": comparison.unread + len(comparison.unread_chapters),
        "changes": [_change(change) for change in comparison.changes],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _change(change: Change) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": change.kind.value, "part": change.part, "id": change.id, "field": change.field}
    data |= {"old": _value(change.old), "new": _value(change.new)}
    if change.parent:
        data["parent"] = change.parent
    if change.place:
        data["position"] = change.place.position
    if (amount := difference(change)) is not None:
        data["difference"] = as_data(amount)
    if change.changes:
        data["changes"] = [_change(inner) for inner in change.changes]
    return data


def _value(value: Any) -> Any:
    if isinstance(value, PartPlace):
        return {"parent": value.parent, "position": value.position}
    return as_data(value)
