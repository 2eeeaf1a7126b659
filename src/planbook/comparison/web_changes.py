"""Comparison → what the preview marks on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.comparison import terminal
from planbook.comparison.change_words import KIND_WORDS, OTHER_CHANGE
from planbook.comparison.changes import ChangeKind, flattened
from planbook.comparison.compare import compare
from planbook.comparison.field_texts import Version
from planbook.comparison.records import RELISTING
from planbook.views.web_changes import ChangedPart, ChangedParts

if TYPE_CHECKING:
    from planbook.comparison.versions import VersionRead
    from planbook.plan.model import Plan

_MARKS = {kind: KIND_WORDS[kind] for kind in (ChangeKind.ADDED, ChangeKind.MOVED)}


def changed_parts(against: VersionRead, plan: Plan) -> ChangedParts | None:
    """Return what a plan has changed since a version; None where that can not be read."""
    if against.plan is None:
        return None
    comparison = compare(against.plan, plan, against.damaged)
    old, new = Version.of(comparison.old), Version.of(comparison.new)
    marks: dict[str, str] = {}
    gone: list[str] = []
    for change in flattened(comparison.changes):
        if change.kind is ChangeKind.REMOVED:
            gone.append(old.title(comparison.matching.old[change.key]))
        elif change.part != "plan" and change.kind not in {ChangeKind.RENUMBERED, ChangeKind.ID_CHANGED}:
            marks.setdefault(change.key, _MARKS.get(change.kind, OTHER_CHANGE))
    records = comparison.matching.new
    parts = tuple(
        ChangedPart(key, mark, new.title(records[key]))
        for key, mark in marks.items()
        if records[key].level != RELISTING
    )
    return ChangedParts(against.name, parts, tuple(gone), terminal.summary(comparison))
