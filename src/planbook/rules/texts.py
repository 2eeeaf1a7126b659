"""All printed texts of a plan, with their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.model import Action, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.document import Path
    from planbook.model import Plan, YearRange

_NOT_PRINTED = {"id", "relist", "kind", "format", "on"}


def texts(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Yield every text that is printed, in document order of each part."""
    yield from _of_element(plan)


def _of_element(element: Element) -> Iterator[tuple[Path, str]]:
    for name, value in element:
        if name not in _NOT_PRINTED:
            yield from _of_value((*element.at, name), value)


def _of_value(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Element):
        yield from _of_element(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _of_element(part)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _of_value((*path, index), part)


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
