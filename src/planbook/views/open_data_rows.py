"""The rows of open data, as texts by column: actions, targets, figures and indicators of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.plan.model import Action, key_text
from planbook.plan.value_types import NumberRange
from planbook.views.indicators import indicators_of
from planbook.views.numbering import full_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan, Section, YearRange

DataRow = dict[str, str]

_SEPARATOR = "、"
"""Between marks, and between departments."""


def _levels(plan: Plan, section: Section) -> DataRow:
    places = (*plan.ancestors(section), section)
    row: DataRow = {}
    for each in places:
        row |= {f"{each.level}_id": each.id, each.level: each.title}
    return row | {"number": full_numbers(plan)[section.id]}


def actions(plan: Plan) -> Iterator[DataRow]:
    """Yield the rows of the actions, relistings too, each where it stands."""
    for section in plan.lowest_sections():
        for entry in section.actions:
            action = plan.original(entry)
            own = isinstance(entry, Action)
            yield _levels(plan, section) | {
                "id": action.id if own else "",
                "relists": "" if own else action.id,
                "title": action.title,
                "marks": _SEPARATOR.join(action.marks),
                "content": action.content or "",
                "departments": _SEPARATOR.join(plan.departments_of(action)),
            }


def _column(years: YearRange | None, key: str) -> DataRow:
    if years is None:
        return {"column": key}
    return {"column": key, "year_from": str(years.first), "year_to": str(years.last)}


def targets(plan: Plan) -> Iterator[DataRow]:
    """Yield the rows of the targets, one for each column."""
    for section, action in plan.originals.values():
        for column in plan.columns_in_use:
            target = action.target(column)
            status = "undecided" if target.undecided else "not-applicable" if target.not_applicable else "set"
            about = {
                "action_id": action.id,
                "section": section.title,
                "action": action.title,
                "text": target.text or "",
                "status": status,
            }
            yield about | _column(column.years, column.key)


def figures(plan: Plan) -> Iterator[DataRow]:
    """Yield the rows of the figures of targets."""
    for _, action in plan.originals.values():
        for column in plan.columns_in_use:
            for position, figure in enumerate(action.target(column).figures, 1):
                about = {
                    "action_id": action.id,
                    "action": action.title,
                    "position": str(position),
                    "name": figure.name or "",
                    "prefix": figure.prefix or "",
                    "unit": figure.unit or "",
                    "bound": figure.bound or "",
                    "note": figure.note or "",
                }
                yield about | _column(column.years, column.key) | _values(figure.value)


def _values(value: object) -> DataRow:
    if isinstance(value, NumberRange):
        return {"value_from": str(value.low), "value_to": str(value.high)}
    if isinstance(value, str):
        return {"state": value}
    return {"value_from": str(value), "value_to": str(value)}


def indicators(plan: Plan) -> Iterator[DataRow]:
    """Yield the rows of the indicators, one for each value."""
    for section, position, indicator in indicators_of(plan):
        for key, value in indicator.values.items():
            years = None if isinstance(key, str) else key
            about = {
                "section_id": section.id if section else "",
                "section": section.title if section else "",
                "position": str(position + 1),
                "name": indicator.name,
                "unit": indicator.unit or "",
                "kind": "baseline" if years and years.last < plan.years[0] else "objective",
                "bound": indicator.bound or "",
                "better": indicator.better,
                "source": indicator.source or "",
                "note": indicator.note or "",
            }
            yield about | _column(years, key_text(key)) | _values(value)
