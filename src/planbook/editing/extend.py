"""A plan for some years more: the text of the plan file, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.editing.plan_file import PlanFile
from planbook.editing.scalars import Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.editing.nodes import Data

UNDECIDED = "未定"


@dataclass(frozen=True, slots=True)
class Extension:
    """A plan file with more years: how many targets hold for them now, and how many are not decided yet."""

    content: bytes
    grown: int
    undecided: int


def extended(content: bytes, last: int, until: int) -> Extension:
    """Return the bytes of a plan file whose years go on after `last`, up to `until`.

    A target for several years that ends with `last` holds for the new ones too; where there is one for `last` alone,
    nobody knows what comes after it: the new years are 未定. Nothing else of the text changes.

    Raises:
        EditError: the text has a notation in which this can not be done.

    """
    file = PlanFile(content)
    _extend_years(file, last, until)
    grown = undecided = 0
    for path in _targets(file.data, ()):
        targets = file.value(path)
        if not isinstance(targets, dict):
            continue
        key = next((name for name in targets if _ends(name) == last), None)
        if key is None:
            continue
        if "-" in key and targets[key] != UNDECIDED:
            file.replace(path, {_until(name, until) if name == key else name: each for name, each in targets.items()})
            grown += 1
        elif targets[key] == UNDECIDED:
            first = key.partition("-")[0]
            file.replace(path, {f"{first}-{until}" if name == key else name: each for name, each in targets.items()})
            undecided += 1
        else:
            file.insert((*path, _span(last + 1, until)), UNDECIDED, after=key)
            undecided += 1
    return Extension(file.content(), grown, undecided)


def _extend_years(file: PlanFile, last: int, until: int) -> None:
    years = file.value(("years",))
    if isinstance(years, str):  # 2018-2020
        file.replace(("years",), Number(_until(years, until)))
        return
    for name in ("years", "columns"):
        listed = file.value((name,)) if isinstance(file.data, dict) and name in file.data else None
        if isinstance(listed, list) and str(last) in listed:
            place = listed.index(str(last)) + 1
            listed[place:place] = [Number(year) for year in range(last + 1, until + 1)]


def _targets(data: Data, path: Path) -> Iterator[Path]:
    """Find the targets of all actions: below `policies` or `pillars`, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "targets":
                yield (*path, key)
            elif key in {"pillars", "policies", "measures", "projects", "actions"}:
                yield from _targets(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _targets(item, (*path, index))


def _ends(name: str) -> int | None:
    """Return the last year of a key of targets, unless it is a word."""
    end = name.rpartition("-")[2]
    return int(end) if end.isascii() and end.isdigit() else None


def _until(years: str, until: int) -> str:
    return _span(int(years.partition("-")[0]), until)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
