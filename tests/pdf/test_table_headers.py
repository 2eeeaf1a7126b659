"""A table is drawn as rows of words: `=word` heads a column, `-word` a row; `2x3` behind it spans 2 rows, 3 columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.pdf.tagging.table_headers import Scope, TaggedCell, assign_headers

CELLS = st.builds(TaggedCell, st.text(), st.sampled_from([None, *Scope]), st.integers(1, 4), st.integers(1, 4))
SCOPES = {"=": Scope.COLUMN, "-": Scope.ROW, "": None}


def table(text: str) -> list[list[TaggedCell]]:
    rows = []
    for line in text.strip().splitlines():
        found = [re.fullmatch(r"([=-]?)([a-z]+)(?:(\d)x(\d))?", word) for word in line.split()]
        rows.append([TaggedCell(m[2], SCOPES[m[1]], int(m[3] or 1), int(m[4] or 1)) for m in found if m])
    return rows


@pytest.mark.parametrize(
    ("text", "cell", "headers"),
    [
        ("=a =b\n c d", "c", "a"),
        ("=a =b\n -c d", "d", "b c"),
        ("=a =b\n -c d", "c", "a"),
        ("=p =m =a\n -x2x1 -y1x1 k\n -z l", "l", "a x z"),
        ("=p =m =a\n -x2x1 -y1x1 k\n -z l", "z", "m x"),
        ("-a d1x2\n =q =r\n -b e", "e", "r b"),
        ("=a1x2\n =b =c\n d e", "e", "a c"),
        ("=a =b\n c d\n =e =f\n g h", "h", "f"),
        ("=a1x2\n c d\n =e =f\n g h", "h", "a f"),
        ("-a c1x1 -b d", "d", "b"),
        ("=a =b =c\n -x d2x2\n -y", "d", "b c x y"),
    ],
)
def test_headers(text: str, cell: str, headers: str) -> None:
    found = {key.element: [header.element for header in value] for key, value in assign_headers(table(text)).items()}
    assert found[cell] == headers.split()


def test_table_without_rows() -> None:
    assert assign_headers([]) == {}


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_headers_are_headers_of_another_cell(rows: list[list[TaggedCell]]) -> None:
    found = assign_headers(rows)
    assert set(found) == {cell for row in rows for cell in row}
    for cell, headers in found.items():
        assert cell not in headers
        assert all(header.scope for header in headers)
        assert len(set(headers)) == len(headers)
