"""Edits of one sheet, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def edited(text: str, times: int) -> Iterator[str]:
    """Yield the YAML of a plan so many times, each time with another goal of a project in its middle."""
    place = text.index("goal: ", len(text) // 2) + len("goal: ")
    for edit in range(times):
        yield f"{text[:place]}{'改' * (edit + 1)}{text[place:]}"
