"""Which departments of the list at the top are meant by names that are not in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.suggestions import fold, nearest
from planbook.rules.unprintable import printable_form

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS = re.compile(r"[、，,・／/;；&＆＋+\s]+|(?<=[課室部局会所])(?:及び|および|と)")


MAX_GUESSED = 100
"""Names of which it is asked what was meant. A file with more is not one that slips were made in."""


class KnownNames:
    """The departments of the list at the top, to be asked what was meant by names that are not in it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._by_folded = {fold(each): each for each in self.names}
        self._by_printable = {printable_form(each): each for each in reversed(self.names)}
        self._nearest: dict[str, list[str]] = {}

    def same_but_for_unprintable(self, name: str) -> str | None:
        """Return the known name that is this one but for unprintable characters, which are reported by themselves."""
        return self._by_printable.get(printable_form(name))

    def separated(self, name: str) -> list[str]:
        """Return the known names that were typed as one, or nothing."""
        parts = [fold(part) for part in _SEPARATORS.split(name) if part]
        known = len(parts) > 1 and all(part in self._by_folded for part in parts)
        if known:
            return [self._by_folded[part] for part in parts]
        folded = fold(name)[:200]
        halves = ((folded[:at], folded[at:]) for at in range(1, len(folded)))
        both = (pair for pair in halves if all(part in self._by_folded for part in pair))
        return [self._by_folded[part] for part in next(both, ())]

    def nearest(self, name: str) -> list[str]:
        """Return the known names that are most like this one: at most two, and none after MAX_GUESSED names."""
        if name not in self._nearest:
            self._nearest[name] = nearest(name, self.names) if len(self._nearest) < MAX_GUESSED else []
        return self._nearest[name]

    def meant(self, name: str) -> list[str]:
        """Return the known names that were probably meant by one that is not among them."""
        if same := self.same_but_for_unprintable(name):
            return [same]
        return self.separated(name) or self.nearest(name)
