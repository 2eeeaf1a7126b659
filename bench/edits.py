"""Edits, one after the other: of one sheet, and of titles, which stand in all lists of the book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDED = "改"


def edited(text: str, times: int) -> Iterator[str]:
    """Yield the YAML of a plan so many times, each time with another goal of a project in its middle."""
    place = text.index("goal: ", len(text) // 2) + len("goal: ")
    for edit in range(times):
        yield f"{text[:place]}{_ADDED * (edit + 1)}{text[place:]}"


def retitled(text: str) -> Iterator[str]:
    """Yield the YAML of a plan with another title of a section of each level, and of an action, in its middle."""
    titles = list(re.finditer(r"^ +title: ", text, re.MULTILINE))
    for level in sorted({len(title[0]) for title in titles}):
        own = [title.end() for title in titles if len(title[0]) == level]
        place = own[len(own) // 2]
        yield f"{text[:place]}{_ADDED}{text[place:]}"
