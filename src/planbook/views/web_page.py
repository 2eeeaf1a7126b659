"""The web page as a whole: what stands on it, in which order, and how a reader moves through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.eras import month
from planbook.views.contents import Part, contents, listed_parts
from planbook.views.cover import title_phrases
from planbook.views.indicators import indicators_table
from planbook.views.numbering import bracketed
from planbook.views.selection import WHOLE
from planbook.views.sheets import sample_sheet
from planbook.views.system_table import system_table, whole_page
from planbook.views.web_figures import web_figures
from planbook.views.web_filter import page_filter
from planbook.views.web_index import department_projects
from planbook.views.web_sheets import web_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planbook.plan.model import Plan
    from planbook.views.contents import ContentsEntry
    from planbook.views.indicators import IndicatorsTable
    from planbook.views.selection import Selection
    from planbook.views.sheets import SampleSheet
    from planbook.views.system_table import Page
    from planbook.views.web_figures import WebFigures
    from planbook.views.web_filter import Filter
    from planbook.views.web_index import DepartmentProjects
    from planbook.views.web_sheets import WebSheets

# From so many years on, the years of a row stand below each other or in a grid, not in columns.
_MOST_COLUMNS = 5
# With so many sheets a browser takes more than half a second to lay out all sheets at once (Chromium, 2026).
_LARGE = 200

_SHEETS_AND_SAMPLE = 2


@dataclass(frozen=True, slots=True)
class WebPage:
    """A web page.

    A part that its document does not have is None or empty.
    `chapters` are HTML by their anchors. The title's lines may break between its phrases.
    `many_years`: too many for columns. `large`: too many sheets to lay out those that nobody looks at.
    """

    document_title: str
    title: str
    title_phrases: tuple[str, ...]
    stage: str
    municipality: str
    date: str
    parts: tuple[Part, ...]
    navigation: tuple[ContentsEntry, ...]
    filter: Filter
    table: Page | None
    sample: SampleSheet | None
    chapters: Mapping[str, str]
    sheets: WebSheets | None
    indicators: IndicatorsTable | None
    figures: WebFigures | None
    departments: tuple[DepartmentProjects, ...]
    many_years: bool
    large: bool


def web_page(plan: Plan, chosen: Collection[str], selection: Selection = WHOLE) -> WebPage:
    """Return the page with the chosen parts, in their order; what only leads to the sheets stands beside these."""
    with_sheets = "sheets" in chosen
    table = whole_page(system_table(plan, links=with_sheets, selection=selection)) if "system-table" in chosen else None
    sample = sample_sheet(plan, links=with_sheets) if "sample-sheet" in chosen and selection == WHOLE else None
    indicators = indicators_table(plan, None, selection) if "indicators" in chosen and with_sheets else None
    figures = web_figures(plan, selection) if "figures" in chosen and with_sheets else None
    departments = department_projects(plan, selection) if "index" in chosen and with_sheets else ()
    present: dict[str, object] = {
        "system-table": table,
        "sample-sheet": sample,
        "sheets": with_sheets,
        "indicators": indicators,
        "figures": figures,
        "index": departments,
    }
    chapters = plan.chapters if selection == WHOLE else {}
    present |= chapters
    parts = tuple(part for name, part in listed_parts(plan, chosen).items() if present.get(name))
    marks = (mark for mark in (plan.stage, selection.title(plan)) if mark)
    stage = "".join(map(bracketed, marks))
    title = plan.title + stage
    return WebPage(
        document_title=title if len(parts) > _SHEETS_AND_SAMPLE or not parts else f"{parts[-1].title}｜{title}",
        title=plan.title,
        title_phrases=title_phrases(plan),
        stage=stage,
        municipality=plan.municipality,
        date=month(plan.date),
        parts=parts,
        navigation=contents(plan, parts, None, selection).entries,
        filter=page_filter(plan, sheets=with_sheets, selection=selection),
        table=table,
        sample=sample,
        chapters={chapter.anchor: chapter.html for chapter in chapters.values()},
        sheets=web_sheets(plan, selection) if with_sheets else None,
        indicators=indicators,
        figures=figures,
        departments=departments,
        many_years=len(plan.columns_in_use) > _MOST_COLUMNS,
        large=sum(1 for _ in plan.lowest_sections()) > _LARGE,
    )
