"""目次: the parts of the book; under the sheets their policies, measures and, in a small book, projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbering import measure_number, policy_number
from planbook.views.references import Reference, reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.model import Plan, Policy

ANCHOR = "part:contents"

# With so many entries projects still find room on two pages; beyond, measures alone give the better overview.
_MOST_ENTRIES_WITH_PROJECTS = 72


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: where it begins, its title, and whether the policies stand in it (they do in the sheets)."""

    anchor: str
    title: str
    policies: bool = False


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents and the lines below it. `mark` is (1) or ①, or "" where there is none."""

    mark: str
    title: str
    to: Reference
    entries: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents as a tree."""

    anchor: str
    title: str
    page_label: str
    entries: tuple[ContentsEntry, ...]


def contents(plan: Plan, parts: Sequence[Part], pages: Mapping[str, str] | None) -> Contents:
    """List the parts, in order; `pages` has the page label of every anchor in the book, or is None for the web."""
    measures = list(plan.measures())
    projects = sum(len(measure.projects) for measure in measures)
    deep = len(parts) + len(plan.policies) + len(measures) + projects <= _MOST_ENTRIES_WITH_PROJECTS
    entries = tuple(
        ContentsEntry("", part.title, reference(part.anchor, pages), _policies(plan, pages, deep=deep))
        if part.policies
        else ContentsEntry("", part.title, reference(part.anchor, pages))
        for part in parts
    )
    return Contents(ANCHOR, plan.labels.book.contents, plan.labels.book.page, entries)


def _policies(plan: Plan, pages: Mapping[str, str] | None, *, deep: bool) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(
            policy_number(number), policy.title, reference(policy.id, pages), _measures(policy, pages, deep=deep)
        )
        for number, policy in enumerate(plan.policies, 1)
    )


def _measures(policy: Policy, pages: Mapping[str, str] | None, *, deep: bool) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(
            measure_number(number),
            measure.title,
            reference(measure.id, pages),
            tuple(
                ContentsEntry("", project.title, reference(project.id, pages)) for project in measure.projects if deep
            ),
        )
        for number, measure in enumerate(policy.measures, 1)
    )
