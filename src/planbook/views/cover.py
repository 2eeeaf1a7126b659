"""The cover: what a reader sees first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.era_labels import fiscal_years, month
from planbook.typography.phrases import balanced, phrases, width
from planbook.views.numbering import bracketed
from planbook.views.selection import WHOLE

if TYPE_CHECKING:
    from planbook.plan.model import Plan
    from planbook.views.selection import Selection

# In em of the type that base size and cover CSS give them: what fits between the margins of A4 portrait.
_TITLE_MEASURE = 13.0
_LONG_TITLE_MEASURE = 19.0
_VISION_MEASURE = 28.0
_MAX_LINES = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines of the cover, broken between phrases. `stage`, （案） or nothing, ends the last line of the title.

    `picture` are the data of a picture, `description` what it shows.
    """

    title: tuple[str, ...]
    long_title: bool
    stage: str
    vision: tuple[str, ...]
    part: str | None
    date: str
    municipality: str
    subtitle: str = ""
    period: str = ""
    picture: str = ""
    description: str = ""


def cover(plan: Plan, selection: Selection = WHOLE) -> Cover:
    """Make the cover; that of a part says which part it is."""
    own = plan.book.cover
    stage = bracketed(plan.stage) if plan.stage else ""
    *pieces, last = title_phrases(plan)
    pieces.append(last + stage)
    title = balanced(pieces, _TITLE_MEASURE)
    long_title = len(title) > _MAX_LINES or max(map(width, title)) > _TITLE_MEASURE
    if long_title:
        title = balanced(pieces, _LONG_TITLE_MEASURE)
    return Cover(
        title=(*title[:-1], title[-1].removesuffix(stage)),
        long_title=long_title,
        stage=stage,
        vision=balanced(plan.vision, _VISION_MEASURE),
        part=selection.title(plan),
        date=month(plan.date),
        municipality=plan.municipality,
        subtitle=(own and own.subtitle) or "",
        period=period(plan),
        picture=plan.cover_picture if selection == WHOLE else "",
        description=(own and own.description) or "",
    )


def period(plan: Plan) -> str:
    """Return the fiscal years of the plan as a reader is told them: 計画期間　平成30年度～平成32年度."""
    years = fiscal_years(plan)
    return f"計画期間　{years[0].label}" + (f"～{years[-1].label}" if len(years) > 1 else "")


def title_phrases(plan: Plan) -> tuple[str, ...]:
    """Return the phrases of the title: as typed, or found; the name of the municipality is one."""
    if plan.title.phrases:
        return plan.title.phrases
    before, name, after = plan.title.partition(plan.municipality)
    return tuple(phrase for text in (phrases(before), (name,), phrases(after)) for phrase in text if phrase)
