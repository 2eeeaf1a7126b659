"""How words are compared in a search: alike however they are written."""

from __future__ import annotations

import unicodedata

_TO_KATAKANA = {hiragana: hiragana + 0x60 for hiragana in range(ord("ぁ"), ord("ゖ") + 1)}


def search_key(word: str) -> str:
    """Return the same for all ways to write a word: full or half width, hiragana or katakana, capitals.

    The web page does the same (`folded` in js/folding.js).
    """
    return unicodedata.normalize("NFKC", word).lower().translate(_TO_KATAKANA)
