from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.views.system_table import SectionCell, SystemTable, TableCell, TableRow
from planbook.views.tall_cells import Indivisible, cut_tall_cells, cut_text

LABELS = tuple(SectionCell(name, TableCell(name, (name.upper() * 6,))) for name in ("policy", "measure", "project"))


def row(name: str, action: str, *departments: str) -> TableRow:
    return TableRow(
        f"table:{name}",
        LABELS,
        TableCell("action", (action,), marks=("（再掲）",)),
        TableCell("department", departments),
    )


def table(*rows: TableRow) -> SystemTable:
    return SystemTable("題", (), ("まち",), "（続き）", rows, ("policy", "measure", "project"))


def text(cell: TableCell) -> str:
    return "／".join(cell.lines) + "".join(cell.marks)


@pytest.mark.parametrize(
    ("whole", "pieces", "expected"),
    [
        ("支援する。周知、啓発する。", 2, ["支援する。", "周知、啓発する。"]),
        ("支援と周知、啓発と育成", 2, ["支援と周知、", "啓発と育成"]),
        ("あいうえおか", 3, ["あい", "うえ", "おか"]),
        ("あいうッえ", 2, ["あい", "うッえ"]),
        ("あい", 5, ["あ", "い"]),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(whole: str, pieces: int, expected: list[str]) -> None:
    assert cut_text(whole, pieces) == expected


@given(st.text("あい、。ッ」", min_size=2), st.integers(2, 5))
def test_a_cut_text_is_the_same_text(whole: str, pieces: int) -> None:
    cut = cut_text(whole, pieces)
    assert "".join(cut) == whole
    assert 2 <= len(cut) <= pieces
    assert all(cut)


def test_a_single_character_can_not_be_cut() -> None:
    with pytest.raises(Indivisible, match="あ"):
        cut_text("あ", 2)


def test_a_tall_action_goes_on_in_rows_of_its_own() -> None:
    tall = row("a", "あいうえ", "福祉課", "健康課")
    cut = cut_tall_cells(table(tall, row("b", "短い", "福祉課")), {tall.action: 2})
    assert [(part.anchor, text(part.action), text(part.department)) for part in cut.rows] == [
        ("table:a", "あい（再掲）", "福祉課／健康課"),
        ("table:a.2", "うえ（再掲）（続き）", "福祉課／健康課"),
        ("table:b", "短い（再掲）", "福祉課"),
    ]
    assert cut.cuts() == [0, 4, 3]


def test_many_departments_go_on_beside_their_action() -> None:
    tall = row("a", "訪問", *"いろはにほ")
    cut = cut_tall_cells(table(tall), {tall.department: 2})
    assert [(text(part.action), text(part.department)) for part in cut.rows] == [
        ("訪問（再掲）", "い／ろ／は"),
        ("訪問（再掲）（続き）", "に／ほ（続き）"),
    ]


def test_a_tall_label_is_beside_its_rows_piece_by_piece() -> None:
    rows = [row(name, "訪問", "福祉課") for name in "abc"]
    # It is the label as it goes on, with its mark, that is too tall.
    cut = cut_tall_cells(table(*rows), {LABELS[0].cell.marked("（続き）"): 2})
    assert [text(part.labels[0].cell) for part in cut.rows] == ["POLICYPOLICYPOLICY"] * 2 + [
        "POLICYPOLICYPOLICY（続き）"
    ]
    assert [run.end - run.start for run in cut.runs()] == [2, 1, 3, 3]


def test_a_tall_label_with_too_few_rows_shows_its_last_row_again() -> None:
    cut = cut_tall_cells(table(row("a", "訪問", "福祉課")), {LABELS[1].cell: 3})
    assert [(part.anchor, text(part.action), text(part.labels[1].cell)) for part in cut.rows] == [
        ("table:a", "訪問（再掲）", "MEASUREMEASURE"),
        ("table:a.2", "訪問（再掲）（続き）", "MEASUREMEASURE（続き）"),
        ("table:a.3", "訪問（再掲）（続き）", "MEASUREMEASURE（続き）"),
    ]
    assert [run.label.id for run in cut.runs()] == ["policy", "measure", "measure", "measure", "project"]


def test_cut_pieces_can_be_cut_again() -> None:
    tall = row("a", "あいうえおかきく", "福祉課")
    once = cut_tall_cells(table(tall), {tall.action: 2})
    twice = cut_tall_cells(once, {part.action: 2 for part in once.rows})
    assert [(part.part, part.action.lines[0]) for part in twice.rows] == [
        (0, "あい"), (1, "うえ"), (2, "おか"), (3, "きく"),
    ]  # fmt: skip
    assert twice.rows[3] == replace(twice.rows[2], part=3, action=replace(twice.rows[2].action, lines=("きく",)))
