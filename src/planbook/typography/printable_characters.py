"""Which characters the bundled fonts can print. Read from a table beside the fonts, so that no font is opened."""

from __future__ import annotations

from functools import cache

from planbook.project.paths import bundled_fonts

TABLE = "characters.txt"
"""Every character that both fonts have; a test of the same name writes it and keeps it true to the fonts."""


@cache
def _covered() -> frozenset[str]:
    return frozenset((bundled_fonts() / TABLE).read_text("utf-8"))


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of a text that the fonts can not print, each once, in the order of the text."""
    covered = _covered()
    if covered.issuperset(text):
        return ()
    return tuple(dict.fromkeys(character for character in text if character not in covered))
