"""A small book in sections: every kind of structure that the real one has. As a script, it writes its PDF to a path."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from planbook.pdf import Typesetter
from planbook.project.paths import bundled_templates

CSS = (
    (bundled_templates() / "css/base.css").read_text(encoding="utf-8")
    + """
@page { size: 210mm 297mm; margin: 20mm; }
@page wide { size: 297mm 210mm; }
.wide { page: wide; }
table { width: 100%; table-layout: fixed; border-spacing: 0; }
th, td { border: 0.5pt solid; vertical-align: middle; }
.vertical { width: 1em; line-height: 1.15; word-break: break-all; font-feature-settings: "vert"; }
.leaf { height: 256mm; break-after: page; position: relative; }
.leaf.wide { height: 169mm; }
.leaf p { position: absolute; bottom: 0; margin: 0; width: 100%; text-align: center; }
"""
)
DATE = dt.date(2018, 3, 1)


def section(body: str, kind: str = "") -> str:
    return f'<!doctype html><html lang="ja"><head><title>計画</title></head><body class="{kind}">{body}</body></html>'


CONTENTS = section(
    """
<h1 id="title">地域福祉計画</h1>
<ul><li><a href="#table"><span>一</span> 事業の体系</a></li><li><a href="#guidebook">冊子の発行</a></li></ul>
"""
)
TABLE = section(
    """
<h2 id="table">事業の体系</h2>
<table>
<caption>事業の体系の表</caption>
<thead><tr><th scope="col">めざす姿</th><th scope="col">施策</th>
<th scope="col">事業</th><th scope="col">担当課</th></tr></thead>
<tbody>
<tr><th scope="row" rowspan="3" data-actual-text="ふれあい、助けあい">
<div class="vertical">ふれあい、助けあい</div></th>
<th scope="row" rowspan="2">相談</th><th scope="row"><a href="#guidebook">冊子</a></th><td>福祉課</td></tr>
<tr><th scope="row">窓口</th><td>市民課</td></tr>
<tr><th scope="row">見守り</th><th scope="row">訪問</th><td>高齢者福祉課</td></tr>
</tbody>
</table>
""",
    "wide",
)
SHEET = section(
    """
<h2>相談</h2><h3 id="guidebook">冊子</h3><h4>年度目標</h4>
<table><caption>冊子の年度目標</caption>
<tbody><tr><th scope="row">目標</th><td colspan="3">市民が読む</td></tr>
<tr><th scope="col">取組項目</th><th scope="col">平成30年度</th><th scope="col" colspan="2">平成31・32年度</th></tr>
<tr><th scope="row">発行</th><td>二千部</td><td>三千部</td><td>四千部</td></tr></tbody>
</table>
<p><a href="#title">はじめへ</a> <a href="https://www.example.jp/">市の<b>ページ</b></a></p>
"""
)
STAMPS = section(
    '<div class="leaf"><p>i</p></div><div class="leaf wide"><p>1 / 2</p></div><div class="leaf"><p>2 / 2</p></div>'
)


def lay_out_book(typesetter: Typesetter) -> list[Any]:
    pages = [page for html in (CONTENTS, TABLE, SHEET) for page in typesetter.lay_out(html)]
    return typesetter.stamp(pages, STAMPS)


def write(typesetter: Typesetter, pages: list[Any]) -> bytes:
    return typesetter.write(pages, title="地域福祉計画", author="白井市", subject="冊子の計画", date=DATE, front=1)


def write_book(typesetter: Typesetter) -> bytes:
    return write(typesetter, lay_out_book(typesetter))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(write_book(Typesetter(CSS, [bundled_templates()])))
