"""Comparison table → PDF or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from planbook.html.web_page import content_security_policy
from planbook.project.paths import HOUSE_STYLE
from planbook.views.running_heads import Stamp, stamps_of

if TYPE_CHECKING:
    import datetime as dt

    from planbook.comparison.table import ComparisonTable
    from planbook.html.templates import Templates

_STYLESHEETS = ("css/base.css", "css/comparison.css", HOUSE_STYLE)
_PRINTED = ("css/base.css", "css/book.css", "css/comparison.css", HOUSE_STYLE)


def html(table: ComparisonTable, templates: Templates) -> str:
    """Return the table as a page that needs nothing but itself.

    Raises:
        TemplateError: a template of the plan's own can not be used.

    """
    style = templates.read_all(_STYLESHEETS)
    return templates.render(
        "web/comparison.html.j2",
        table=table,
        style=Markup(style),  # noqa: S704 - templates are trusted, and CSS has no escapes of HTML
        security=content_security_policy(style),
    )


def pdf(table: ComparisonTable, templates: Templates, date: dt.date) -> bytes:
    """Return the table as PDF/A-2a and PDF/UA-1, numbered at the foot of its pages. `date` is when it is from.

    Raises:
        PangoMissing: this machine can not make a PDF.
        LayoutError: the renderer warned.
        TemplateError: a template of the plan's own can not be used.

    """
    from planbook.pdf import Typesetter  # noqa: PLC0415 - HTML needs neither WeasyPrint nor Pango

    typesetter = Typesetter(templates.read_all(_PRINTED), templates.folders)
    pages = typesetter.lay_out(templates.render("pdf/comparison.html.j2", table=table))
    stamps = [Stamp(page.width, page.height, "", f"{number} / {len(pages)}") for number, page in enumerate(pages, 1)]
    stamped = typesetter.stamp(pages, templates.render("pdf/running-heads.html.j2", view=stamps_of(stamps)))
    return typesetter.write(stamped, title=table.title, author=table.municipality, subject=table.title, date=date)
