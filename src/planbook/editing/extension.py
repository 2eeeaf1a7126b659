"""A plan for some years more: the text of the plan file, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.editing.plan_file import PlanFile
from planbook.editing.scalars import Number
from planbook.plan.sections import LEVEL_KEYS
from planbook.plan.value_types import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.editing.nodes import Data


@dataclass(frozen=True, slots=True)
class Extension:
    """A plan file with more years: how many targets hold for them now, and how many are not decided yet."""

    content: bytes
    grown: int
    undecided: int


def extended(content: bytes, last: int, until: int) -> Extension:
    """Return the bytes of a plan file whose years go on after `last`, up to `until`.

    A target for several columns that ends with `last` holds for the new ones too; where there is one for the last
    column alone, nobody knows what comes after it: the new years are 未定. Nothing else of the text changes.

    Raises:
        EditError: the text has a notation in which this can not be done.

    """
    file = PlanFile(content)
    periods = _extend_years(file, last, until)
    grown = undecided = 0
    for path in _targets(file.data, ()):
        targets = file.value(path)
        if not isinstance(targets, dict):
            continue
        key = next((name for name in targets if _ends(name) == last), None)
        if key is None:
            continue
        several = "-" in key and key not in periods
        if several and targets[key] != UNDECIDED:
            file.replace(path, {_until(name, until) if name == key else name: each for name, each in targets.items()})
            grown += 1
        elif targets[key] == UNDECIDED and key not in periods:
            first = key.partition("-")[0]
            file.replace(path, {f"{first}-{until}" if name == key else name: each for name, each in targets.items()})
            undecided += 1
        else:
            file.insert((*path, _span(last + 1, until)), UNDECIDED, after=key)
            undecided += 1
    return Extension(file.content(), grown, undecided)


def _extend_years(file: PlanFile, last: int, until: int) -> frozenset[str]:
    """Let the years and the columns go on; return the column that ends with `last`, if it is one for several years.

    After a column for each year there is one for each new year, after one for several years one for all new ones.
    """
    years = file.value(("years",))
    if isinstance(years, str):  # 2018-2020
        file.replace(("years",), Number(_until(years, until)))
    elif isinstance(years, list):
        _append_years(years, str(last), [str(year) for year in range(last + 1, until + 1)])
    columns = file.value(("columns",)) if isinstance(file.data, dict) and "columns" in file.data else None
    if not isinstance(columns, list):
        return frozenset()
    ending = next((each for each in columns if isinstance(each, str) and _ends(each) == last), None)
    if ending is None:  # words alone, or up to an earlier year
        return frozenset()
    if "-" not in ending:
        _append_years(columns, ending, [str(year) for year in range(last + 1, until + 1)])
        return frozenset()
    _append_years(columns, ending, [_span(last + 1, until)])
    return frozenset({ending})


def _append_years(listed: list[Data], last: str, more: list[str]) -> None:
    """Put some years behind the last one, if it is there."""
    if last in listed:
        place = listed.index(last) + 1
        listed[place:place] = [Number(each) for each in more]


def _targets(data: Data, path: Path) -> Iterator[Path]:
    """Find the targets of all actions: below `policies` or `pillars`, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "targets":
                yield (*path, key)
            elif key in LEVEL_KEYS.values():
                yield from _targets(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _targets(item, (*path, index))


def _ends(name: str) -> int | None:
    """Return the last year of a key of targets, unless it is a word."""
    first, _, end = name.rpartition("-")
    plain = (first + end).isascii() and (first + end).isdigit()
    return int(end) if plain else None


def _until(years: str, until: int) -> str:
    return _span(int(years.partition("-")[0]), until)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
