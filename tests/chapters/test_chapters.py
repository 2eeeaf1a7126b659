"""Chapters: Markdown files as parts of the book, in print and on the web page, and what is told of them."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

import pypdf
import pytest

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.html.web_page import render_web_page
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication
from planbook.project.starter import starter_files
from tests.validation import assert_valid

if TYPE_CHECKING:
    from pathlib import Path

    from planbook.check.check import Checked

PARTS = "parts: [cover, {chapter: chapters/a.md}, contents, sheets, {chapter: chapters/b.md}]"
PLAN = re.sub(r"book:\n  parts:\n(    - .*\n)+", f"book:\n  {PARTS}\n", starter_files()["data/plan.yaml"].decode())
GREETING = "# ごあいさつ\n\n本市では、\n計画を作りました。{{ 7 * 7 }}{% raw %}<b>\n"
APPENDIX = """# 資料編

## 策定の経過

会議を*3回*開きました[^1]。[用語](#用語)も見てください。

| 回 | 日 |
|---|--:|
| 1 | 4月 |

![計画の体系を示す図](figure.svg "図1")

\\newpage

## 用語

地域福祉
: 支え合うことです。

[^1]: 委員は12人です。
"""
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><text x="1" y="8">図</text></svg>'


def checked(folder: Path, greeting: str = GREETING, appendix: str = APPENDIX, **pictures: bytes) -> Checked:
    """Check the starter plan with two chapters and a picture."""
    (folder / "chapters").mkdir()
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "chapters/a.md").write_text(greeting, encoding="utf-8")
    (folder / "chapters/b.md").write_text(appendix, encoding="utf-8")
    (folder / "chapters/figure.svg").write_text(FIGURE, encoding="utf-8")
    for name, data in pictures.items():
        (folder / "chapters" / name.replace("_", ".")).write_bytes(data)
    return check(PLAN.encode(), "plan.yaml", folder / "plan.yaml")


def told(outcome: Checked) -> list[tuple[str, str, int, int]]:
    """Return rule, file, line and column of each diagnostic."""
    return [(each.rule, each.file[-4:], each.span.line, each.span.column) for each in outcome.diagnostics]


def test_chapters_are_in_contents_outline_and_running_heads_and_the_book_is_valid(tmp_path: Path) -> None:
    outcome = checked(tmp_path)
    assert told(outcome) == [("chapter-markup", "a.md", 4, 30)]
    assert outcome.plan
    pdf = BookPrinter(Templates()).print(outcome.plan, [Publication.PLAN], lambda *_: None)[0].content
    assert_valid(pdf, tmp_path)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = [page.extract_text() for page in reader.pages]
    assert reader.page_labels[:3] == ["i", "ii", "iii"]
    assert "本市では、計画を作りました。{{ 7 * 7 }}{% raw %}<b>" in re.sub(r"\n", "", pages[1]).replace("\u3000", "")
    assert re.search(r"ごあいさつ\s+ii\b", pages[2])
    last = reader.page_labels[-1]
    assert re.search(rf"用語\s+{last}\b", pages[2])
    assert re.search(rf"資料編\s+{int(last) - 1}\b", pages[2])
    assert "資料編" in pages[-1]
    assert "注1" in pages[-1]
    titles = [entry["/Title"] for entry in _flat(reader.outline)]
    assert {"ごあいさつ", "資料編", "策定の経過", "用語"} <= set(titles)


def _flat(outline: list[object]) -> list[dict[str, str]]:
    return [one for each in outline for one in (_flat(each) if isinstance(each, list) else [each])]  # type: ignore[misc]


def test_chapters_are_on_the_web_page_and_no_link_leads_nowhere(tmp_path: Path) -> None:
    plan = checked(tmp_path).plan
    assert plan
    html = render_web_page(plan, Publication.PLAN, Templates())
    assert "{{ 7 * 7 }}{% raw %}&lt;b&gt;" in html
    assert 'alt="計画の体系を示す図"' in html
    assert set(re.findall(r' href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))
    assert "style=" not in html.partition("</style>")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("はじめに\n", ("chapter-heading", "b.md", 1, 1)),
        ("#はじめに\n", ("chapter-heading", "b.md", 1, 1)),
        ("# 題\n\n### 飛ばす\n", ("chapter-heading", "b.md", 3, 1)),
        ("# 題\n\n＃　見出し\n", ("chapter-heading", "b.md", 3, 1)),
        ("# 題\n\n文[^1]です。\n", ("chapter-footnote", "b.md", 3, 2)),
        ("# 題\n\n[^1]: 注です。\n", ("chapter-footnote", "b.md", 3, 1)),
        ("# 題\n\n[章](#無い)\n", ("chapter-link", "b.md", 3, 5)),
        ("# 題\n\n[章](other.md)\n", ("chapter-link", "b.md", 3, 5)),
        ("# 題\n\n![](figure.svg)\n", ("chapter-picture", "b.md", 3, 5)),
        ("# 題\n\n文\n![図](none.png)\n", ("chapter-picture", "b.md", 4, 6)),
        ("# 題\n\n![図](../../secret.png)\n", ("chapter-picture", "b.md", 3, 6)),
        ("# 題\n\n![図](https://example.jp/a.png)\n", ("chapter-picture", "b.md", 3, 6)),
        ("# 題\n\n**「強い」**語\n", ("chapter-markup", "b.md", 3, 1)),
        ("# 題\n\n絵文字🎉です。\n", ("unprintable", "b.md", 3, 4)),
        ("# 題\n\nﾊﾝｶｸです。\n", ("character-width", "b.md", 3, 1)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: tuple[str, str, int, int], tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"")
    folder = tmp_path / "plan"
    folder.mkdir()
    outcome = checked(folder, GREETING.replace("<b>", ""), text)
    assert told(outcome) == [expected]
    assert all(each.hint for each in outcome.diagnostics)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a_png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("a_jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("a_jpg", b"\xff\xd8\xff\xc0\0\x14\x08\0\x01\0\x01\x04" + b"\0" * 14 + b"\xff\xd9"),
        ("a_svg", b'<svg viewBox="0 0 1 1"><image href="http://example.jp/a.png"/></svg>'),
        ("a_svg", b'<!DOCTYPE svg><svg viewBox="0 0 1 1"/>'),
        ("a_svg", b'<svg viewBox="0 0 1 1"><script/></svg>'),
        ("a_gif", b"GIF89a"),
    ],
)
def test_pictures_that_can_not_be_printed_are_told(name: str, data: bytes, tmp_path: Path) -> None:
    text = f"# 題\n\n![図]({name.replace('_', '.')})\n"
    outcome = checked(tmp_path, GREETING.replace("<b>", ""), text, **{name: data})
    assert told(outcome) == [("chapter-picture", "b.md", 3, 6)]


def test_a_missing_chapter_is_told_in_the_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    outcome = check(PLAN.encode(), "plan.yaml", tmp_path / "plan.yaml")
    assert [(each.rule, each.file) for each in outcome.diagnostics] == [("chapter-file", "plan.yaml")] * 2
    assert outcome.plan is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes in folders")
def test_a_pipe_for_a_chapter_is_told_and_never_waited_for(tmp_path: Path) -> None:
    checked(tmp_path)
    (tmp_path / "chapters" / "a.md").unlink()
    os.mkfifo(tmp_path / "chapters" / "a.md")
    plan = tmp_path / "plan.yaml"
    (found,) = (each for each in check(plan.read_bytes(), "plan.yaml", plan).diagnostics if each.rule == "chapter-file")
    assert "パイプや装置" in found.message
