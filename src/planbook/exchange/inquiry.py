"""What a workbook asks, as types: tables of fields and rows, the same for writing one and for reading it back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from planbook.exchange.cell_text import clean
from planbook.plan.labels import DEFAULT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planbook.diagnostics.document import Path

TableKind = Literal["actions", "figures", "indicators"]

KEY = "key"
"""The field of the id that a row has, in a hidden column: it goes along when rows are sorted or copied."""

DIGESTS = "digests"
"""The field that says, in a hidden column, what the cells of a row held: it goes along as well."""

REMARKS = "remarks"

NAMES: Mapping[TableKind, str] = {"actions": "取組", "figures": "数値", "indicators": "指標"}
"""What the sheets are called."""


@dataclass(frozen=True, slots=True)
class InquiryField:
    """A column: its key, heading, and what may be done with it.

    `choices` are offered; `strict`: there are no others. `planning`: only in a workbook of the whole plan may it be
    changed, which is the planning section's.
    """

    key: str
    heading: str
    editable: bool = False
    numeric: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = False
    planning: bool = False

    @property
    def column(self) -> str | None:
        """The column of the plan (2018, 現状) whose value this is, or None."""
        kind, _, column = self.key.partition(":")
        return column if kind in ("target", "value") else None


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A row: its key, the texts of its cells by field, and the part of the plan that it shows.

    `locked`: a relisting, answered elsewhere. `places` are the positions of a figure by column.
    """

    key: str
    cells: Mapping[str, str]
    at: Path = ()
    locked: bool = False
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InquiryTable:
    """One sheet of a workbook."""

    kind: TableKind
    fields: tuple[InquiryField, ...]
    rows: tuple[WorkbookRow, ...]

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return NAMES[self.kind]

    def field(self, key: str) -> InquiryField | None:
        """Return a field by key."""
        return next((each for each in self.fields if each.key == key), None)

    def locked(self) -> InquiryTable:
        """Return the table with nothing to fill in."""
        return replace(self, fields=tuple(replace(each, editable=False) for each in self.fields))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What one workbook asks. `department` is None where it is about the whole plan.

    `action` and `section` are what the plan calls an action and its highest section.
    """

    title: str
    municipality: str
    department: str | None
    tables: tuple[InquiryTable, ...]
    blank: bool = False
    action: str = DEFAULT_WORDS["action"]
    section: str = DEFAULT_WORDS["policy"]


def digest(text: str) -> str:
    """Return what stands for the text of a cell in the hidden column."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:8]


def digests(fields: Sequence[InquiryField], cells: Mapping[str, str]) -> str:
    """Return the digests of all cells of a row that can be filled in."""
    return ";".join(f"{each.key}={digest(cells.get(each.key, ''))}" for each in fields if each.editable)
