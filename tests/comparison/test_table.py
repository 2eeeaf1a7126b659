"""The table as a document: golden pages, their rows in words and their look."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from PIL import Image, ImageChops, ImageStat

from planbook.comparison import html_and_pdf, markdown_table, terminal
from planbook.comparison.table import ComparisonHeading, ComparisonRow, ComparisonTable, ComparisonWords, table
from planbook.html.templates import Templates
from tests.comparison.base import BASE, compared, edited

GOLDEN = Path(__file__).parent / "golden"
"""Written anew by UPDATE_GOLDEN=1: look at them before you commit them."""

_TELLING = BASE[BASE.index("      - id: telling") : BASE.index("  - id: two")]
_VISITS = BASE[BASE.index("          - id: visits") : BASE.index("      - id: telling")]
_NEW = """\
          - id: dinners
            title: 地域食堂の支援
            goal: 子どもと高齢者が集う場を増やす。
            approaches: [会場の借り上げを支援する。, 運営する人の研修を開く。]
            actions:
              - id: dinner
                title: 地域食堂の運営の支援
                departments: [福祉課, 総務課]
                targets: {2024: 該当なし, 2025: {text: 運営の支援, figures: [{value: 2, unit: か所}]}}
"""

REVISED = edited(
    (_VISITS, ""),
    (_TELLING, _TELLING.replace("情報の提供", "情報の発信") + _VISITS),
    ("  - id: two\n", f"{_NEW}  - id: two\n"),
    ("title: 窓口の運営", "title: 総合窓口の運営"),
    ("{name: 窓口, value: 3, unit: か所}", "{name: 窓口, value: 5, unit: か所}, {name: 相談, value: 1200, unit: 件}"),
    ("goal: 健診の受診率を高める。", "goal: 健診の受診率を高め、病気の予防につなげる。"),
    ("健康課", "健康推進課"),
    ("              - relist: leaflets\n", ""),
    ("years: [2024, 2025]", "years: [2024, 2025, 2026]"),
    ("2024-2025", "2024-2026"),
    ("2025: ちらしの配布", "2025: 全戸への配布, 2026: 全戸への配布"),
    ("2025: {text: 運営の支援", "2025-2026: {text: 運営の支援"),
)
REASONS = {"desk": "総合相談を始めるため", "years": "県の計画に合わせるため"}


def _table(words: ComparisonWords | None = None) -> ComparisonTable:
    comparison = compared(BASE, REVISED)
    return table(comparison, ("現行計画", "改定案"), words or ComparisonWords(), REASONS, terminal.summary(comparison))


def test_golden_rows() -> None:
    told = markdown_table.write(_table(), 100_000)
    path = GOLDEN / "table.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(f"{told}\n", "utf-8")
    assert f"{told}\n" == path.read_text("utf-8")


def test_golden_page(tmp_path: Path) -> None:
    words = ComparisonWords("改正案", "現行", "備考", "新旧対照表", new_first=False)
    pdf = tmp_path / "table.pdf"
    pdf.write_bytes(html_and_pdf.pdf(_table(words), Templates(), dt.date(2024, 3, 1)))
    subprocess.run(["pdftoppm", "-r", "50", "-gray", "-png", pdf, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    if os.environ.get("UPDATE_GOLDEN"):
        for old in GOLDEN.glob("*.png"):
            old.unlink()
        for number, page in enumerate(pages, 1):
            (GOLDEN / f"page-{number}.png").write_bytes(page.read_bytes())
    expected = sorted(GOLDEN.glob("page-*.png"))
    assert len(pages) == len(expected)
    for now, golden in zip(pages, expected, strict=True):
        with Image.open(now) as one, Image.open(golden) as other:
            assert one.size == other.size
            assert ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean[0] < 0.5


def test_every_change_of_the_plan_has_a_row() -> None:
    rows = _table().rows
    headings = [row.text for row in rows if isinstance(row, ComparisonHeading)]
    assert headings[0] == "計画全体"
    assert "計画期間・欄の変更に伴うもの" in headings
    remarks = "".join(row.remark for row in rows if isinstance(row, ComparisonRow))
    for mark in ("（変更）", "（移動：(1)①から）", "名称の変更（2 か所）", *REASONS.values()):
        assert mark in remarks
    texts = [
        "".join(piece.text for piece in side)
        for row in rows
        if isinstance(row, ComparisonRow)
        for side in (row.new, row.old)
    ]
    assert "（新設）" in texts
    assert "（削除）" in texts


def test_too_long_markdown_says_what_it_left_out() -> None:
    whole = markdown_table.write(_table(), 100_000)
    short = markdown_table.write(_table(), 1_500)
    assert len(short.encode()) <= 1_500 < len(whole.encode())
    assert "行を省きました" in short
    assert whole.startswith(short.split("\n> **")[0].rstrip())


@pytest.mark.parametrize("text", ["a|b", "<script>", "*強調*", "[リンク](https://example.org)", "# 見出し", "`code`"])
def test_markdown_means_nothing_in_a_plan(text: str) -> None:
    comparison = compared(BASE, edited(("goal: 健診の受診率を高める。", f"goal: '{text}'")))
    told = markdown_table.write(table(comparison, ("a", "b"), ComparisonWords(), {}, ""), 100_000)
    read = MarkdownIt("commonmark", {"html": True}).enable("table").render(told)
    (cell,) = re.findall(r"<td>取り組み目標<br><ins>(.*?)</ins></td>", read)
    assert html.unescape(cell) == text
