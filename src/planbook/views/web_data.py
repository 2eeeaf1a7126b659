"""The open data of the plan in the web page, of which its script makes CSV files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.views.open_data import open_data
from planbook.views.selection import WHOLE
from planbook.views.sheet_records import row_anchor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from planbook.plan.model import Plan
    from planbook.views.open_data import DataTable
    from planbook.views.selection import Selection

_ACTIONS, _INDICATORS = "actions", "indicators"


@dataclass(frozen=True, slots=True)
class WebData:
    """The tables by the names of their files, each with what the plan calls it, and `content`, to be written as JSON.

    `content["tables"]` has for each table its columns and its rows: first the anchor of the row of the page (of a
    relisting, its own; of an indicator, "") and the key of the column ("" where it is about all), then the cells. All
    that is a place in the list `content["texts"]`: most texts stand in several rows.
    """

    tables: tuple[tuple[str, str], ...]
    content: Mapping[str, object]


def web_data(plan: Plan, shown: Collection[str], selection: Selection = WHOLE) -> WebData:
    """Return the data of the plan, or in a selection those of the rows with the anchors `shown`."""
    texts: dict[str, int] = {}
    made = {
        table.name: {
            "columns": [column.name for column in table.columns],
            "rows": [[texts.setdefault(text, len(texts)) for text in row] for row in rows],
        }
        for table in open_data(plan)
        if (rows := list(_rows(plan, table, shown, selection)))
    }
    labels = plan.labels
    words = {
        _ACTIONS: labels.sheets.action,
        "targets": labels.word("target"),
        "figures": labels.book.figure,
        _INDICATORS: labels.sheets.indicators,
    }
    return WebData(tuple((name, words[name]) for name in made), {"texts": list(texts), "tables": made})


def _rows(plan: Plan, table: DataTable, shown: Collection[str], selection: Selection) -> Iterator[tuple[str, ...]]:
    names = [column.name for column in table.columns]
    own = {anchor.rpartition(":")[2] for anchor in shown}
    anchors = list(_anchors(plan)) if table.name == _ACTIONS else None
    for at, cells in enumerate(table.cells):
        row = dict(zip(names, cells, strict=True))
        anchor = anchors[at] if anchors else row.get("action_id", "")
        if selection == WHOLE or anchor in shown or (table.foreign_key and anchor in own):
            yield (anchor, row.get("column", ""), *cells)


def _anchors(plan: Plan) -> Iterator[str]:
    """Yield the anchor of each row of the table of actions."""
    for section in plan.lowest_sections():
        for entry in section.actions:
            yield row_anchor(section, entry)
