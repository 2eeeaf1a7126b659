"""How wide the pages of tables are, read off them: papers, margins and type are the stylesheets' alone."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, NamedTuple

from planbook.views.page_widths import PageWidths

if TYPE_CHECKING:
    from planbook.html.templates import Templates
    from planbook.pdf import Typesetter


class _Classes(NamedTuple):
    """The classes of a page in the stylesheets, and of a table on it where that has type of its own."""

    page: str
    table: str = ""


_KINDS = {
    "sheets": _Classes("sheets"),
    "sheets_wide": _Classes("sheets-wide"),
    "list_tables": _Classes("figures", "list-table"),
    "list_tables_wide": _Classes("figures-wide", "list-table"),
}
_EM = 20
"""So many em are measured together: lengths are rounded."""


def page_widths(templates: Templates, typesetter: Typesetter) -> PageWidths:
    """Return the widths of pages, to half an em below: what is reckoned from them errs on the narrow side.

    Raises:
        LayoutError: the renderer warned.

    """
    pages = typesetter.measure(templates.render("pdf/page-widths.html.j2", kinds=_KINDS, em=_EM))
    places = {name: box for page in pages for name, box in page.anchors.items()}
    return PageWidths(**{kind: _ems(places[f"page:{kind}"], places[f"type:{kind}"]) for kind in _KINDS})


def _ems(page: tuple[float, float, float, float], em: tuple[float, float, float, float]) -> float:
    (left, _, right, _), (begin, _, end, _) = page, em
    return floor(2 * _EM * (right - left) / (end - begin)) / 2
