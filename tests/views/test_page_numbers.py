"""Roman numerals in front, then from 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.counters import roman
from planbook.views.page_numbers import PageLabel, page_labels

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (49, "xlix"), (90, "xc"), (194, "cxciv")],
)
def test_roman_numerals_as_printed(number: int, numeral: str) -> None:
    assert roman(number).lower() == numeral


@given(st.integers(1, 300))
def test_a_roman_numeral_reads_back(number: int) -> None:
    values = [_VALUES[letter] for letter in roman(number).lower()]
    following = [*values[1:], 0]
    assert sum(value if value >= after else -value for value, after in zip(values, following, strict=True)) == number


def test_the_cover_counts_without_a_footer_and_the_body_begins_with_1() -> None:
    assert page_labels(cover=1, front=2, body=2) == (
        PageLabel("i", "", front=True),
        PageLabel("ii", "ii", front=True),
        PageLabel("iii", "iii", front=True),
        PageLabel("1", "1"),
        PageLabel("2", "2"),
    )


@given(st.integers(0, 2), st.integers(0, 20), st.integers(0, 400))
def test_every_page_has_a_label_of_its_own(cover: int, front: int, body: int) -> None:
    labels = [page.label for page in page_labels(cover=cover, front=front, body=body)]
    assert len(labels) == len(set(labels)) == cover + front + body
