"""The sheet 「数値」 of a workbook as planbook lays it out → the figures of each action by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.editing.scalars import Number
from planbook.exchange.cell_text import compact, number
from planbook.exchange.city_headings import Known, Meaning, meanings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planbook.editing.nodes import Data
    from planbook.exchange.worksheets import Worksheet

_WORDS = {
    compact(heading): Meaning(key)
    for key, heading in (
        ("name", "数値の名称"),
        ("prefix", "前に付く言葉"),
        ("unit", "単位"),
        ("bound", "以上・以下など"),
        ("note", "注記"),
    )
}
_ABOUT = ("name", "prefix", "unit", "bound", "note")
_ORDER = ("name", "prefix", "value", "unit", "bound", "note")
_HEAD_WITHIN = 40

Figures = dict[tuple[str, str], list["Data"]]
"""The figures of a column, by the title of the action (as it is compared) and the key of the column."""


def figures_of(sheets: Sequence[Worksheet], known: Known) -> tuple[Figures, list[str]]:
    """Return the figures of a workbook, and the names of the sheets that they stand on.

    `known` are the headings that the workbook says itself.
    """
    found: Figures = {}
    names: list[str] = []
    for sheet in (each.filled() for each in sheets):
        for head, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
            columns = meanings([cell.text for cell in row], {**_WORDS, **known})
            kinds = {meaning.what: position for position, meaning in columns.items() if meaning.what != "column"}
            keys = {meaning.key: position for position, meaning in columns.items() if meaning.what == "column"}
            if "name" in kinds and "action" in kinds and keys:
                names.append(sheet.name)
                _read(sheet, head, kinds, keys, found)
                break
    return found, names


def _read(sheet: Worksheet, head: int, kinds: dict[str, int], keys: dict[str, int], found: Figures) -> None:
    for row in sheet.rows[head + 1 :]:
        texts = [cell.text for cell in row] + [""] * (max(*kinds.values(), *keys.values()) + 1)
        title = compact(texts[kinds["action"]])
        about: dict[str, Data] = {key: texts[kinds[key]] for key in _ABOUT if key in kinds and texts[kinds[key]]}
        for key, position in keys.items():
            if title and (value := number(texts[position])) is not None:
                figure = {**about, "value": Number(value)}
                found.setdefault((title, key), []).append({name: figure[name] for name in _ORDER if name in figure})
