"""The rule `unknown-department`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import fold, nearest, suggest
from planbook.rules.plan_parts import department_holders
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


@rule("unknown-department", needs=_LIST)
def unknown_department(plan: Plan) -> Iterator[Finding]:
    """Every department that answers for something is in the list at the top."""
    known = [department.name for department in plan.departments]
    places: dict[str, list[Path]] = {}
    for holder in department_holders(plan):
        for index, name in enumerate(holder.departments or ()):
            places.setdefault(name, []).append((*holder.at, "departments", index))
    declared = {department.name: department.at for department in plan.departments}
    for name, paths in places.items():
        if name in declared:
            continue
        # A name that is wrong in the same way in several places is one fault: in the list, where that one is idle.
        others = f"（ほかに {len(paths) - 1} か所）" if len(paths) > 1 else ""
        idle = next((near for near in nearest(name, known) if near not in places), "")
        if others and idle:
            message = f"担当課「{idle[:60]}」はどこにも使われず、「{name[:60]}」が {len(paths)} か所にあります。"
            hint = f"どちらかに表記をそろえてください。ここを直すなら「{name[:60]}」です。"
            yield Finding("", declared[idle], message, hint)
        else:
            message = f"担当課「{name[:60]}」は、先頭の departments にありません{others}。"
            yield Finding("", paths[0], message, _hint(name, known))


def _hint(name: str, known: list[str]) -> str:
    parts = [part for part in re.split(r"[、，・／/\s]+", name) if part]
    folded = {fold(each): each for each in known}
    if len(parts) > 1 and all(fold(part) in folded for part in parts):
        return f"担当課を分けて書いてください。\n[{', '.join(folded[fold(part)] for part in parts)}]"
    return suggest(name, known) or "名称を確かめるか、先頭の departments に足してください。"
