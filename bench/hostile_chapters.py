"""Chapters that are made to take long, by kind: Markdown files in which something stands very often."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "本市では、支え合いのまちをめざして計画を作りました。"


def _often(text: Callable[[int], str]) -> Callable[[int], str]:
    """Return chapters with a text again and again, which may count."""
    return lambda number: "# 章\n\n" + "".join(map(text, range(number))) + "\n"


KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": _often(lambda at: f"{TEXT * 5}{at}\n\n"),
    "lines of a paragraph": _often(lambda _: "あ\n"),
    "a long line": _often(lambda _: TEXT),
    "hard breaks": _often(lambda _: "あ  \n"),
    "empty links": _often(lambda _: "[](#章)\n"),
    "blank lines": _often(lambda _: "   \n"),
    "new pages": _often(lambda _: "\\newpage\n\n"),
    "headings": _often(lambda at: f"## 見出し{at}\n\n"),
    "same headings": _often(lambda _: "## 見出し\n"),
    "levels that are left out": _often(lambda _: "##### あ\n## い\n"),
    "full-width headings": _often(lambda _: "＃　あ\n\n"),
    "lines below headings": _often(lambda _: "あ\n---\n"),
    "links": _often(lambda _: "[あ](https://example.jp/) "),
    "links to nothing": _often(lambda at: f"[あ](#い{at})\n"),
    "addresses that are none": _often(lambda at: f"[あ](file:///etc/{at})\n"),
    "open links": _often(lambda _: "[a]("),
    "open brackets": _often(lambda _: "["),
    "brackets": lambda n: _often(lambda _: "[")(n) + "]" * n,
    "open pictures": _often(lambda _: "!["),
    "pictures in pictures": lambda n: _often(lambda _: "![")(n // 6) + "](a)" * (n // 6),
    "missing pictures": _often(lambda at: f"![図](a{at}.png)\n\n"),
    "one missing picture": _often(lambda _: "![図](a.png) "),
    "references": lambda n: _often(lambda at: f"[a{at}]: /b\n")(n) + "[a0] " * n,
    "a reference without end": _often(lambda _: "[a]: \\\n"),
    "emphasis": _often(lambda _: "*あ* "),
    "open emphasis": _often(lambda _: "*a **b "),
    "stars": _often(lambda _: "*"),
    "stars and lines": _often(lambda _: "*_"),
    "closing emphasis": _often(lambda _: "a** b* "),
    "bold that is none": _often(lambda _: "**「あ」**い\n"),
    "code": _often(lambda _: "`a` "),
    "open code": lambda n: "# 章\n\n" + " ".join("`" * at for at in range(1, int((2 * n) ** 0.5))),
    "backticks": _often(lambda at: "`" * (at % 7 + 1) + "a"),
    "fences": _often(lambda _: "```\na\n"),
    "quotes in quotes": _often(lambda _: ">"),
    "quotes": _often(lambda _: "> a\n"),
    "lists on a line": _often(lambda _: "- "),
    "lists in lists": lambda n: "# 章\n\n" + "".join(f"{' ' * 2 * at}- a\n" for at in range(int(n**0.5))),
    "items": _often(lambda at: f"- 項目{at}\n"),
    "numbered items": _often(lambda at: f"{at}. 項目\n"),
    "definitions": _often(lambda at: f"言葉{at}\n: 説明\n\n"),
    "definitions of a word": _often(lambda _: ": 説明\n"),
    "words to define": _often(lambda _: "言葉\n\n: "),
    "notes": lambda n: _often(lambda at: f"あ[^{at}]\n")(n) + "".join(f"\n[^{at}]: い\n" for at in range(n)),
    "a note": lambda n: _often(lambda _: "あ[^1] ")(n) + "\n\n[^1]: い\n",
    "notes that are lost": _often(lambda at: f"あ[^{at}]\n"),
    "notes without place": _often(lambda at: f"[^{at}]: い\n"),
    "notes in notes": _often(lambda _: "^["),
    "notes in the line": _often(lambda _: "あ^[い] "),
    "rows": _often(lambda at: f"| あ | い |\n{'|---|---|' + chr(10) if not at else ''}"),
    "tables": _often(lambda _: "|a|\n|-|\n|b|\n\n"),
    "columns": lambda n: f"# 章\n\n{'|a' * n}|\n{'|-' * n}|\n",
    "cells that are lacking": lambda n: f"# 章\n\n{'|a' * 100}|\n{'|-' * 100}|\n" + "|a|\n" * n,
    "open tables": _often(lambda _: "a|b\n"),
    "elements": _often(lambda _: "<a "),
    "elements to the end": _often(lambda _: "<b>あ</b>\n"),
    "comments": _often(lambda _: "<!-- "),
    "declarations": _often(lambda _: "<?a <!A <![CDATA["),
    "addresses": _often(lambda _: "<https://a> "),
    "open addresses": _often(lambda _: "<https:"),
    "entities": _often(lambda _: "&amp;"),
    "open entities": _often(lambda _: "&a"),
    "backslashes": _often(lambda _: "\\"),
    "tabs": _often(lambda _: "\t"),
    "half-width kana": _often(lambda at: f"{'ｶﾞｷﾞ' * 30}{at}\n\n"),
    "unprintable": _often(lambda at: chr(0x20000 + at % 40000)),
    "control characters": _often(lambda _: "あ\x01\n"),
    "placeholders": _often(lambda at: f"○○{at}\n\n"),
}
"""By kind: the chapter in which something stands so many times."""
