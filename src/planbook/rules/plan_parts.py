"""The parts of a plan that several rules go through, with their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from planbook.diagnostics.suggestions import fold
from planbook.plan.model import Action, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Figure, Measure, Plan, Policy, Project, YearRange

_NOT_PRINTED = {"id", "relist", "kind", "format", "on"}


_latest: tuple[Plan | None, list[tuple[Path, str]]] = (None, [])
"""The plan that was asked for last, and its texts: several rules read all of them, and a plan never changes."""


class Lines(NamedTuple):
    """The lines of another text that is printed with the plan, each with a path: rules about texts read them, too."""

    texts: tuple[tuple[Path, str], ...]


def texts(plan: Plan | Lines) -> list[tuple[Path, str]]:
    """Return every text that is printed, in document order of each part."""
    global _latest  # noqa: PLW0603 - as said there
    if isinstance(plan, Lines):
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
        for name, part in vars(value).items():
            if part is not None and name not in _NOT_PRINTED:
                _collect(part, (*at, name), found)
    elif isinstance(value, dict):
        for part in value.values():
            _collect(part, path, found)
    elif type(value) is tuple:
        for index, part in enumerate(value):
            _collect(part, (*path, index), found)


def titles(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    """Yield path, level and text of every title of a policy, measure, project and action."""
    for level, part in identified(plan):
        yield (*part.at, "title"), level, part.title


_WORDS = {
    "policy": "基本方針",
    "measure": "施策",
    "project": "事業",
    "action": "取組項目",
    "department": "担当課",
    "goal": "取り組み目標",
    "approaches": "主な取り組み",
}


def word(plan: Plan, name: str) -> str:
    """Return what the plan calls a thing: a level, `department`, `goal` or `approaches`."""
    for labels in (plan.labels.sheets, plan.labels.table):
        if name in labels.model_fields_set:
            return str(getattr(labels, name))
    return _WORDS[name]


def target_path(action: Action, years: YearRange) -> Path:
    """Return the path of one target of an action."""
    key = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    return (*action.at, "targets", key)


def sections(plan: Plan) -> Iterator[Policy | Measure | Project]:
    """Yield every section of a plan, in document order."""
    for policy in plan.policies:
        yield policy
        for measure in policy.measures:
            yield measure
            yield from measure.projects


def identified(plan: Plan) -> Iterator[tuple[str, Policy | Measure | Project | Action]]:
    """Yield everything that has an id and a title, with its level, in document order."""
    for policy in plan.policies:
        yield "policy", policy
        for measure in policy.measures:
            yield "measure", measure
            for project in measure.projects:
                yield "project", project
                for entry in project.actions:
                    if isinstance(entry, Action):
                        yield "action", entry


def copied_from(plan: Plan) -> dict[Path, Literal["top", "inside"]]:
    """Return the paths of the parts that were copied and left as they were.

    A copy has the title of a part before it, and its id or all of its texts; what is the same all through has copies
    inside.
    """
    first: dict[tuple[str, str], Policy | Measure | Project | Action] = {}
    copies: dict[Path, Literal["top", "inside"]] = {}
    whole: list[Path] = []
    for level, part in identified(plan):
        if any(part.at[: len(at)] == at for at in whole):
            copies[part.at] = "inside"
            continue
        earlier = first.setdefault((level, fold(part.title)), part)
        if earlier is part:
            continue
        same = _printed(part) == _printed(earlier)
        if same or part.id == earlier.id:
            copies[part.at] = "top"
        if same:
            whole.append(part.at)
    return copies


def _printed(part: Element) -> list[str]:
    found: list[tuple[Path, str]] = []
    _collect(part, part.at, found)
    return [text for _, text in found]


def department_holders(plan: Plan) -> Iterator[Project | Action]:
    """Yield every project and action of a plan, in document order: whoever departments may answer for."""
    for project in plan.projects():
        yield project
        yield from (entry for entry in project.actions if isinstance(entry, Action))


def successive_figures(action: Action) -> Iterator[tuple[Figure, Figure, Path]]:
    """Yield each figure with the one of the same name before it, and its path."""
    before: dict[tuple[str, str, int], Figure] = {}
    for _, target in sorted(action.targets.items()):
        unnamed = 0
        for figure in target.figures:
            key = (figure.name or "", figure.prefix or "", unnamed if not figure.name else 0)
            unnamed += not figure.name
            if key in before:
                yield before[key], figure, figure.at
            before[key] = figure
