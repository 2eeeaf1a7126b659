"""A plan → its parts as records: each with its id, its place and its own fields, and nothing of what is below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planbook.comparison.plain_values import Branch, fields, key_text, plain
from planbook.plan import stand_ins
from planbook.plan.model import Action, Element, Relisting
from planbook.plan.value_types import MAX_YEARS, read_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Target

TOP = ""
"""The key of the plan itself."""

RELISTING = "relisting"
_OF_ALL = ("title", "vision")
"""Lists of phrases: what they say is the text that they make."""


@dataclass(slots=True)
class Record:
    """A section, an action, a relisting, or the plan itself.

    `key` is its id, but for relistings, which have none: that of their section and their original. `level` is what it
    is: plan, pillar, policy, measure, project, action, relisting. `unread` are those of its fields that can not be
    read, `gaps` says that of what is below it something can not.
    """

    key: str
    id: str
    level: str
    parent: str
    element: Element
    fields: Branch
    unread: frozenset[str] = frozenset()
    gaps: bool = False
    children: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its title; "" of a relisting."""
        return str(getattr(self.element, "title", ""))


Records = dict[str, Record]
"""The records of a plan by key, in document order."""


def records(plan: Plan, damaged: frozenset[Path] = frozenset(), chapters: Mapping[str, str] | None = None) -> Records:
    """Return the parts of a plan; `damaged` are the paths in its file that could not be read.

    `chapters` are the texts of its chapters by their paths.
    """
    found: Records = {}
    _add(plan, TOP, "plan", "", columns(plan), damaged, found)
    if chapters:
        found[TOP].fields["chapters"] = Branch(chapters, named=True)
    return found


def columns(plan: Plan) -> tuple[str, ...]:
    """Return what the plan has targets for: years, periods, words, as they are typed."""
    declared = getattr(plan, "columns", None)
    return tuple(map(key_text, declared)) if declared else tuple(map(str, plan.years))


def _add(  # noqa: PLR0913, PLR0917 - what there is to know of a part
    element: Element,
    id_: str,
    level: str,
    parent: str,
    in_use: tuple[str, ...],
    damaged: frozenset[Path],
    found: Records,
) -> str:
    key = _free_key(f"{parent}/{id_}" if level == RELISTING else id_, found)
    below = dict(_below(element))
    own = fields(element, ("id", "relist", "format", "targets", *below))
    if isinstance(element, Action) and element.targets:
        by_column = {name: plain(target) for name, target in targets(element, in_use).items()}
        own["targets"] = Branch(by_column, named=True)
    for name in _OF_ALL:
        if isinstance(own.get(name), tuple):
            own[name] = "".join(own[name])
    record = Record(key, id_, level, parent, element, own)
    record.unread, record.gaps = _damage(element, set(below), damaged)
    found[key] = record
    for children in below.values():
        for child in children:
            child_id = child.relist if isinstance(child, Relisting) else str(getattr(child, "id", ""))
            if stand_ins.mentions(child_id):
                record.gaps = True
                continue
            record.children.append(_add(child, child_id, _level(child), key, in_use, damaged, found))
    return key


def _free_key(key: str, found: Records) -> str:
    """Return a key that is not taken: of equal ids, which a plan with errors may have, the first has the id."""
    while key in found:
        key += "#"
    return key


def _level(element: Element) -> str:
    return type(element).__name__.lower()


def _below(element: Element) -> Iterator[tuple[str, tuple[Element, ...]]]:
    """Yield the parts directly below an element that are records of their own, by the key that they stand under."""
    for name in type(element).model_fields:
        value = getattr(element, name)
        if isinstance(value, tuple) and value and all(_is_part(item) for item in value):
            yield name, value


def _is_part(value: object) -> bool:
    return isinstance(value, Element) and (hasattr(value, "id") or isinstance(value, Relisting))


def targets(action: Action, in_use: tuple[str, ...]) -> Mapping[str, Target]:
    """Return the targets of an action by single columns: a range of years is one target for each column inside it."""
    found: dict[str, Target] = {}
    for key, target in action.targets.items():
        for column in _inside(key, in_use):
            found.setdefault(column, target)
    return {column: found[column] for column in (*in_use, *found) if column in found}


def _inside(key: object, in_use: tuple[str, ...]) -> list[str]:
    if not isinstance(key, tuple):
        return [key_text(key)]
    first, last = key
    if last - first > MAX_YEARS:
        return [key_text(key)]
    spans = {column: years for column in in_use if (years := read_years(column))}
    inside = [column for column, years in spans.items() if first <= years.first and years.last <= last]
    # Years that the plan does not have are an error that `check` reports; what stands there is compared all the same.
    known = {year for column in inside for year in range(spans[column].first, spans[column].last + 1)}
    outside = (
        [str(year) for year in range(first, last + 1) if year not in known] if len(inside) < last - first + 1 else []
    )
    periods = any(len(column) > len("2018") for column in inside)
    return inside if periods else [*inside, *outside]


def _damage(element: Element, below: set[str], damaged: frozenset[Path]) -> tuple[frozenset[str], bool]:
    if not damaged:
        return frozenset(), False
    at = element.at
    inside = [path[len(at) :] for path in damaged if path[: len(at)] == at and len(path) > len(at)]
    unread = frozenset(str(path[0]) for path in inside if path[0] not in below)
    gaps = any(path[0] in below and len(path) <= len(("actions", 0)) for path in inside)
    return unread, gaps
