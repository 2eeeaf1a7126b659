"""Numbers and marks that planbook adds to what planners typed."""

from __future__ import annotations

# Unicode has circled numbers in three blocks: U+2460 ① to ⑳, U+3251 ㉑ to ㉟ and U+32B1 ㊱ to ㊿.
_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))


def policy_number(position: int) -> str:
    """Return the number of the policy at a position from 1: (1), (2), (3)…."""
    return f"({position})"


def measure_number(position: int) -> str:
    """Return the number of the measure at a position from 1 within its policy: ①, ②… ㊿, and (51) where circles end."""
    return _CIRCLED[position - 1] if position <= len(_CIRCLED) else f"({position})"


def bracketed(word: str) -> str:
    """Return a mark as it stands behind a title: （再掲）, （続き）, （案）."""
    return f"（{word}）"
