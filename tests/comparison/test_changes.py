"""What is told of a change: before, after, expected."""

# ruff: noqa: E501 - lines as they are told
from __future__ import annotations

import re

import pytest

from planbook.comparison import terminal
from tests.comparison.base import BASE, compared, edited

_VISITS = BASE[BASE.index("          - id: visits") : BASE.index("      - id: telling")]
_TELLING = BASE[BASE.index("      - id: telling") : BASE.index("  - id: two")]
_TWO = BASE[BASE.index("  - id: two") :]
_WEB = _TELLING[_TELLING.index("          - id: web") :]
_LEAFLETS = BASE[BASE.index("              - id: leaflets") : BASE.index("          - id: visits")]

CASES: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "nothing": ([], ["変更はありません。"]),
    "reflowed": (
        [
            ("goal: 相談しやすい窓口を設ける。", "goal: >-\n              相談しやすい\n              窓口を設ける。"),
            ("vision: [ともに生きる, まち]", "vision:\n  - ともに\n  - 生きるまち"),
            ("2024-2025: ページの見直し", "2024: ページの見直し, 2025: ページの見直し"),
        ],
        ["変更はありません。"],
    ),
    "renamed": (
        [("title: 窓口の運営", "title: 総合窓口の運営")],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      ~ 名称　取組項目「総合窓口の運営」　「窓口の運営」 → 「総合窓口の運営」",
            "変更 1 件（名称 1）",
        ],
    ),
    "figure": (
        [("value: 3, unit", "value: 5, unit")],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      ~ 変更　取組項目「窓口の運営」　令和6～7年度：「窓口の運営 ・窓口：3か所」 → 「窓口の運営 ・窓口：5か所」（窓口 ＋2か所）",
            "変更 1 件（変更 1）",
        ],
    ),
    "one year of a range": (
        [("2024-2025: 年12回の訪問", "2024: 年12回の訪問, 2025: 年24回の訪問")],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    訪問による相談",
            "      ~ 変更　取組項目「家庭への訪問」　令和7年度：「年12回の訪問」 → 「年24回の訪問」",
            "変更 1 件（変更 1）",
        ],
    ),
    "texts of a section": (
        [
            ("goal: 相談しやすい窓口を設ける。", "goal: 相談しやすい窓口を各地区に設ける。"),
            ("[窓口を設ける。, 窓口を知らせる。]", "[窓口を設ける。]"),
        ],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    ~ 変更　事業「相談窓口の設置」　取り組み目標：「相談しやすい窓口を設ける。」 → 「相談しやすい窓口を各地区に設ける。」",
            "    ~ 変更　事業「相談窓口の設置」　主な取り組み：「・窓口を設ける。 ・窓口を知らせる。」 → 「窓口を設ける。」",
            "変更 2 件（変更 2）",
        ],
    ),
    "action removed with its relisting": (
        [(_LEAFLETS, ""), ("              - relist: leaflets\n", "")],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      - 削除　取組項目「ちらしの配布」（総務課）",
            "  ② 情報の提供",
            "    ウェブサイトの充実",
            "      - 削除　「ちらしの配布（再掲）」",
            "変更 2 件（削除 2）",
        ],
    ),
    "relisting added": (
        [("              - relist: leaflets\n", "              - relist: leaflets\n              - relist: desk\n")],
        [
            "(1) 福祉の充実",
            "  ② 情報の提供",
            "    ウェブサイトの充実",
            "      + 新設　「窓口の運営（再掲）」",
            "変更 1 件（新設 1）",
        ],
    ),
    "id changed, with what points to it": (
        [("leaflets", "flyers")],
        [
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      ~ id　取組項目「ちらしの配布」　leaflets → flyers",
            "変更 1 件（id 1）",
        ],
    ),
    "id and title of a section changed": (
        [("id: telling", "id: information"), ("title: 情報の提供", "title: 情報の発信")],
        [
            "(1) 福祉の充実",
            "  ~ id　施策の方向「② 情報の発信」　telling → information",
            "  ~ 名称　施策の方向「② 情報の発信」　「情報の提供」 → 「情報の発信」",
            "変更 2 件（名称 1、id 1）",
        ],
    ),
    "project moved and reworded": (
        [(_VISITS, ""), (_TELLING, _TELLING + _VISITS.replace("訪問による相談", "訪問による支援"))],
        [
            "(1) 福祉の充実",
            "  ② 情報の提供",
            "    > 移動　事業「訪問による支援」　(1)①から",
            "    ~ 名称　事業「訪問による支援」　「訪問による相談」 → 「訪問による支援」",
            "変更 2 件（移動 1、名称 1）",
        ],
    ),
    "actions in another order": (
        [
            ("              - relist: leaflets\n", ""),
            ("ページの見直し}\n", "ページの見直し}\n              - relist: leaflets\n"),
        ],
        [
            "(1) 福祉の充実",
            "  ② 情報の提供",
            "    ウェブサイトの充実",
            "      > 移動　「ちらしの配布（再掲）」　1番目から",
            "変更 1 件（移動 1）",
        ],
    ),
    "policy put before others": (
        [(_TWO, ""), ("policies:\n", "policies:\n" + _TWO)],
        [
            "> 移動　基本方針「(1) 健康の増進」　2番目から",
            "番号だけが変わったもの",
            "  ~ 番号　(1) → (2)　福祉の充実",
            "変更 2 件（移動 1、番号 1）",
        ],
    ),
    "measures merged": (
        [(_TELLING, _WEB)],
        [
            "> 統合　「(1)①　相談の充実」、「(1)②　情報の提供」 → 「(1)①　相談の充実」（1 件が移動）",
            "変更 1 件（統合 1）",
        ],
    ),
    "measure parted": (
        [(_VISITS, f"      - id: visiting\n        title: 訪問の充実\n        projects:\n{_VISITS}")],
        [
            "> 分割　「(1)①　相談の充実」 → 「(1)①　相談の充実」、「(1)②　訪問の充実」（1 件が移動）",
            "番号だけが変わったもの",
            "  ~ 番号　② → ③　情報の提供",
            "変更 2 件（分割 1、番号 1）",
        ],
    ),
    "extended by two years": (
        [
            ("years: [2024, 2025]", "years: [2024, 2025, 2026, 2027]"),
            ("2024-2025", "2024-2027"),
            ("2025: ちらしの配布", "2025: ちらしの配布, 2026-2027: 該当なし"),
        ],
        ["~ 期間　追加 令和8年度、令和9年度（5 件の目標・指標も）", "変更 1 件（期間 1）"],
    ),
    "extended, and a target changed": (
        [
            ("years: [2024, 2025]", "years: [2024, 2025, 2026]"),
            ("2024-2025", "2024-2026"),
            ("2025: ちらしの配布", "2025: 全戸への配布, 2026: 全戸への配布"),
        ],
        [
            "~ 期間　追加 令和8年度（5 件の目標・指標も）",
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      ~ 変更　取組項目「ちらしの配布」　令和7年度：「ちらしの配布」 → 「全戸への配布」",
            "変更 2 件（期間 1、変更 1）",
        ],
    ),
    "department renamed": (
        [("健康課", "健康推進課")],
        ["~ 担当　名称の変更　健康課 → 健康推進課（「家庭への訪問」、「特定健診の実施」）", "変更 1 件（担当 1）"],
    ),
    "departments merged into a new one": (
        [
            ("[福祉課, 総務課, 健康課]", "[総務課, 健康福祉課]"),
            ("[福祉課, 健康課]", "[健康福祉課]"),
            ("[福祉課]", "[健康福祉課]"),
            ("[健康課]", "[健康福祉課]"),
        ],
        ["~ 担当　統合　福祉課、健康課 → 健康福祉課（3 か所）", "変更 1 件（担当 1）"],
    ),
    "department merged into one that stays": (
        [("[福祉課, 総務課, 健康課]", "[福祉課, 総務課]"), ("[福祉課, 健康課]", "[福祉課]"), ("[健康課]", "[福祉課]")],
        ["~ 担当　統合　健康課、福祉課 → 福祉課（「家庭への訪問」、「特定健診の実施」）", "変更 1 件（担当 1）"],
    ),
    "department parted": (
        [
            ("[福祉課, 総務課, 健康課]", "[福祉課, 総務課, 健診課, 保健課]"),
            ("[福祉課, 健康課]", "[福祉課, 保健課]"),
            ("[健康課]", "[健診課]"),
        ],
        ["~ 担当　分割　健康課 → 保健課、健診課（「家庭への訪問」、「特定健診の実施」）", "変更 1 件（担当 1）"],
    ),
    "department renamed, and another added in one place": (
        [("健康課", "健康推進課"), ("departments: [福祉課]", "departments: [福祉課, 総務課]")],
        [
            "~ 担当　名称の変更　健康課 → 健康推進課（「家庭への訪問」、「特定健診の実施」）",
            "(1) 福祉の充実",
            "  ① 相談の充実",
            "    相談窓口の設置",
            "      ~ 変更　取組項目「窓口の運営」　担当課：「福祉課」 → 「福祉課、総務課」",
            "変更 2 件（担当 1、変更 1）",
        ],
    ),
    "the plan itself": (
        [
            ("title: ためし計画\n", "title: 第2次ためし計画\nstage: 案\n"),
            ("date: 2024-03", "date: 2024-06"),
            ("vision: [ともに生きる, まち]", "vision: [ともに支える, まち]"),
            ("policies:", "labels: {sheets: {project: 主要事業}}\npolicies:"),
        ],
        [
            "~ 変更　計画　計画の名称：「ためし計画」 → 「第2次ためし計画」",
            "~ 変更　計画　段階：（なし） → 「案」",
            "~ 変更　計画　策定年月：「令和6年3月」 → 「令和6年6月」",
            "~ 変更　計画　めざす姿：「ともに生きるまち」 → 「ともに支えるまち」",
            "~ 変更　計画　印刷される言葉：sheets：（なし） → 「project：主要事業」",
            "変更 5 件（変更 5）",
        ],
    ),
    "department given where it was understood": (
        [("title: 訪問による相談\n", "title: 訪問による相談\n            departments: [福祉課, 健康課]\n")],
        ["変更はありません。"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_told(name: str) -> None:
    replacements, expected = CASES[name]
    assert list(terminal.lines(compared(BASE, edited(*replacements)))) == expected


def test_colors_do_not_change_the_words() -> None:
    comparison = compared(BASE, edited(("title: 窓口の運営", "title: 総合窓口の運営")))
    colored = list(terminal.lines(comparison, color=True))
    assert any("\x1b[" in line for line in colored)
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in colored] == list(terminal.lines(comparison))
