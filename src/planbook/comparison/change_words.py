"""What happened to a part, in words that lines on a terminal and the comparison table share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.comparison.changes import ChangeKind
from planbook.comparison.records import RELISTING

if TYPE_CHECKING:
    from planbook.comparison.changes import Change, PartPlace
    from planbook.comparison.compare import Comparison
    from planbook.comparison.field_texts import Version


KIND_WORDS = {
    ChangeKind.ADDED: "新設",
    ChangeKind.REMOVED: "削除",
    ChangeKind.MOVED: "移動",
    ChangeKind.RENAMED: "名称",
    ChangeKind.MERGED: "統合",
    ChangeKind.SPLIT: "分割",
    ChangeKind.PERIOD: "期間",
    ChangeKind.DEPARTMENTS: "担当",
    ChangeKind.ID_CHANGED: "id",
    ChangeKind.RENUMBERED: "番号",
}
OTHER_CHANGE = "変更"
"""Of any other kind."""


def reorganised(change: Change) -> str:
    """Return what happened to departments: a new name, put together, parted."""
    old, new = len(change.old), len(change.new)
    if old == new == 1:
        return "名称の変更"
    return "統合" if new == 1 else "分割" if old == 1 else "再編"


def is_level(group: Change, comparison: Comparison) -> bool:
    """Whether sections were put between one that stays and what was below it, or taken out from there."""
    matching = comparison.matching
    if group.kind is ChangeKind.SPLIT:
        come = [key for key in group.new if key not in matching.old_of]
        return all(matching.new[key].parent == matching.new_of.get(group.old[0]) for key in come)
    gone = [key for key in group.old if key not in matching.new_of]
    return all(matching.old[key].parent == matching.old_of.get(group.new[0]) for key in gone)


def moved_from(change: Change, comparison: Comparison, old: Version, new: Version) -> str:
    """Return where something moved from: (1)①から, 「窓口の周知」から, 2番目から."""
    matching = comparison.matching
    was: PartPlace = change.old
    now: PartPlace = change.new
    record = matching.old[matching.old_of[change.key]]
    if matching.new_of.get(record.parent) == matching.new[change.key].parent:
        return f"{was.position}番目から"
    place, here = old.place(was.parent), new.place(now.parent)
    own = old.place(record.id) if record.level not in {"action", RELISTING} else ""
    if own and own != place:
        return f"{own}から"
    if place and place != here:
        return f"{place}から"
    return f"「{matching.old[record.parent].title}」から"
