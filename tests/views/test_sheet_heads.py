"""The heads of a sheet's columns break alike, and 内容 has room for its texts."""

from __future__ import annotations

import pytest

from planbook.views.page_widths import A4
from planbook.views.sheet_heads import heads
from planbook.views.sheet_records import SheetColumn

CONTENT = SheetColumn("内容", "", "", content=True)


def years(first: int, number: int) -> list[SheetColumn]:
    return [SheetColumn(f"令和{year}年度", f"({year + 2018})", f"{year}") for year in range(first, first + number)]


@pytest.mark.parametrize(
    ("columns", "wide", "classes"),
    [
        (years(6, 3), False, ""),
        (years(6, 5), True, ""),
        (years(7, 6), True, "stacked"),  # 令和10年度 is too long for its column, 令和9年度 is not
        ([CONTENT, *years(9, 2)], False, ""),
        ([CONTENT, *years(9, 3)], True, "explained"),
        ([CONTENT, *years(7, 5)], True, "stacked explained"),
        ([CONTENT], False, ""),
        ([SheetColumn(word, "", word) for word in ("現状", "短期", "中期", "長期", "将来", "備考")], True, ""),
    ],
)
def test_columns_are_headed_alike(columns: list[SheetColumn], wide: bool, classes: str) -> None:  # noqa: FBT001 - a case
    assert heads(columns, A4.sheets_wide if wide else A4.sheets) == classes
