"""How words are compared in a search: alike however they are written."""

from __future__ import annotations

import unicodedata

_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


def search_key(word: str) -> str:
    """Return the same for all ways to write a word: full or half width, hiragana or katakana, capitals.

    The web page does the same (`folded` in js/folding.js).
    """
    return unicodedata.normalize("NFKC", word).lower().translate(_TO_HIRAGANA)
