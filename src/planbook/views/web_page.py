"""The web page as a whole: what stands on it, in which order, and how a reader moves through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.era_labels import fiscal_year, month
from planbook.views.contents import Part, contents, listed_parts
from planbook.views.cover import period, title_phrases
from planbook.views.marks import legend
from planbook.views.numbering import bracketed
from planbook.views.sample_sheet import sample_sheet
from planbook.views.selection import WHOLE
from planbook.views.system_table import system_table
from planbook.views.system_table_pages import section_pages, whole_page
from planbook.views.web_data import web_data
from planbook.views.web_figures import web_figures, web_indicators
from planbook.views.web_filter import page_filter
from planbook.views.web_index import department_projects
from planbook.views.web_overview import overview
from planbook.views.web_sheets import sample_as_web_sheets, web_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planbook.plan.model import Plan
    from planbook.views.contents import ContentsEntry
    from planbook.views.marks import LegendEntry
    from planbook.views.selection import Selection
    from planbook.views.sheet_records import SampleSheet
    from planbook.views.system_table_pages import TablePage
    from planbook.views.web_data import WebData
    from planbook.views.web_figures import WebFigures, WebIndicators
    from planbook.views.web_filter import Filter
    from planbook.views.web_index import DepartmentProjects
    from planbook.views.web_overview import Overview
    from planbook.views.web_sheets import WebSheets

# From so many years on, the years of a row stand below each other or in a grid, not in columns.
_MAX_COLUMNS = 5
# With so many sheets a browser takes more than half a second to lay out all sheets at once (Chromium, 2026).
_LARGE = 200

_SHEETS_AND_SAMPLE = 2


@dataclass(frozen=True, slots=True)
class WebPage:
    """A web page.

    A part that its document does not have is None or empty. `chapters` are HTML by their anchors. The title's lines may
    break between its phrases.
    `description` is for search engines and messengers, `pdf` the file with the same document beside the page, "" where
    there is none.
    `tables` is the system table in one piece, or in a large plan in one for each section of the highest level.
    `many_years`: too many for columns. `large`: too many sheets to lay out those that nobody looks at.
    """

    document_title: str
    description: str
    title: str
    title_phrases: tuple[str, ...]
    stage: str
    municipality: str
    date: str
    period: str
    pdf: str
    parts: tuple[Part, ...]
    navigation: tuple[ContentsEntry, ...]
    filter: Filter
    data: WebData
    overview: Overview | None
    tables: tuple[TablePage, ...]
    sample: SampleSheet | None
    sample_sheets: WebSheets | None
    chapters: Mapping[str, str]
    sheets: WebSheets | None
    legend: tuple[LegendEntry, ...]
    indicators: WebIndicators | None
    figures: WebFigures | None
    departments: tuple[DepartmentProjects, ...]
    many_years: bool
    large: bool


def web_page(plan: Plan, chosen: Collection[str], pdf: str, selection: Selection = WHOLE) -> WebPage:
    """Return the page with the chosen parts, in their order; what only leads to the sheets stands beside these."""
    with_sheets = "sheets" in chosen
    large = sum(1 for _ in plan.lowest_sections()) > _LARGE
    tables = _tables(plan, selection, links=with_sheets, large=large) if "system-table" in chosen else ()
    sample = sample_sheet(plan, links=with_sheets) if "sample-sheet" in chosen and selection == WHOLE else None
    indicators = web_indicators(plan, selection) if "indicators" in chosen and with_sheets else None
    figures = web_figures(plan, selection) if "figures" in chosen and with_sheets else None
    departments = department_projects(plan, selection) if "index" in chosen and with_sheets else ()
    # Thousands of links to the index would let a large page open later by a twelfth.
    listed = () if large else tuple(each.name for each in departments)
    chapters = plan.chapters if selection == WHOLE else {}
    present: dict[str, object] = {
        **chapters,
        "system-table": tables,
        "sample-sheet": sample,
        "sheets": with_sheets,
        "indicators": indicators,
        "figures": figures,
        "index": departments,
    }
    parts = tuple(part for name, part in listed_parts(plan, chosen).items() if present.get(name))
    stage = "".join(bracketed(mark) for mark in (plan.stage, selection.title(plan)) if mark)
    title = plan.title + stage
    choices = page_filter(plan, sheets=with_sheets, selection=selection)
    return WebPage(
        document_title=title if len(parts) > _SHEETS_AND_SAMPLE or not parts else f"{parts[-1].title}｜{title}",
        description=_description(plan, selection),
        title=plan.title,
        title_phrases=title_phrases(plan),
        stage=stage,
        municipality=plan.municipality,
        date=month(plan.date),
        period=period(plan),
        pdf=pdf,
        parts=parts,
        navigation=contents(plan, parts, None, selection).entries,
        filter=choices,
        data=web_data(plan, choices.anchors, selection),
        overview=overview(plan, selection) if with_sheets and tables else None,
        tables=tables,
        sample=sample,
        sample_sheets=sample_as_web_sheets(plan, sample.sheets) if sample else None,
        chapters={chapter.anchor: chapter.html for chapter in chapters.values()},
        sheets=web_sheets(plan, selection, listed) if with_sheets else None,
        legend=legend(plan),
        indicators=indicators,
        figures=figures,
        departments=departments,
        many_years=len(plan.columns_in_use) > _MAX_COLUMNS,
        large=large,
    )


def _tables(plan: Plan, selection: Selection, *, links: bool, large: bool) -> tuple[TablePage, ...]:
    table = system_table(plan, links=links, selection=selection)
    # In one piece a browser lays out all of it whenever a row is hidden: Firefox in a minute with 3,500 rows.
    return section_pages(table) if large else (whole_page(table),)


def _description(plan: Plan, selection: Selection) -> str:
    """Say in a sentence what the page is: what search engines and messengers show of it."""
    labels = plan.labels.sheets
    first, last = min(plan.years), max(plan.years)
    years = (
        str(fiscal_year(first, plan.date))
        if first == last
        else f"{fiscal_year(first, plan.date)}～{fiscal_year(last, plan.date)}"
    )
    part = selection.title(plan)
    top = plan.levels[0]
    return (
        f"{plan.municipality}「{plan.title}」{bracketed(part) if part else ''}。計画期間は{years}。"
        f"{getattr(labels, top)}{len(plan.top)}、{labels.action}{len(plan.originals)}を、"
        f"{f'{labels.department}・' if plan.departments else ''}年度・ことばで探せます。"
    )
