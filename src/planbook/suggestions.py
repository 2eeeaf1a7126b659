"""もしかして: the valid words nearest to one that was typed."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SHORT_LIST = 12
"""So many valid words are named in full; more would bury the message."""


def fold(word: str) -> str:
    """Fold what Japanese typing varies without meaning: full and half width, spaces, case."""
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


def nearest(word: str, valid: Collection[str]) -> list[str]:
    """Return the valid words that are most like `word`, at most two, the nearest first."""
    folded = {fold(choice): choice for choice in valid}
    return [folded[match] for match in difflib.get_close_matches(fold(word), folded, n=2, cutoff=0.6)]


def suggest(word: str, valid: Collection[str]) -> str:
    """Return a hint that names the nearest of the valid words, and all of them where they are few."""
    near = nearest(word, valid)
    hint = f"もしかして{'、'.join(f'「{choice}」' for choice in near)}ですか。" if near else ""
    if 0 < len(valid) <= SHORT_LIST:
        hint += f"使えるのは {'、'.join(valid)} です。"
    return hint
