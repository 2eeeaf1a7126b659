"""The web page as a whole: what stands on it, in which order, and how a reader moves through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views import department_index, figures_table
from planbook.views.contents import Part, contents
from planbook.views.cover import title_phrases
from planbook.views.eras import month
from planbook.views.numbering import bracketed
from planbook.views.sheets import ANCHOR as SHEETS
from planbook.views.sheets import SAMPLE_ANCHOR, sample_sheet
from planbook.views.system_table import ANCHOR as TABLE
from planbook.views.system_table import system_table, whole_page
from planbook.views.web_figures import web_figures
from planbook.views.web_filter import page_filter
from planbook.views.web_index import department_projects
from planbook.views.web_sheets import policy_sheets

if TYPE_CHECKING:
    from planbook.model import Plan
    from planbook.views.contents import ContentsEntry
    from planbook.views.sheets import SampleSheet
    from planbook.views.system_table import Page
    from planbook.views.web_figures import WebFigures
    from planbook.views.web_filter import Filter
    from planbook.views.web_index import DepartmentProjects
    from planbook.views.web_sheets import PolicySheets

# From so many years on, the years of a row stand below each other or in a grid, not in columns.
_MOST_COLUMNS = 5
# With so many projects a browser takes more than half a second to lay out all sheets at once (Chromium, 2026).
_LARGE = 200


@dataclass(frozen=True, slots=True)
class WebPage:
    """A web page.

    A part that its document does not have is None or empty. The title's lines may break between its phrases.
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
    policies: tuple[PolicySheets, ...]
    figures: WebFigures | None
    departments: tuple[DepartmentProjects, ...]
    many_years: bool
    large: bool


def web_page(plan: Plan, *, with_table: bool, with_sheets: bool) -> WebPage:
    """Return the page of the whole plan, or of its system table or its sheets alone."""
    whole = with_table and with_sheets
    sample = sample_sheet(plan) if with_sheets else None
    figures = web_figures(plan) if whole else None
    labels = plan.labels
    parts = (
        *([Part(TABLE, _by_itself(labels.table.title))] if with_table else []),
        *([Part(SAMPLE_ANCHOR, labels.sheets.example)] if sample else []),
        *([Part(SHEETS, labels.book.sheets, policies=True)] if with_sheets else []),
        *([Part(figures_table.ANCHOR, labels.book.figures)] if figures else []),
        *([Part(department_index.ANCHOR, labels.book.departments)] if whole else []),
    )
    stage = bracketed(plan.stage) if plan.stage else ""
    title = plan.title + stage
    return WebPage(
        document_title=title if whole else f"{parts[-1].title}｜{title}",
        title=plan.title,
        title_phrases=title_phrases(plan),
        stage=stage,
        municipality=plan.municipality,
        date=month(plan.date),
        parts=parts,
        navigation=contents(plan, parts, None).entries,
        filter=page_filter(plan, sheets=with_sheets),
        table=whole_page(system_table(plan, links=with_sheets)) if with_table else None,
        sample=sample,
        policies=policy_sheets(plan) if with_sheets else (),
        figures=figures,
        departments=department_projects(plan) if whole else (),
        many_years=len(plan.years) > _MOST_COLUMNS,
        large=len(list(plan.projects())) > _LARGE,
    )


def _by_itself(words: str) -> str:
    """Return what follows the plan's title where it stands alone: 事業の体系, and of の施策体系 施策体系."""
    return words.removeprefix("の")
