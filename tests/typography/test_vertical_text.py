from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.typography.vertical_text import balanced_columns


def lines(column: str) -> str:
    return column.replace("\n", "|")


@pytest.mark.parametrize(
    ("phrases", "number", "columns"),
    [
        (["ふれあい、", "まち"], 1, ["ふ|れ|あ|い|、|\u3000|ま|ち"]),
        (["ふれあい、", "ともに生きるまち"], 2, ["ふ|れ|あ|い|、", "と|も|に|生|き|る|ま|ち"]),
        (["助けあうまち"], 2, ["助|け|あ", "う|ま|ち"]),
        # Two half-width digits share a line, four do not; other half-width characters stand as full-width ones.
        (["12地域2030年(案)NPO"], 1, ["12|地|域|2|0|3|0|年|（|案|）|Ｎ|Ｐ|Ｏ"]),
        (["サービス"], 2, ["サ|ー", "ビ|ス"]),
        # No column begins with ー or 、 and none ends with an opening bracket.
        (["ああスーパー"], 2, ["あ|あ|ス|ー", "パ|ー"]),
        (["あああ「いう」"], 2, ["あ|あ|あ", "「|い|う|」"]),
        (["か\u3099き"], 1, ["か\u3099|き"]),
        (["まち"], 5, ["ま", "ち"]),
    ],
)
def test_columns(phrases: list[str], number: int, columns: list[str]) -> None:
    assert [lines(column) for column in balanced_columns(phrases, number)] == columns


@given(st.lists(st.text("あ、。「」ー1 ん", min_size=1).filter(str.strip), min_size=1, max_size=4), st.integers(1, 6))
def test_nothing_is_lost(phrases: list[str], number: int) -> None:
    columns = balanced_columns(phrases, number)
    assert 1 <= len(columns) <= number
    assert all(columns)
    together = "".join(columns).replace("\n", "").replace("\u3000", "")
    assert together == "".join(phrases).replace(" ", "")
