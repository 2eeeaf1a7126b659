"""How much stands in a line of each kind of page: what decides on columns is reckoned from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageWidths:
    """The widths between the margins, in em of the type of the tables there (`--sheets-size`, `--list-size`).

    `sheets` and `list_tables` (数値目標一覧, 指標一覧) stand upright, the `wide` ones on the long side of the page.
    """

    sheets: float
    sheets_wide: float
    list_tables: float
    list_tables_wide: float


A4 = PageWidths(sheets=56.5, sheets_wide=84.5, list_tables=60.0, list_tables_wide=89.5)
"""Those of css/base.css and css/book.css, to half an em below."""
