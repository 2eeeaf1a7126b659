"""Plan → HTML: each document as one page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from planbook.project.paths import HOUSE_STYLE
from planbook.project.publication import Publication
from planbook.views.selection import WHOLE
from planbook.views.web_page import web_page

if TYPE_CHECKING:
    from planbook.html.templates import Templates
    from planbook.plan.model import Plan
    from planbook.views.selection import Selection
    from planbook.views.web_changes import ChangedParts
    from planbook.views.web_page import WebPage

STYLESHEETS = ("css/web.css",)
SCRIPTS = (
    "js/folding.js",
    "js/texts.js",
    "js/matching.js",
    "js/merged-cells.js",
    "js/year-column.js",
    "js/marking.js",
    "js/address.js",
    "js/status.js",
    "js/elsewhere.js",
    "js/showing.js",
    "js/filter.js",
    "js/sharing.js",
    "js/data-files.js",
    "js/navigation.js",
)
PREVIEW_STYLESHEETS = (*STYLESHEETS, "css/preview.css")
PREVIEW_SCRIPT = "js/preview.js"
CHANGES_SCRIPT = "js/changes.js"
BESIDE_STYLESHEET = "css/beside.css"
BESIDE_SCRIPT = "js/beside.js"

_PARTS: dict[Publication, tuple[str, ...]] = {
    Publication.SYSTEM_TABLE: ("system-table",),
    Publication.SHEETS: ("sample-sheet", "sheets"),
}

# A book, in the colour of the page: it stands in the tab.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='6' fill='%231f4e79'/%3E"
    "%3Cpath d='M16 9c-3-2-6-2-9-1v15c3-1 6-1 9 1 3-2 6-2 9-1V8c-3-1-6-1-9 1z' fill='%23fff'/%3E"
    "%3Cpath d='M16 9v15' stroke='%231f4e79' stroke-width='1.6'/%3E%3C/svg%3E"
)

# Of whole lines: they are for who reads the templates, and 4 % of the page of a city's plan.
_COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)


def content_security_policy(style: str, script: str = "") -> str:
    """Return the policy that lets a browser use this style and script, and request nothing (W3C, CSP Level 3)."""
    scripts = f"; script-src '{_hash(script)}'" if script else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'{scripts}; img-src data:; base-uri 'none'; form-action 'none'"
    )


@dataclass(frozen=True, slots=True)
class _PageFrame:
    """Style and script of a page, and the policy that lets the browser use just these.

    So nothing else is ever requested, and no text of a plan can run (W3C, CSP Level 3, 2.3.1: hashes).
    """

    style: str
    script: str
    security: str

    @classmethod
    def of(cls, style: str, script: str, admitted: str = "") -> _PageFrame:
        """Return the frame with its policy, which admits what `admitted` says, too."""
        style, script = _COMMENTS.sub("", style), _COMMENTS.sub("", script)
        return cls(style, script, content_security_policy(style, script) + admitted)

    def around(self, content: str, view: WebPage, templates: Templates) -> str:
        return self._render(templates, "web/page.html.j2", content=Markup(content), view=view)  # noqa: S704 - rendered

    def alone(self, name: str, templates: Templates) -> str:
        return self._render(templates, name)

    def _render(self, templates: Templates, name: str, **views: object) -> str:
        return templates.render(
            name,
            style=Markup(self.style),  # noqa: S704 - templates are trusted, and CSS has no escapes of HTML
            script=Markup(self.script),  # noqa: S704
            security=self.security,
            icon=_ICON,
            **views,
        )


def render_web_page(
    plan: Plan, document: Publication, templates: Templates, selection: Selection = WHOLE, *, pdf: bool = True
) -> str:
    """Return the HTML of the whole plan, or of its system table or its sheets alone; or all this of a part of the plan.

    `pdf` says whether the same document is there as PDF beside it: then there is a link to it.

    Raises:
        TemplateError: a template of the plan's own can not be used.

    """
    view = web_page(
        plan, _PARTS.get(document, plan.book.part_names(plan.chapters)), f"{document}.pdf" if pdf else "", selection
    )
    return _published(templates).around(_content(view, templates), view, templates)


def render_preview_pages(plan: Plan, templates: Templates, changes: ChangedParts | None = None) -> tuple[str, str]:
    """Return the page of the whole plan as it is published, and as `planbook serve` shows it.

    That has a script that keeps it up to date, and its policy admits requests to where it comes from; it marks what
    `changes` says.

    Raises:
        TemplateError: a template of the plan's own can not be used.

    """
    view = web_page(plan, plan.book.part_names(plan.chapters), f"{Publication.PLAN}.pdf")
    content = _content(view, templates)
    live = content + templates.render("web/changes.html.j2", changes=changes) if changes else content
    return _published(templates).around(content, view, templates), _live(templates).around(live, view, templates)


def render_waiting_page(templates: Templates) -> str:
    """Return the page that `planbook serve` shows as long as there is none of the plan."""
    return _live(templates).alone("web/waiting.html.j2", templates)


def render_beside_page(templates: Templates) -> str:
    """Return the page in which `planbook serve` shows its page and the PDF beside each other."""
    frame = _PageFrame.of(
        templates.read(BESIDE_STYLESHEET), templates.read(BESIDE_SCRIPT), "; connect-src 'self'; frame-src 'self'"
    )
    return frame.alone("web/beside.html.j2", templates)


def _content(view: WebPage, templates: Templates) -> str:
    return templates.render("web/content.html.j2", view=view)


def _published(templates: Templates) -> _PageFrame:
    # `signal` ends the listeners outside the page's own elements; that happens in the preview only.
    script = f'"use strict";\nconst {{ signal }} = new AbortController();\n{templates.read_all(SCRIPTS)}'
    return _PageFrame.of(templates.read_all(STYLESHEETS) + _house_style(templates), script)


def _live(templates: Templates) -> _PageFrame:
    page = f'function (signal) {{\n"use strict";\n{templates.read_all((*SCRIPTS, CHANGES_SCRIPT))}\n}}'
    script = f'(function (startPage) {{\n"use strict";\n{templates.read(PREVIEW_SCRIPT)}\n}})({page});'
    return _PageFrame.of(
        templates.read_all(PREVIEW_STYLESHEETS) + _house_style(templates), script, "; connect-src 'self'"
    )


def _house_style(templates: Templates) -> str:
    """Return what the plan's own house style changes of the page: "" where it has none."""
    text = templates.read(HOUSE_STYLE)
    if "--" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL):
        return ""
    from planbook.html.web_variables import web_variables  # noqa: PLC0415 - most plans have no style of their own

    return f"\n{web_variables(text)}"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
