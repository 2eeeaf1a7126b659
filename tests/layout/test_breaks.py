"""Page breaks against all possible ones, for small tables."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.layout.breaks import Merged, TooTall, clip, least_row_height, page_breaks, page_height

CAPACITY = 10.0
DEPTH = 4

heights = st.sampled_from([0.5, 1.0, 2.5, 4.0, 9.0, 10.0])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[float], list[Merged], list[int]]:
    rows = draw(st.lists(heights, min_size=1, max_size=9))
    levels = [0, *draw(st.lists(st.integers(0, DEPTH - 1), min_size=len(rows) - 1, max_size=len(rows) - 1))]
    merged = []
    for level in range(DEPTH - 1):
        starts = [row for row in range(len(rows)) if row == 0 or levels[row] <= level]
        merged += [Merged(start, end, draw(heights), draw(heights)) for start, end in pairwise([*starts, len(rows)])]
    return rows, merged, levels


def naive_height(rows: list[float], merged: list[Merged], start: int, end: int) -> float:
    """The height of a page row by row, straight from what a merged cell is."""
    tops, bottom = {}, 0.0
    for row in range(start, end):
        for cell in merged:
            if max(cell.start, start) == row and cell.end > row:
                tops[cell] = bottom
        bottom += rows[row]
        for cell, top in tops.items():
            if min(cell.end, end) == row + 1:
                bottom = max(bottom, top + (cell.height if cell.start >= start else cell.height_continued))
    return bottom


def cost(
    starts: tuple[int, ...], rows: list[float], merged: list[Merged], levels: list[int]
) -> tuple[float, ...] | None:
    pages = list(pairwise([*starts, len(rows)]))
    filled = [naive_height(rows, merged, start, end) for start, end in pages]
    if max(filled) > CAPACITY:
        return None
    cuts = [levels[start] for start in starts[1:]]
    unused = sum((CAPACITY - height) ** 2 for height in filled)
    return (len(pages), *(cuts.count(level) for level in range(DEPTH - 1, -1, -1)), round(unused, 6))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_other_breaks_are_better(table: tuple[list[float], list[Merged], list[int]]) -> None:
    rows, merged, levels = table
    all_costs = [
        found
        for number in range(len(rows))
        for later in combinations(range(1, len(rows)), number)
        if (found := cost((0, *later), rows, merged, levels)) is not None
    ]
    assert cost(tuple(page_breaks(rows, merged, levels, CAPACITY)), rows, merged, levels) == min(all_costs)


@settings(max_examples=200, deadline=None)
@given(tables(), st.data())
def test_a_clipped_page_is_as_tall_as_it_was_in_the_table(
    table: tuple[list[float], list[Merged], list[int]], data: st.DataObject
) -> None:
    rows, merged, _ = table
    start = data.draw(st.integers(0, len(rows) - 1))
    end = data.draw(st.integers(start + 1, len(rows)))
    assert page_height(rows[start:end], clip(merged, start, end)) == naive_height(rows, merged, start, end)


@settings(max_examples=200, deadline=None)
@given(tables(), st.floats(0, 30))
def test_raised_rows_reach_the_height_and_no_further(
    table: tuple[list[float], list[Merged], list[int]], more: float
) -> None:
    rows, merged, _ = table
    height = page_height(rows, merged) + more
    least = least_row_height(rows, merged, height)
    raised = page_height([max(row, least) for row in rows], merged)
    assert raised <= height
    if least:
        assert raised >= height - 0.02 * len(rows)


def test_a_break_between_policies_is_taken_where_it_costs_no_page() -> None:
    # Two pages are needed; the most even break would be before row 4, the one before row 3 cuts nothing.
    assert page_breaks([2.0] * 8, [], [0, 2, 2, 0, 1, 2, 2, 2], CAPACITY) == [0, 3]


def test_a_page_less_is_worth_the_deepest_break() -> None:
    assert page_breaks([4.0, 4.0, 2.0, 2.0, 8.0], [], [0, 3, 0, 3, 3], CAPACITY) == [0, 3]


def test_pages_are_even_among_equal_breaks() -> None:
    assert page_breaks([2.0] * 6, [], [0] * 6, CAPACITY) == [0, 3]


def test_a_label_taller_than_its_rows_takes_their_place() -> None:
    assert page_breaks([1.0, 1.0], [Merged(0, 1, 9.5, 9.5), Merged(1, 2, 1.0, 1.0)], [0, 0], CAPACITY) == [0, 1]


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_row_taller_than_a_page_is_refused(row: int) -> None:
    rows = [1.0, 1.0, 1.0]
    rows[row] = CAPACITY + 1
    with pytest.raises(TooTall):
        page_breaks(rows, [], [0, 0, 0], CAPACITY)
