"""Plan → HTML: each document as one page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from planbook.outputs import Document
from planbook.views.web_page import web_page

if TYPE_CHECKING:
    from planbook.model import Plan
    from planbook.render import Templates

STYLESHEETS = ("css/web.css",)
SCRIPTS = ("js/merged-cells.js", "js/filter.js", "js/navigation.js")


def render_web_page(plan: Plan, document: Document, templates: Templates) -> str:
    """Return the HTML of the whole plan, or of its system table or its sheets alone.

    Style and script stand in the page, and its Content-Security-Policy lets the browser use just these: nothing is
    ever requested, and no text of a plan can run (W3C, CSP Level 3, 2.3.1: hashes).

    Raises:
        TemplateError: a template of the plan's own can not be used.

    """
    style, script = templates.read_all(STYLESHEETS), templates.read_all(SCRIPTS)
    return templates.render(
        "web/page.html.j2",
        view=web_page(
            plan, with_table=document is not Document.SHEETS, with_sheets=document is not Document.SYSTEM_TABLE
        ),
        style=Markup(style),  # noqa: S704 - templates are trusted, and CSS has no escapes of HTML
        script=Markup(script),  # noqa: S704
        security=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
