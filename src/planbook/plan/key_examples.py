"""How each key of the format is written: what a planner may type where something is missing.

Texts are ○○, which `check` refuses: an example that is left as it is never gets into print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar, Sequence
from planbook.plan.own_words import plan_words
from planbook.plan.sections import LEVEL_KEYS, USUAL_CHILD_KEYS
from planbook.plan.value_types import BLANK, MAX_YEARS, YearRange, read_years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path, Value

EXAMPLES = {
    "format": "format: 1",
    "title": f"title: {BLANK}",
    "municipality": f"municipality: {BLANK}",
    "date": "date: 2018-03",
    "years": "years: [2018, 2019, 2020]",
    "vision": f"vision: [{BLANK}]",
    "departments": f"departments: [{BLANK}]",
    "approaches": f"approaches:\n  - {BLANK}",
    "figures": "figures: [{value: 20, unit: 人}]",
    "notes": f"notes:\n  - {{on: [project], text: {BLANK}}}",
    "on": "on: [project]",
    "goal": f"goal: {BLANK}",
    "value": "value: 20",
    "unit": f"unit: {BLANK}",
    "name": f"name: {BLANK}",
    "text": f"text: {BLANK}",
    "project": "project: 事業の id",
    "example": "example:\n  project: 事業の id",
    "labels": "labels:\n  relisting: 再掲",
    "columns": "columns: [現状, 2026, 2029]",
    "marks": "marks: [重点]",
    "numbers": "numbers: {policy: 基本目標1, measure: 1-1}",
    "texts": f"texts:\n  現状と課題: {BLANK}",
    "indicators": f"indicators:\n  - {{name: {BLANK}, unit: ％, values: {{2022: 38.5, 2026: 45}}}}",
    "values": "values: {2022: 38.5, 2026: 45}",
    "first": "first: 1-1",
    "content": f"content: {BLANK}",
    "allow": f"allow:\n  - {{rule: similar-titles, reason: {BLANK}}}",
    "rule": "rule: similar-titles",
    "reason": f"reason: {BLANK}",
}
"""How each key is written, where this does not depend on the plan."""

_LEVEL_OF_KEY = {key: level for level, key in LEVEL_KEYS.items()}


def example(key: str, path: Path, root: Value) -> str:
    """Return how a key is written at a path of this plan; an empty text where nothing can be said.

    Ids are new, departments and years are those of the plan.
    """
    global _latest  # noqa: PLW0603 - a cache of one plan
    if _latest.root is not root:
        _latest = _ExampleParts(root)
    known = _latest
    if key == "id":
        return f"id: {known.new_id(path)}"
    if key in known.by_years:
        return known.by_years[key]
    if key == "departments" and len(path) > 1 and known.department:
        return f"departments: [{known.department}]"
    if key in _LEVEL_OF_KEY:
        return "\n".join(_level(key, known))
    return known.words(EXAMPLES.get(key, ""))


class _ExampleParts:
    """What examples are made of, of one plan: asked for once, since a key may be missing in thousands of places."""

    def __init__(self, root: Value | None) -> None:
        self.root = root
        self._ids = {str(each) for each in _ids(root)} if root is not None else set()
        self._new: dict[str, str] = {}
        self.all_years = _all_years(root) if root is not None else ""
        self.by_years = dict(_by_years(root)) if root is not None else {}
        self.department = next(iter(known_departments(root)), "") if root is not None else ""
        self.words = plan_words(root) if root is not None else str

    def new_id(self, path: Path) -> str:
        """Return an id for a path that nothing has."""
        stem = next((_LEVEL_OF_KEY[str(step)] for step in reversed(path) if step in _LEVEL_OF_KEY), "part")
        if stem not in self._new:
            names = (f"{stem}-{number}" for number in range(1, len(self._ids) + 2))
            self._new[stem] = next(name for name in names if name not in self._ids)
        return self._new[stem]


_latest = _ExampleParts(None)
"""Of the plan that was asked about last; its data never change."""


def plan_years(root: Value) -> list[int]:
    """Return the years of a plan, as far as they can be read."""
    years = root.get("years") if isinstance(root, Mapping) else None
    if isinstance(years, Scalar) and (span := read_years(str(years))) and span.last - span.first < MAX_YEARS:
        return list(range(span.first, span.last + 1))
    return [int(each) for each in years or () if isinstance(each, Scalar) and len(each) == 4 and each.isdecimal()]  # noqa: PLR2004 - 2018


def known_departments(root: Value) -> list[str]:
    """Return the names in the list at the top, as far as they can be read."""
    listed = root.get("departments") if isinstance(root, Mapping) else None
    items = listed if isinstance(listed, Sequence) else ()
    names = [item.get("name") if isinstance(item, Mapping) else item for item in items]
    return [str(name) for name in names if isinstance(name, Scalar) and name]


def _by_years(root: Value) -> Iterator[tuple[str, str]]:
    """Yield keys that have years in them, each with how it is written with the years of this plan."""
    yield "targets", f"targets:\n  {_all_years(root)}: {BLANK}"
    if years := plan_years(root):
        yield "values", f"values: {{{years[0] - 1}: 38.5, {years[-1]}: 45}}"
    elif typed := _years_of_targets(root):
        yield "years", f"years: {typed}"


def _years_of_targets(root: Value) -> str:
    """Return the years from the first to the last one that a target is typed for."""
    years = [span for key in _target_keys(root) if (span := read_years(key))]
    return YearRange(min(each.first for each in years), max(each.last for each in years)).key if years else ""


def _target_keys(value: Value) -> Iterator[str]:
    for key, each in value.items() if isinstance(value, Mapping) else enumerate(value):
        if key == "targets" and isinstance(each, Mapping):
            yield from each
        elif not isinstance(each, str):
            yield from _target_keys(each)


def _all_years(root: Value) -> str:
    years = plan_years(root) or [2018, 2020]
    return "-".join(map(str, dict.fromkeys((min(years), max(years)))))


def _level(key: str, known: _ExampleParts) -> Iterator[str]:
    yield f"{key}:"
    yield f"  - id: {known.new_id((key,))}"
    yield f"    title: {BLANK}"
    if key == "actions":
        yield f"    departments: [{known.department or BLANK}]"
        yield "    targets:"
        yield f"      {known.all_years}: {BLANK}"
        return
    if key == "projects":
        yield f"    goal: {BLANK}"
    for line in _level(USUAL_CHILD_KEYS[key], known):
        yield f"    {line}"


def _ids(value: Value) -> Iterator[Scalar]:
    if isinstance(value, Mapping):
        if isinstance(own := value.get("id"), Scalar):
            yield own
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _ids(each)
