"""What planbook puts in the place of parts of WeasyPrint gives what WeasyPrint gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import weasyprint

from planbook.check.check import check
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.pdf import LayoutError, Typesetter
from planbook.pdf import weasyprint_patches as patches
from planbook.pdf.weasyprint_patches import computed_styles
from planbook.project.paths import bundled_templates
from planbook.project.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PLANS: dict[str, tuple[str, ...]] = {
    "data/plan.yaml": (),
    "tests/stress/plan.yaml": ("-d", "plan", "-f", "pdf"),
}
STARTER = ROOT / "src/planbook/project/starter_files/data/plan.yaml"
"""Has every part of the format."""

# What planbook's own pages do not have, too: everything that a plan's own templates may ask for.
CSS = """
@page { size: 120mm 90mm; margin: 10mm }
@page wide { size: 200mm 90mm; margin-inline-start: 12mm }
@page :first { margin-top: 20mm; border-top: 1px solid }
@page :nth(2) { padding: 3%; color: #333; @bottom-right { width: 30% } }
@page :left { margin-left: 15mm; background: #eee }
.wide { page: wide }
.wide p { width: 50% }
h1 { counter-increment: part; page-break-before: auto; width: 20vw; font-size: 2vmax }
h1::before { content: counter(part) "　"; color: #333 }
p::first-line { font-weight: bold }
.letter::first-letter { font-size: 200% }
.spaced { letter-spacing: 0.2em; word-spacing: 1em }
.even { text-align: justify }
.under { text-decoration: underline }
.through { text-decoration: line-through overline }
.small { font-feature-settings: "palt"; font-size: 0.8em; font-kerning: none }
.left { float: left; width: 30%; margin: 2%; border: 1px solid; box-sizing: border-box }
.right { float: right; max-width: 5em; padding: calc(1% + 2px) }
.cleared { clear: both; min-height: 10% }
.any { overflow-wrap: anywhere; white-space: pre-wrap; width: 6em; hyphens: manual }
.short { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 5em }
.rtl { direction: rtl; margin-inline-start: 7mm; border-inline-end: 1px solid }
.logical { margin-block: 2mm 3mm; padding-inline-start: 4mm; border-start-start-radius: 2mm; background: #eee }
.boxes { display: flex; gap: 1em }
.boxes > * { flex: 1 }
.grid { display: grid; grid-template-columns: 1fr 2fr }
.columns { columns: 2 }
.inline { display: inline-block; max-width: 8em }
.absolute { position: absolute; top: 5mm; right: 10% }
.note { float: footnote }
.separate { border-collapse: separate; border-spacing: 2px; width: auto; table-layout: auto }
.collapse { border-collapse: collapse; width: 100%; margin: 3% auto; padding: 2px }
td, th { border: 1px solid; padding: 1mm 2% }
a[href]::after { content: " →" }
ul { list-style: "・" outside } ol { list-style: decimal inside }
p + p { text-indent: 1em }
li:nth-child(2), [lang|="en"] { color: #1f4e79 }
.round { border-radius: 1mm 10%; background: #eee; box-shadow: none }
.seen { background: linear-gradient(#fff, #ccc); visibility: visible } .gone { visibility: hidden; background: red }
:root { --gap: 3mm } .gap { margin: var(--gap); --gap: 5mm }
"""
EVERYTHING = """
<h1 id="first">地域福祉計画</h1>
<p class="letter">めざす姿は、だれもが<b>安心して</b>暮らせる<span class="inline">まちをつくることであり、</span>
みんなで進める。</p>
<p class="even">計画 の 期間 は 六年 とし、 三年目 に 見直し を 行う もの と する。 毎年度 の 評価 を 公表 する。</p>
<p class="spaced">字間を 空ける</p><p class="under">下線と<span class="through">取消線</span></p>
<p class="small">詰め組み「、。」1ページ</p>
<div class="left">左の囲み</div><div class="right">右の囲みは狭い</div>
<p>囲みの間を流れる文は、幅が狭くなり、行が増える。</p>
<p class="cleared">その下</p><div class="any">長い\tURL https://www.example.jp/abcdefghijklmnop\nと改\u00ad行</div>
<div class="short">あふれる文字は省かれる</div><div class="rtl">右から abc</div>
<div class="logical">始まりの側<p style="margin-inline-start: 1em">中</p></div>
<div class="boxes"><p>一</p><p>二の箱は少し長い</p></div><div class="grid"><p>一</p><p>二</p></div>
<div class="columns"><p>段組みの一段目から二段目へと流れる文。</p><p>二つめの段落。</p></div>
<p class="absolute">離れた所</p><p>脚注<span class="note">脚注の文</span>のある文</p>
<ul><li>一</li><li>二</li></ul><ol><li>一</li><li lang="en">two</li></ol>
<table class="separate"><tbody><tr><th>題</th><td>値</td></tr></tbody></table>
<table class="collapse" id="second"><thead><tr><th>題</th><th>値</th></tr></thead>
<tbody><tr><td style="width: 30%; border: 3px double">一</td><td rowspan="2">二</td></tr>
<tr><td>三</td></tr></tbody></table>
<div class="gap">間</div><div class="round">丸い</div><div class="seen">見える</div><div class="gone">隠れる</div>
<p hidden="">見えない</p><p><a href="#second">表へ</a><br/>改行<sup>一</sup><sub>二</sub></p>
"""


def section(body: str, kind: str = "") -> str:
    return f'<!DOCTYPE html><html lang="ja"><head><title>計画</title></head><body class="{kind}">{body}</body></html>'


SECTIONS = (section(EVERYTHING), section(EVERYTHING, "wide"), section(EVERYTHING), section("<p>短い</p>", "wide"))


@pytest.fixture
def ordinary(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on, WeasyPrint is as it is."""

    def use() -> None:
        monkeypatch.setattr(patches, "_PLACES", [])
        monkeypatch.setattr(patches, "USED", False)

    return use


def pages(sections: tuple[str, ...], css: str = CSS) -> list[Any]:
    new = Typesetter(css, [bundled_templates()])
    return [
        (page.width, page.height, page.content, page.structure, page.anchors, page.links)
        for html in sections
        for page in new.lay_out(html)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "options"), PLANS.items())
def test_a_build_without_patches_gives_the_same_bytes(
    plan: str, options: tuple[str, ...], built: Callable[..., Path], tmp_path: Path
) -> None:
    # In processes of their own: what is loaded before WeasyPrint is a patch as well.
    command = [sys.executable, "-m", "planbook", "build", ROOT / plan, "-d", "plan", "-f", "pdf", "-o", tmp_path]
    environment = os.environ | {"PLANBOOK_WEASYPRINT_PATCHES": "off"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert (tmp_path / "plan.pdf").read_bytes() == (built(plan, *options) / "plan.pdf").read_bytes()


def test_pages_with_everything_are_the_same(ordinary: Callable[[], None]) -> None:
    quick = pages(SECTIONS)
    ordinary()
    assert quick == pages(SECTIONS)


def test_each_section_is_as_if_it_were_alone(ordinary: Callable[[], None]) -> None:
    # Nothing that one section teaches is wrong for the next: not even a length that depends on its page.
    together = pages(SECTIONS)
    ordinary()
    assert together == [page for html in SECTIONS for page in pages((html,))]


def test_measures_are_the_same(ordinary: Callable[[], None]) -> None:
    def measures() -> list[Any]:
        return [Typesetter(CSS, [bundled_templates()]).measure(html, ("p", "tr", "li")) for html in SECTIONS]

    quick = measures()
    ordinary()
    assert quick == measures()


def test_a_section_with_styles_of_its_own_teaches_no_other() -> None:
    own = section("<style>p { color: red; font-size: 20pt }</style><p>色</p>")
    plain = section("<p>色</p>")
    new = Typesetter(CSS, [bundled_templates()])
    (before,), (with_own,), (after,) = new.lay_out(plain), new.lay_out(own), new.lay_out(plain + "\n")
    assert before.content == after.content != with_own.content


def test_warnings_are_the_same() -> None:
    new = Typesetter(CSS, [bundled_templates()])
    with pytest.raises(LayoutError, match="二度"):
        new.lay_out(section('<p id="same">一</p><p id="same">二</p>'))
    with pytest.raises(LayoutError, match="line-break"):
        new.lay_out(section('<p style="line-break: strict">一</p>'))


def test_weasyprint_is_as_it_was_afterwards() -> None:
    before = [(owner, name, getattr(owner, name)) for owner, name, _, _ in patches._PLACES]
    assert len({id(theirs) for _, _, theirs in before}) == len(patches._replacements())
    with patches.patched():
        assert all(getattr(owner, name) is not theirs for owner, name, theirs in before)
    assert all(getattr(owner, name) is theirs for owner, name, theirs in before)


UNPATCHED = """
import importlib.metadata, sys
real = importlib.metadata.version
importlib.metadata.version = lambda name: "70.1" if name == "weasyprint" else real(name)
import planbook.pdf
from planbook.pdf import weasyprint_patches as patches
print(patches.USED, patches._PLACES, type(patches.read_html("<p>一</p>", "", None)).__module__)
print(sorted(name for name in sys.modules if name.startswith("planbook.pdf.weasyprint_patches.")))
"""


def test_another_version_of_weasyprint_is_used_as_it_is() -> None:
    done = subprocess.run([sys.executable, "-c", UNPATCHED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False [] weasyprint", "[]"]


def test_what_is_not_xml_is_read_as_html() -> None:
    new = Typesetter(CSS, [bundled_templates()])
    (xml,) = new.lay_out(section("<p>一<br/>二&amp;三</p><table><tbody><tr><td>四</td></tr></tbody></table>"))
    (html,) = new.lay_out(section("<p>一<br>二&amp;三<table><tr><td>四</table>"))
    assert xml.content == html.content


def test_all_sections_of_a_book_are_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is not is read by a slow parser: right, but not quick.
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("not XML")

    monkeypatch.setattr(weasyprint.HTML, "__init__", refuse)
    plan = check(STARTER.read_bytes(), STARTER.name).plan
    assert plan
    BookPrinter(Templates()).print(plan, [Publication.PLAN], lambda *_: None)


def test_what_is_known_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pages(SECTIONS)
    monkeypatch.setattr(computed_styles, "_MAX_STYLES", 20)
    stores = set()
    real = computed_styles._store

    def store(sheets: Any) -> Any:
        stores.add(found := real(sheets))
        return found

    monkeypatch.setattr(computed_styles, "_store", store)
    fixed = CSS.replace("vw", "mm").replace("vmax", "mm")
    assert pages(SECTIONS) == expected
    stores.clear()
    pages(SECTIONS, fixed)
    assert len(stores) > 1
