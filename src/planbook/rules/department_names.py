"""Which departments of the list at the top are meant by names that are not in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.suggestions import fold, nearest
from planbook.rules.unprintable import printable_form

if TYPE_CHECKING:
    from collections.abc import Collection

_SEPARATORS = re.compile(r"[、，,・／/;；&＆＋+\s]+|(?<=[課室部局会所])(?:及び|および|と)")


def same_but_for_unprintable(name: str, known: Collection[str]) -> str | None:
    """Return the known name that is this one but for unprintable characters, which are reported by themselves."""
    clean = printable_form(name)
    return next((each for each in known if printable_form(each) == clean), None)


def separated(name: str, known: Collection[str]) -> list[str]:
    """Return the known names that were typed as one, or nothing."""
    folded = {fold(each): each for each in known}
    parts = [fold(part) for part in _SEPARATORS.split(name) if part]
    return [folded[part] for part in parts] if len(parts) > 1 and all(part in folded for part in parts) else []


def meant(name: str, known: Collection[str]) -> list[str]:
    """Return the known names that were probably meant by one that is not among them."""
    if same := same_but_for_unprintable(name, known):
        return [same]
    return separated(name, known) or nearest(name, known)
