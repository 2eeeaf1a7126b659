"""Laws of comparing: nothing between equals, every change told, the same from both sides."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planbook.comparison import json_report
from planbook.comparison.changes import Change, ChangeKind, PartPlace, flattened, mirrored
from planbook.comparison.compare import Comparison, compare
from planbook.comparison.plain_values import canonical
from planbook.comparison.versions import read_version
from tests.comparison.applying import KEYS, applied, comparable, long_form
from tests.comparison.base import BASE

Data = dict[str, Any]
START: Data = yaml.load(BASE, yaml.BaseLoader)  # noqa: S506 - it makes texts of everything

_TITLES = ("相談の充実", "窓口の運営", "情報の提供", "訪問による支援", "健診の実施", "広報紙の発行")
_TEXTS = ("年12回の訪問", "年24回の訪問", "窓口の運営\n・地区ごとの相談日", "該当なし", "未定", "17.0人の参加")
_NAMES = ("福祉課", "総務課", "健康課", "健康推進課", "社会福祉協議会")


def _parts(part: Data, key: str = "") -> list[tuple[Data, str, int]]:
    """Return every part with the list that it stands in, as (part above, key, place)."""
    found = []
    for name in (*KEYS.values(), "actions"):
        for at, child in enumerate(part.get(name, [])):
            found.append((part, name, at))
            found += _parts(child, key)
    return found


def _edit(plan: Data, draw: Any) -> None:  # noqa: C901, PLR0912, PLR0915 - one branch for each kind of edit
    """Make one edit as a planner would."""
    above, key, at = draw(st.sampled_from(_parts(plan)))
    part = above[key][at]
    edit = draw(
        st.sampled_from(("remove", "move", "copy", "id", "title", "goal", "target", "names", "years", "all", "relist"))
    )
    fresh = f"new{draw(st.integers(0, 10**9))}"
    if edit == "remove" and len(above[key]) > 1:
        above[key].pop(at)
    elif edit == "move":
        places = [other for other, name, _ in _parts(plan) if name == key]
        target = draw(st.sampled_from(places))
        if len(above[key]) > 1 or target is above:
            above[key].pop(at)
            target[key].insert(draw(st.integers(0, len(target[key]))), part)
    elif edit == "copy":
        again = json.loads(json.dumps(part, ensure_ascii=False))
        for child, name, place in [({"": [again]}, "", 0), *_parts(again)]:
            each = child[name][place]
            if "id" in each:
                each["id"] = f"{fresh}{each['id']}"
        above[key].insert(draw(st.integers(0, len(above[key]))), again)
    elif edit == "id" and "id" in part:
        old = part["id"]
        for other, name, place in _parts(plan):
            each = other[name][place]
            each |= {field: fresh for field in ("id", "relist") if each.get(field) == old}
    elif edit == "title" and "id" in part:
        part["title"] = draw(st.sampled_from(_TITLES))
    elif edit == "goal" and "goal" in part:
        part["goal"] = draw(st.sampled_from(_TITLES))
        part["approaches"] = draw(st.lists(st.sampled_from(_TITLES), unique=True, max_size=3))
    elif edit == "target" and "targets" in part:
        figures = draw(st.lists(st.sampled_from(("3", "12", "2300", "17.0")), max_size=2))
        names = draw(st.permutations(("回数", "人数")))
        listed = [{"value": value, "unit": "回", "name": name} for value, name in zip(figures, names, strict=False)]
        year = draw(st.sampled_from(plan["years"]))
        long = long_form({"departments": [], "vision": [], "actions": [part]})["actions"][0]["targets"]
        long[year] = {"text": draw(st.sampled_from(_TEXTS)), **({"figures": listed} if listed else {})}
        part["targets"] = long
    elif edit == "names" and "targets" in part:
        part["departments"] = draw(st.lists(st.sampled_from(_NAMES), unique=True, min_size=1, max_size=3))
    elif edit == "years":
        plan["years"] = draw(
            st.sampled_from((["2024"], ["2024", "2025"], ["2025", "2026"], ["2024", "2025", "2026", "2027"]))
        )
        for other, name, place in _parts(plan):
            each = other[name][place]
            if "targets" in each:
                each["targets"] = {year: draw(st.sampled_from(_TEXTS)) for year in plan["years"]}
    elif edit == "all":
        old, new = draw(st.sampled_from(_NAMES)), draw(st.sampled_from(_NAMES))
        plan["departments"] = list(dict.fromkeys(new if name == old else name for name in plan["departments"]))
        for other, name, place in _parts(plan):
            each = other[name][place]
            if "departments" in each:
                each["departments"] = list(dict.fromkeys(new if one == old else one for one in each["departments"]))
    elif edit == "relist" and key == "actions" and "relist" in part:
        above[key].insert(draw(st.integers(0, len(above[key]))), {"relist": "desk"})


@st.composite
def plans(draw: Any) -> tuple[Data, Data]:
    """Two versions: the plan with a few edits, and that with a few more."""
    versions = []
    plan = copy.deepcopy(START)
    for most in (2, 5):
        for _ in range(draw(st.integers(0, most))):
            _edit(plan, draw)
        ids = {each["id"] for above, key, at in _parts(plan) if "id" in (each := above[key][at])}
        relisted = [
            (id(above), each["relist"]) for above, key, at in _parts(plan) if "relist" in (each := above[key][at])
        ]
        # What is relisted, but is not there, or twice in a section, is a fault: which is which then, nobody can say.
        assume(len(set(relisted)) == len(relisted) and {original for _, original in relisted} <= ids)
        versions.append(copy.deepcopy(plan))
    return versions[0], versions[1]


def _compared(old: Data, new: Data) -> Comparison:
    versions = [read_version(json.dumps(data, ensure_ascii=False).encode(), "plan") for data in (old, new)]
    assert versions[0].plan and versions[1].plan
    assert not versions[0].damaged | versions[1].damaged
    return compare(versions[0].plan, versions[1].plan)


def _told(comparison: Comparison) -> list[Data]:
    version = read_version(BASE.encode(), "plan")
    return list(json.loads(json_report.write(comparison, version, version))["changes"])


@settings(max_examples=30, deadline=None)
@given(plans())
def test_nothing_changed_between_a_plan_and_itself(versions: tuple[Data, Data]) -> None:
    plan = versions[1]
    assert _compared(plan, copy.deepcopy(plan)).changes == ()


@settings(max_examples=100, deadline=None)
@given(plans())
def test_the_changes_make_the_new_plan_of_the_old_one(versions: tuple[Data, Data]) -> None:
    old, new = map(long_form, versions)
    assert comparable(applied(_told(_compared(*versions)), old)) == comparable(new)


@settings(max_examples=100, deadline=None)
@given(plans())
def test_from_the_other_side_it_is_the_mirror(versions: tuple[Data, Data]) -> None:
    old, new = versions
    forth, back = _compared(old, new), _compared(new, old)
    ids = {change.old: change.new for change in flattened(forth.changes) if change.kind is ChangeKind.ID_CHANGED}
    there = sorted(_key(change, {}) for change in forth.changes)
    assert there == sorted(_key(mirrored(change), ids) for change in back.changes)


def _key(change: Change, ids: dict[str, str]) -> str:
    """Return a change as a text, under the ids of the new version."""

    def named(value: Any) -> Any:
        if isinstance(value, PartPlace):
            return ids.get(value.parent, value.parent), value.position
        if change.kind in {ChangeKind.MERGED, ChangeKind.SPLIT}:
            return sorted(ids.get(each, each) for each in value)
        return value if change.kind in {ChangeKind.ID_CHANGED, ChangeKind.DEPARTMENTS} else canonical(value)

    values = [
        sorted(value) if change.kind is ChangeKind.DEPARTMENTS else value
        for value in map(named, (change.old, change.new))
    ]
    id_ = change.id if change.kind is ChangeKind.ID_CHANGED else ids.get(change.id, change.id)
    inner = sorted(_key(each, ids) for each in change.changes)
    return repr((change.kind.value, change.part, id_, change.field, *values, inner))
