"""The parts of a plan that several rules go through, with their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.plan.model import Action, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Figure, Plan, Project, YearRange

_NOT_PRINTED = {"id", "relist", "kind", "format", "on"}


_latest: tuple[Plan | None, list[tuple[Path, str]]] = (None, [])
"""The plan that was asked for last, and its texts: several rules read all of them, and a plan never changes."""


def texts(plan: Plan) -> list[tuple[Path, str]]:
    """Return every text that is printed, in document order of each part."""
    global _latest  # noqa: PLW0603 - as said there
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
    """Yield path, kind and text of every title of a policy, measure, project and action."""
    for policy in plan.policies:
        yield (*policy.at, "title"), "基本方針", policy.title
        for measure in policy.measures:
            yield (*measure.at, "title"), "施策", measure.title
            for project in measure.projects:
                yield (*project.at, "title"), "事業", project.title
                for entry in project.actions:
                    if isinstance(entry, Action):
                        yield (*entry.at, "title"), "取組項目", entry.title


def target_path(action: Action, years: YearRange) -> Path:
    """Return the path of one target of an action."""
    key = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    return (*action.at, "targets", key)


def department_holders(plan: Plan) -> Iterator[Project | Action]:
    """Yield every project and action of a plan, in document order: whoever departments may answer for."""
    for project in plan.projects():
        yield project
        yield from (entry for entry in project.actions if isinstance(entry, Action))


def successive_figures(action: Action) -> Iterator[tuple[Figure, Figure, Path]]:
    """Yield each figure with the one of the same name before it, and its path."""
    before: dict[tuple[str, str, int], Figure] = {}
    for years, target in sorted(action.targets.items()):
        unnamed = 0
        for index, figure in enumerate(target.figures):
            key = (figure.name or "", figure.prefix or "", unnamed if not figure.name else 0)
            unnamed += not figure.name
            if key in before:
                yield before[key], figure, (*target_path(action, years), "figures", index)
            before[key] = figure
