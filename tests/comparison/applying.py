"""Carries out the changes that `planbook diff --format json` tells, on the data of a plan file.

It knows the shape of the JSON (docs/ja/diff.md) and that of plan files, and nothing of how planbook compares.
"""

from __future__ import annotations

import copy
from typing import Any

KEYS = {"pillar": "pillars", "policy": "policies", "measure": "measures", "project": "projects"}
GROUPS = {"period", "departments", "merged", "split"}
Data = dict[str, Any]


def applied(changes: list[Data], old: Data) -> Data:
    """Return the data of the new plan file; `old` is in long form (`long_form`)."""
    plan = copy.deepcopy(old)
    flat = list(_flat(changes))
    renamed = {change["old"]: change["new"] for change in flat if change["kind"] == "id-changed"}
    _rename(plan, renamed)
    held = {_name(change): _detach(plan, change, renamed) for change in flat if change["kind"] == "moved"}
    for change in reversed(flat):  # what is inside before what it is in
        if change["kind"] == "removed":
            _detach(plan, change, renamed)
    for change in flat:
        if change["kind"] in {"added", "moved"}:
            part = held[_name(change)] if change["kind"] == "moved" else _made(change)
            place = change["new"] if change["kind"] == "moved" else change
            siblings = _parent(plan, place.get("parent", "")).setdefault(_key(change), [])
            siblings.insert(place["position"] - 1, part)
    fields = [change for change in flat if change["field"] and change["kind"] not in GROUPS]
    order = {"removed": 0, "reordered": 1, "added": 2, "changed": 3}
    for change in sorted(fields, key=lambda change: (order[_what(change)], change.get("position", 0))):
        _set(_find(plan, change["id"], change.get("parent")), change)
    return plan


def _flat(changes: list[Data]) -> Any:
    for change in changes:
        if change["kind"] in GROUPS:
            yield from _flat(change["changes"])
        else:
            yield change


def _what(change: Data) -> str:
    if change["kind"] == "reordered":
        return "reordered"
    if "position" in change:
        return "added" if change["old"] is None else "removed"
    return "changed"


def _name(change: Data) -> tuple[str, str]:
    return change["part"], f"{change.get('parent', '')}/{change['id']}"


def _key(change: Data) -> str:
    return KEYS.get(change["part"], "actions")


def _made(change: Data) -> Data:
    if change["part"] == "relisting":
        return {"relist": change["id"]}
    return {"id": change["id"], **copy.deepcopy(change["new"])}


def _parts(part: Data) -> Any:
    yield part
    for key in (*KEYS.values(), "actions"):
        for child in part.get(key, []):
            yield from _parts(child)


def _parent(plan: Data, id_: str) -> Data:
    return _find(plan, id_, None)


def _find(plan: Data, id_: str, _: Any) -> Data:
    return next(part for part in _parts(plan) if part.get("id", "") == id_ and "relist" not in part)


def _detach(plan: Data, change: Data, renamed: dict[str, str]) -> Data:
    for part in _parts(plan):
        for key in (*KEYS.values(), "actions"):
            for at, child in enumerate(part.get(key, [])):
                if change["part"] == "relisting":
                    parent = renamed.get(change["parent"], change["parent"])
                    original = renamed.get(change["id"], change["id"])
                    found = child.get("relist") == original and part.get("id") == parent
                else:
                    found = child.get("id") == change["id"]
                if found:
                    return part[key].pop(at)
    raise AssertionError(change)


def _rename(plan: Data, renamed: dict[str, str]) -> None:
    for part in _parts(plan):
        for key in ("id", "relist"):
            if key in part:
                part[key] = renamed.get(part[key], part[key])
    if "example" in plan:
        plan["example"]["project"] = renamed.get(plan["example"]["project"], plan["example"]["project"])


def _set(part: Data, change: Data) -> None:
    *way, last = [name.replace("~1", "/").replace("~0", "~") for name in change["field"].split("/")]
    here: Any = part
    for name in way:
        here = _step(here, name, make=True)
    new = copy.deepcopy(change["new"])
    if change["kind"] == "reordered":
        _reorder(here[last], new)
    elif isinstance(here, list) or ("position" in change and last.startswith("#")):
        at = next((at for at, item in enumerate(here) if _called(item, at) == last), None)
        if new is None:
            here.pop(at)
        elif at is None or change["old"] is None:
            here.insert(change["position"] - 1, new)
        else:
            here[at] = new
    elif new is None:
        here.pop(last, None)
    elif "position" in change:
        items = list(here.items())
        items.insert(change["position"] - 1, (last, new))
        here.clear()
        here.update(items)
    else:
        here[last] = new


def _called(item: Any, at: int) -> str:
    return str(item.get("name") or f"#{at + 1}")


def _step(here: Any, name: str, *, make: bool) -> Any:
    if isinstance(here, list):
        return next(item for at, item in enumerate(here) if _called(item, at) == name)
    if name not in here and make:
        here[name] = [] if name in {"figures", "departments", "indicators", "marks", "notes"} else {}
    return here[name]


def _reorder(here: Any, names: list[str]) -> None:
    if isinstance(here, list):
        here.sort(key=lambda item: names.index(item["name"]))
    else:
        items = sorted(here.items(), key=lambda item: names.index(item[0]))
        here.clear()
        here.update(items)


def long_form(data: Data) -> Data:
    """Return the data of a plan file with everything written out: targets year by year, names as mappings."""
    plan = copy.deepcopy(data)
    plan["departments"] = [{"name": each} if isinstance(each, str) else each for each in plan.get("departments", [])]
    plan["vision"] = "".join(plan["vision"])
    for part in _parts(plan):
        if "targets" in part:
            found = {}
            for key, target in part["targets"].items():
                first, _, last = str(key).partition("-")
                years = range(int(first), int(last or first) + 1)
                whole = {"text": target} if isinstance(target, str) else target
                found |= {str(year): copy.deepcopy(whole) for year in years}
            part["targets"] = dict(sorted(found.items()))
    return plan


def comparable(data: Any) -> Any:
    """Return data in which what is not there and what is empty are the same, and numbers are texts."""
    if isinstance(data, dict):
        items = {str(key): comparable(value) for key, value in data.items() if key != "format"}
        return {key: value for key, value in items.items() if value not in (None, {}, [])}
    if isinstance(data, list | tuple):
        return [comparable(value) for value in data]
    return str(data)
