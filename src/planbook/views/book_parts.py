"""The parts of a book by name: those that planbook makes by their word, chapters by their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.plan.model import Plan


def chosen_parts(plan: Plan, *, chapters: bool = True) -> tuple[str, ...]:
    """Return the names of the parts of the book in order. Without `chapters` it has none: a part of a plan is sheets.

    Chapters that were not read are left out.
    """
    names = ((part, True) if isinstance(part, str) else (part.chapter, False) for part in plan.book.parts)
    return tuple(name for name, own in names if own or (chapters and name in plan.chapters))
