"""Ranges of years are split and joined as targets change."""

from __future__ import annotations

import pytest

from planbook.editing.target_ranges import changed_targets

YEARS = ["2018", "2019", "2020"]


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ({"2018-2020": "A"}, {"2019": "B"}, {"2018": "A", "2019": "B", "2020": "A"}),
        ({"2018-2020": "A"}, {"2018": "B"}, {"2018": "B", "2019-2020": "A"}),
        ({"2018-2020": "A"}, {"2018": "B", "2019": "B", "2020": "B"}, {"2018-2020": "B"}),
        ({"2018": "A", "2019-2020": "B"}, {"2019": "A"}, {"2018-2019": "A", "2020": "B"}),
        ({"2018": "A", "2019-2020": "B"}, {"2018": "B"}, {"2018-2020": "B"}),
        ({"2018": "A", "2019": "X", "2020": "A"}, {"2019": "A"}, {"2018-2020": "A"}),
        ({"2018": "A", "2019": "A", "2020": "B"}, {"2020": "C"}, {"2018": "A", "2019": "A", "2020": "C"}),
        ({"2018": "A", "2019-2020": "B"}, {"2018": "C"}, {"2018": "C", "2019-2020": "B"}),
        ({"2018": "A"}, {"2020": "A"}, {"2018": "A", "2020": "A"}),
    ],
)
def test_years(before: dict[str, str], new: dict[str, str], after: dict[str, str]) -> None:
    assert changed_targets(before, YEARS, new) == after


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ({"現状": "A", "2026-2029": "A"}, {"2026": "B"}, {"現状": "A", "2026": "B", "2029": "A"}),
        ({"現状": "A", "2026": "B", "2029": "C"}, {"2029": "B"}, {"現状": "A", "2026-2029": "B"}),
        ({"現状": "A", "2026-2029": "B"}, {"現状": "B"}, {"現状": "B", "2026-2029": "B"}),
        ({"2026-2029": "B"}, {"以降": "B"}, {"2026-2029": "B", "以降": "B"}),
    ],
)
def test_columns_of_other_kinds(before: dict[str, str], new: dict[str, str], after: dict[str, str]) -> None:
    assert changed_targets(before, ["現状", "2026", "2029", "以降"], new) == after
