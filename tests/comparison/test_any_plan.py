# ruff: noqa: E501 - lines as they are told
"""Plans with other levels, columns, numbers, indicators, texts and marks are compared like any other."""

from __future__ import annotations

import textwrap

from planbook.comparison import terminal
from tests.comparison.base import BASE, compared, edited

_POLICIES = BASE[BASE.index("policies:\n") :]
WITH_PILLAR = BASE.replace(
    _POLICIES, f"pillars:\n  - id: life\n    title: 暮らし\n{textwrap.indent(_POLICIES, '    ')}"
)

_MORE = """\
title: 相談の充実
        marks: [新規]
        texts: {現状と課題: 相談が増えている。, 市民の取組: [声をかけ合う, 相談する]}
        indicators:
          - {name: 相談件数, unit: 件, values: {2022: 120, 2024: 150, 2026: 200}, bound: 以上}
"""
RICH = edited(
    (
        "years: [2024, 2025]",
        "years: [2024, 2025, 2026]\ncolumns: [現状, 2024, 2025-2026]\nmarks: [{name: 新規, sign: 新}]\nnumbers: {policy: 第1章}",
    ),
    ("2024-2025: {text", "現状: 未設置\n                  2024-2026: {text"),
    ("{2024: ちらしの作成, 2025: ちらしの配布}", "{現状: 該当なし, 2024: ちらしの作成, 2025-2026: ちらしの配布}"),
    ("{2024-2025: 年12回の訪問}", "{現状: 年6回, 2024-2026: 年12回の訪問}"),
    ("{2024-2025: ページの見直し}", "{現状: 該当なし, 2024-2026: ページの見直し}"),
    ("{2024-2025: 特定健診の実施}", "{現状: 実施, 2024-2026: 特定健診の実施}"),
    (
        "title: 相談の充実\n",
        _MORE,
    ),
)


def _told(old: str, new: str) -> list[str]:
    return list(terminal.lines(compared(old, new)))


def test_a_level_above_all() -> None:
    assert _told(BASE, WITH_PILLAR) == ["> 新設　「暮らし」（2 件がこの下に移動）", "変更 1 件（新設 1）"]
    assert _told(WITH_PILLAR, BASE) == ["> 削除　「暮らし」（この下の 2 件が上の段に移動）", "変更 1 件（削除 1）"]


def test_columns_numbers_texts_indicators_and_marks() -> None:
    told = _told(BASE, RICH)
    assert told[:3] == [
        "~ 期間　追加 現状、令和7～8年度、終了 令和7年度（5 件の目標・指標も）",
        "~ 変更　計画　番号の付け方：（なし） → 「基本方針：第1章」",
        "~ 変更　計画　印の一覧：（なし） → 「新規（新）」",
    ]
    assert told[-4:] == [
        "番号だけが変わったもの",
        "  ~ 番号　(1) → 第1章　福祉の充実",
        "  ~ 番号　(2) → 第2章　健康の増進",
        "変更 9 件（期間 1、番号 2、変更 6）",
    ]


def test_what_changed_in_them() -> None:
    new = edited(
        ("2024: 150", "2024: 160"),
        ("相談が増えている。", "相談が年々増えている。"),
        ("marks: [新規]", "marks: [新規, 重点]"),
        ("sign: 新}", "sign: 新}, {name: 重点}"),
        ("現状: 年6回", "現状: 年8回"),
        text=RICH,
    )
    told = "\n".join(_told(RICH, new))
    for line in (
        "印の一覧：「新規（新）」 → 「新規（新）、重点」",
        "印：「新規」 → 「新規、重点」",
        "現状と課題：「相談が増えている。」 → 「相談が年々増えている。」",
        "令和6年度　150件 令和8年度　200件 …」 → 「…　120件 令和6年度　160件 令和8年度　200件 …」（＋10）",
        "取組項目「家庭への訪問」　現状：「年6回」 → 「年8回」",
        "変更 5 件（変更 5）",
    ):
        assert line in told


def test_a_column_may_be_a_word_that_begins_with_a_year() -> None:
    old = RICH.replace("[現状, 2024, 2025-2026]", "[2024, 2025-2026, 2027年度以降]").replace("現状:", "2027年度以降:")
    assert _told(old, old) == ["変更はありません。"]
    (told, count) = _told(old, old.replace("2027年度以降: 年6回", "2027年度以降: 年8回"))[-2:]
    assert "年6回" in told
    assert count.startswith("変更 1 件")
