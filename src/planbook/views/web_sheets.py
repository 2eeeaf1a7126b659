"""The sheets as the web page has them: below the headings of all sections that they are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.numbered import numbered_sections
from planbook.views.selection import WHOLE
from planbook.views.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.plan.model import Level, Plan
    from planbook.views.numbered import NumberedSection
    from planbook.views.selection import Selection
    from planbook.views.sheets import Heading, SectionSheets


@dataclass(frozen=True, slots=True)
class WebSection:
    """A section above sheets: either further sections are below it, or `group`, its sheets."""

    level: Level
    heading: Heading
    sections: tuple[WebSection, ...]
    group: SectionSheets | None


@dataclass(frozen=True, slots=True)
class WebSheets:
    """All sheets: below `sections`, or, where the highest sections have the sheets, in one `group`."""

    sections: tuple[WebSection, ...]
    group: SectionSheets | None


def web_sheets(plan: Plan, selection: Selection = WHOLE) -> WebSheets:
    """Return the sheets in document order, below all their sections."""
    top = numbered_sections(plan, selection)
    groups = {sheet.anchor: group for group in sheets(plan, selection) for sheet in group.sheets}
    return WebSheets(_sections(top, groups), groups[top[0].id] if top and top[0].lowest else None)


def _sections(places: Sequence[NumberedSection], groups: dict[str, SectionSheets]) -> tuple[WebSection, ...]:
    found = []
    for place in places:
        if not place.lowest:
            first = place
            while not first.lowest:
                first = first.children[0]
            # The first sheet below it says what all sections above it are called.
            heading = groups[first.id].headings[len(place.above)]
            group = groups[first.id] if place.children[0].lowest else None
            found.append(WebSection(place.level, heading, _sections(place.children, groups), group))
    return tuple(found)
