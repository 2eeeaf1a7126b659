"""奥付: who has made the book, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.typography.era_labels import month
from planbook.views.numbering import bracketed

if TYPE_CHECKING:
    from planbook.plan.model import Plan

NAME = "colophon"
"""How the part is called among those of a book."""


@dataclass(frozen=True, slots=True)
class ColophonPage:
    """The last page: rows of a word and what stands beside it, and a note below."""

    title: str
    rows: tuple[tuple[str, str], ...]
    note: str


def colophon(plan: Plan) -> ColophonPage:
    """Return the colophon of a plan whose book has one.

    Raises:
        AssertionError: its book has none.

    """
    own = plan.book.colophon
    if own is None:
        raise AssertionError("no colophon")
    rows = (
        ("発行", month(plan.date)),
        ("発行者", own.issuer or plan.municipality),
        ("編集", own.department),
        ("所在地", own.address),
        ("電話", own.telephone),
        ("電子メール", own.email),
    )
    stage = bracketed(plan.stage) if plan.stage else ""
    return ColophonPage(plan.title + stage, tuple((word, text) for word, text in rows if text), own.note or "")
