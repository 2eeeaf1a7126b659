"""The rule `unknown-department`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import perhaps, suggest
from planbook.rules.common.department_names import KnownNames
from planbook.rules.common.plan_parts import department_holders, word
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planbook.diagnostics.document import Document, Path
    from planbook.plan.model import Plan

_LIST = r"departments(/\d+(/name)?)?"


@typed_rule("unknown-department", needs=_LIST)
def unknown_department(plan: Plan, document: Document) -> Iterator[Finding]:
    """Every department that answers for something is in the list at the top."""
    declared = {department.name: department.at for department in plan.departments}
    known = KnownNames(declared)
    places = _places(plan)
    joined = {name: used for name in declared if name not in places and (used := _used_of(name, places, declared))}
    for name, used in joined.items():
        yield _joined(plan, name, used, declared[name])
    said = {name for used in joined.values() for name in used}
    renamed = renamed_pair(plan, known)
    for name, paths in places.items():
        if name in declared or name in said or known.same_but_for_unprintable(name):
            continue
        # A name that is wrong in the same way in several places is one fault: in the list, where that one is idle.
        idle = next((near for near in known.nearest(name) if near not in places), "") if len(paths) > 1 else ""
        if name == renamed[0] and len(paths) == 1:
            message = f"{word(plan, 'department')}「{name[:60]}」は、先頭の departments にありません。"
            hint = f"先頭の「{renamed[1][:60]}」は、どこにも使われていません。{perhaps(renamed[1][:60])}"
            yield Finding("", paths[0], message, hint)
        elif name == renamed[0]:
            yield _renamed(plan, name, renamed[1], paths, declared[renamed[1]], document)
        elif idle:
            yield _renamed(plan, name, idle, paths, declared[idle], document)
        else:
            yield _unknown(plan, name, paths, known, document)


def _used_of(name: str, places: Collection[str], declared: Collection[str]) -> list[str]:
    """Return the departments that a declared name has in it: several in one line, or one with a comment behind it."""
    parts = [part.strip(" 　") for part in re.split(r"[、，,・]|[ 　]-[ 　]", name)]
    if len(parts) == 1:
        parts = [re.sub(r"[ 　]*[＃#〔（(※].*", "", name)]
    return parts if name not in parts and all(part in places and part not in declared for part in parts) else []


def _joined(plan: Plan, name: str, used: list[str], at: Path) -> Finding:
    """Say of a declared name that it is several, or has a comment in it."""
    called = f"{word(plan, 'department')}「{name[:60]}」"
    if len(used) > 1:
        each = "".join(f"「{part}」" for part in used)
        return Finding(
            "",
            at,
            f"{called}は、{len(used)} つの名称のようです。",
            f"{each}を、一行に一つずつ「- 」を付けて書いてください。",
        )
    return Finding(
        "", at, f"{called}の「{name[len(used[0]) :].strip()}」も、名称として読まれます。", "", instead=used[0]
    )


def renamed_pair(plan: Plan, known: KnownNames) -> tuple[str, str]:
    """Return the name that parts of the plan still have and the only one that they do not use, where it is one each.

    A department that was renamed in the list at the top, and nowhere else, looks so.
    """
    places = _places(plan)
    listed = set(known.names)
    unknown = [name for name in places if name not in listed]
    meant = {name: known.meant(name) for name in unknown}
    for name, paths in places.items():
        if name in meant and len(paths) > 1 and not known.separated(name):
            # What is used itself is hardly what another name was meant as in several places.
            meant[name] = [each for each in meant[name] if each not in places]
    strange = [name for name in unknown if not meant[name]]
    idle = listed.difference(places, *meant.values())
    return (strange[0], idle.pop()) if len(strange) == 1 and len(idle) == 1 else ("", "")


def _places(plan: Plan) -> dict[str, list[Path]]:
    places: dict[str, list[Path]] = {}
    for holder in department_holders(plan):
        for index, name in enumerate(holder.departments or ()):
            places.setdefault(name, []).append((*holder.at, "departments", index))
    return places


def _renamed(plan: Plan, old: str, new: str, paths: list[Path], at: Path, document: Document) -> Finding:  # noqa: PLR0913, PLR0917 - both names and their places
    lines = sorted({document.span(path).line for path in paths})
    shown = "、".join(map(str, lines[:10])) + (" ほか" if len(lines) > 10 else "")  # noqa: PLR2004 - fits on a line
    message = (
        f"{word(plan, 'department')}「{new[:60]}」はどこにも使われず、「{old[:60]}」が {len(paths)} か所にあります。"
    )
    hint = f"名称を変えたなら、「{old[:60]}」も「{new[:60]}」に直してください（{shown} 行目）。"
    return Finding("", at, message, f"{hint}ここが間違いなら「{old[:60]}」です。")


def _unknown(plan: Plan, name: str, paths: list[Path], known: KnownNames, document: Document) -> Finding:
    others = f"（ほかに {len(paths) - 1} か所）" if len(paths) > 1 else ""
    message = f"{word(plan, 'department')}「{name[:60]}」は、先頭の departments にありません{others}。"
    if parts := known.separated(name):
        span = document.span(paths[0])
        line = document.lines[span.line - 1]
        between = ", "
        if line[: span.column - 1].strip() == "-":
            between = f"\n{line[: span.column - 1]}"
        return Finding("", paths[0], message, f"{word(plan, 'department')}を分けて、", instead=between.join(parts))
    hint = suggest(name, known.names, known.nearest(name)) or "名称を確かめるか、先頭の departments に足してください。"
    return Finding("", paths[0], message, hint)
