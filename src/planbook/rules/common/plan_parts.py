"""The parts of a plan that several rules go through, with their paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action, Element, NumberRange, YearRange, key_text
from planbook.plan.year_hints import years_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Column, ColumnKey, Figure, Indicator, Level, Plan, Section, Target, Word

_NOT_PRINTED = {"check", "id", "relist", "kind", "format", "on", "better", "restart", "repeated"}


_latest: tuple[Plan | None, list[tuple[Path, str]]] = (None, [])
"""The plan that was asked for last, and its texts: several rules read all of them, and a plan never changes."""

_Copies = dict["Path", Literal["top", "inside"]]

_latest_copies: tuple[Plan | None, _Copies] = (None, {})
"""The same of what was copied."""


WANTED_LESS = re.compile(
    "削減|減少|低減|縮減|縮小|軽減|減ら|減量|抑制|解消|短縮|ゼロ|撲滅|防止|予防|廃止|統合|集約|移行|未満|以下|"
    "待機|滞納|未納|事故|火災|犯罪|苦情|排出|不足|空き家|死亡|自殺|自死|離職|放置|違反|被害|依存|誤"
)
"""Words of what a plan wants less of."""

_MAJORITY = 0.75
_MIN_SAMPLE = 4


class ChapterLines(NamedTuple):
    """The lines of another text that is printed with the plan, each with a path: rules about texts read them, too."""

    texts: tuple[tuple[Path, str], ...]


def texts(plan: Plan | ChapterLines) -> list[tuple[Path, str]]:
    """Return every text that is printed, in document order of each part."""
    global _latest  # noqa: PLW0603 - a cache of one plan
    if isinstance(plan, ChapterLines):
        return list(plan.texts)
    if _latest[0] is not plan:
        found: list[tuple[Path, str]] = []
        _collect(plan, plan.at, found)
        _latest = plan, found
    return _latest[1]


def _collect(value: object, path: Path, found: list[tuple[Path, str]]) -> None:
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, Element):
        at = value.at
        given = value.model_fields_set  # what the format itself prints is not the planner's
        for name, part in vars(value).items():
            if name in given and part is not None and name not in _NOT_PRINTED:
                _collect(part, (*at, name), found)
    elif isinstance(value, dict):
        for key, part in value.items():
            if isinstance(key, str):
                found.append(((*path, key), key))
            _collect(part, (*path, key_text(key)), found)
    elif type(value) is tuple:
        for index, part in enumerate(value):
            _collect(part, (*path, index), found)


def titles(plan: Plan) -> Iterator[tuple[Path, Level | Literal["action"], str]]:
    """Yield path, level and text of every title of a section and action."""
    for level, part in identified(plan):
        yield (*part.at, "title"), level, part.title


def word(plan: Plan, name: Word) -> str:
    """Return what the plan calls a thing: a level, `department`, `goal` or `approaches`."""
    return plan.word(name)


def target_path(action: Action, key: ColumnKey) -> Path:
    """Return the path of one target of an action."""
    return (*action.at, "targets", key_text(key))


def indicators(plan: Plan) -> Iterator[Indicator]:
    """Yield every indicator, of the plan and of its sections, in document order."""
    yield from plan.indicators
    for section in plan.sections():
        yield from section.indicators


def identified(plan: Plan) -> Iterator[tuple[Level | Literal["action"], Section | Action]]:
    """Yield everything that has an id and a title, with its level, in document order."""
    for section in plan.sections():
        yield section.level, section
        for entry in section.actions:
            if isinstance(entry, Action):
                yield "action", entry


def copied_from(plan: Plan) -> _Copies:
    """Return the paths of the parts that were copied and left as they were.

    A copy has the title of a part before it, and its id or all of its texts; what is the same all through has copies
    inside.
    """
    global _latest_copies  # noqa: PLW0603 - a cache of one plan
    if _latest_copies[0] is not plan:
        _latest_copies = plan, _copied_from(plan)
    return _latest_copies[1]


def _copied_from(plan: Plan) -> _Copies:
    first: dict[tuple[str, str], Section | Action] = {}
    printed: dict[Path, list[str]] = {}
    copies: _Copies = {}
    whole: set[Path] = set()
    for level, part in identified(plan):
        at = part.at
        if any(at[:length] in whole for length in range(len(at))):
            copies[at] = "inside"
            continue
        earlier = first.setdefault((level, fold(part.title)), part)
        if earlier is part:
            continue
        if earlier.at not in printed:
            printed[earlier.at] = _printed(earlier)
        same = _printed(part) == printed[earlier.at]
        if same or part.id == earlier.id:
            copies[at] = "top"
        if same:
            whole.add(at)
    return copies


def _printed(part: Element) -> list[str]:
    found: list[tuple[Path, str]] = []
    _collect(part, part.at, found)
    return [text for _, text in found]


def department_holders(plan: Plan) -> Iterator[Section | Action]:
    """Yield every section and action of a plan, in document order: whoever departments may answer for."""
    return (part for _, part in identified(plan))


def successive_figures(action: Action) -> Iterator[tuple[Figure, Figure, Path]]:
    """Yield each figure with the one of the same name before it, and its path. Words are columns without an order."""
    before: dict[tuple[str, str, int], Figure] = {}
    for _, target in sorted(_of_years(action), key=lambda each: each[0]):
        unnamed = 0
        for figure in target.figures:
            key = (figure.name or "", figure.prefix or "", unnamed if not figure.name else 0)
            unnamed += not figure.name
            if key in before:
                yield before[key], figure, figure.at
            before[key] = figure


def _of_years(action: Action) -> Iterator[tuple[YearRange, Target]]:
    return ((key, target) for key, target in action.targets.items() if isinstance(key, YearRange))


def years_meant(column: Column) -> str:
    """Return the year or period that the word of a column is: 2024 of 令和6年度, 2024-2026 of 2026-2024."""
    if column.years:
        return ""
    if ends := re.fullmatch("([0-9]{4})-([0-9]{4})", column.key):
        return f"{ends[2]}-{ends[1]}"
    years = years_in(column.key)
    return "-".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""


def most(having: int, among: int) -> bool:
    """Whether so many parts have something that one without has probably lost it: most of them, and not just a few."""
    return among >= _MIN_SAMPLE and having < among and having >= _MAJORITY * among


def lowest(value: Decimal | NumberRange) -> Decimal:
    """Return the number that a value is compared by: that of a range is its lower end."""
    return value.low if isinstance(value, NumberRange) else value
