"""Texts that are nearly the same are found, and a long series of them takes no longer for each."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from planbook.rules.common.similarity import Collection, Comparisons, are_near

TEXTS = st.text("あいう", max_size=9)


def distance(one: str, other: str) -> int:
    """Return the edit distance by its definition (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, 1):
        before, row = row, [at]
        for position, another in enumerate(other, 1):
            row.append(min(before[position] + 1, row[-1] + 1, before[position - 1] + (character != another)))
    return row[-1]


def calls_to_find(number: int) -> int:
    """Return how many functions are called to look for as many long texts, each near to none but alike to all."""
    collection = Collection(lambda length: min(length // 9, 5), Comparisons(10**9))
    kana = str.maketrans("0123456789abcdef", "あかさたなはまやらわいきしちにひ")
    texts = [
        f"{'地域で支え合う' * 6}{f'{at * 2654435761 % 16**10:010x}'.translate(kana)}" for at in range(1, number + 1)
    ]
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        for text in texts:
            collection.nearest(text)
            collection.add(text, text)
    finally:
        sys.setprofile(None)
    return calls


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_near_is_what_is_not_farther_than_that(one: str, other: str, most: int) -> None:
    assert are_near(one, other, most) == (distance(one, other) <= most)


def test_a_long_series_takes_no_longer_for_each_text() -> None:
    assert calls_to_find(200) < 2.6 * calls_to_find(100)


def test_collections_share_how_much_is_compared() -> None:
    comparisons = Comparisons(3)
    for name in ("one", "other"):
        collection = Collection(lambda _: 1, comparisons)
        for text in ("地域の見守り活動", "地域の見守り事業", "地域の見守り体制"):
            collection.nearest(text)
            collection.add(text, name)
    assert comparisons.left <= 0
