"""The PDF documents: their parts in order, laid out, numbered and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planbook.outputs import Document, Format, Output
from planbook.pdf import Typesetter
from planbook.sheet_layout import lay_out_sample, lay_out_sheets
from planbook.system_table_layout import lay_out_system_table
from planbook.views import contents, department_index, figures_table
from planbook.views.cover import cover
from planbook.views.page_labels import page_labels
from planbook.views.sheets import sample_sheet, sheets
from planbook.views.system_table import system_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planbook.model import Plan
    from planbook.render import Templates

    Progress = Callable[[str, int, int], None]

STYLESHEETS = ("css/base.css", "css/system-table.css", "css/sheets.css", "css/book.css")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A laid-out page of a document and what stands above its text."""

    page: Any
    head: str = ""


class Press:
    """Prints plans. It keeps what it has laid out, so that a further print of a changed plan only lays out the change."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._typesetter = Typesetter(templates.read_all(STYLESHEETS), templates.folders)

    def print(self, plan: Plan, documents: Sequence[Document], progress: Progress) -> list[Output]:
        """Return the PDFs of the documents."""
        ...
