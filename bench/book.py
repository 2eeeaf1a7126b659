"""The content of the book as the peers print it: the same texts in the same order, from planbook's own views."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import jinja2

from bench.cases import PEERS
from planbook.views.cover import cover
from planbook.views.department_index import department_index
from planbook.views.figures_table import figures_table
from planbook.views.sample_sheet import sample_sheet
from planbook.views.sheets import sheets
from planbook.views.system_table import system_table
from planbook.views.system_table_pages import whole_page

if TYPE_CHECKING:
    from planbook.plan.model import Plan


def newcomer_html(plan: Plan) -> str:
    """Return the book as one HTML file, written as anyone would who has just installed WeasyPrint."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PEERS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("newcomer.html.j2").render(**_content(plan))


def typst_data(plan: Plan) -> str:
    """Return as JSON what `peers/book.typ` prints."""
    records = {name: _plain(view) for name, view in _content(plan).items()}
    return json.dumps(records, ensure_ascii=False, default=str)


def _content(plan: Plan) -> dict[str, Any]:
    return {
        "cover": cover(plan),
        "words": plan.labels.book,
        "table": whole_page(system_table(plan, links=True)),
        "sample": sample_sheet(plan),
        "measures": sheets(plan),
        "figures": figures_table(plan, None),
        "index": department_index(plan, None),
    }


def _plain(view: Any) -> Any:
    if isinstance(view, tuple):
        return [_plain(part) for part in view]
    if view is None:
        return None
    return view.model_dump() if hasattr(view, "model_dump") else asdict(view)
