"""What is wrong in a chapter, each with its line and column."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from planbook.chapters.markdown import BREAKS, headings, inlines, places, target
from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity
from planbook.rules import RULES
from planbook.rules.common.plan_parts import ChapterLines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from planbook.chapters.bitmaps import PictureError
    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan

_CHARACTER_RULES = ("unprintable", "decomposed", "character-width", "hidden-character", "lookalike", "placeholder")
"""What is looked for in the texts of a plan and can be looked for in any other text."""

_SCHEMES = ("http", "https", "mailto", "tel")
_NO_HEADING = re.compile(r"(?P<hashes>#{1,6}|＃{1,6})(?P<blank>[\u3000\u00a0]*)(?P<text>[^#＃\s].*)")
_ELEMENT = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_STARS = re.compile(r"\*\*")
_DEFINED = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]+)\]:")
_USED = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?!:)")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def findings(
    document: Document, lines: Sequence[str], tokens: Sequence[Token], pictures: Mapping[str, str | PictureError]
) -> Iterator[Finding]:
    """Yield all that is wrong in a chapter. `pictures` has the data of each, or what is wrong with it."""
    yield from _characters(document, lines)
    yield from _typed_headings(lines)
    yield from _levels(tokens)
    yield from _footnotes(lines)
    known = places(headings(tokens))
    for inline, (start, end) in inlines(tokens):
        line, last = start + 1, len(lines[min(end, len(lines)) - 1]) + 1 if lines else 1
        for child in inline.children or ():
            block = Span(line, 1, end, last)  # from the line on in which it begins, or one above
            if child.type in BREAKS:
                line += 1
            elif child.type == "text":
                yield from _marks(child.content, block)
            elif child.type == "link_open":
                yield from _link(str(child.attrs["href"]), known, block)
            elif child.type == "image":
                yield from _picture(child, pictures, block)


def _characters(document: Document, lines: Sequence[str]) -> Iterator[Finding]:
    text = ChapterLines(tuple(((number,), line) for number, line in enumerate(lines, 1) if line.strip()))
    for slug in _CHARACTER_RULES:
        rule = RULES[slug]
        for found in rule.check(cast("Plan", text), document):
            hint = "".join(f"「{right[:30]}」と書いてください。" for _, right in found.edits if right) or found.hint
            within = found.within or (found.edits[0][0] if found.edits else "")
            hint = hint or "この文字を消してください。"
            yield replace(found, rule=slug, severity=rule.severity, hint=hint, within=within, edits=())


def _typed_headings(lines: Sequence[str]) -> Iterator[Finding]:
    """`#見出し` and `＃ 見出し` are no headings: there is no blank, or the character is full width."""
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= bool(_FENCE.match(line))
        if fenced or not (found := _NO_HEADING.match(line)):
            continue
        hashes = "#" * len(found["hashes"])
        if found["hashes"] == hashes and not found["blank"] and found["text"][0].isascii() and hashes == "#":
            continue  # #1, #hashtag
        message = "見出しになっていません。# は半角で、その後に半角の空白が必要です。"
        span = Span(number, 1, number, found.end("blank") + 1)
        yield Finding("chapter-heading", span, message, f"次のように書いてください。\n{hashes} {found['text']}")


def _levels(tokens: Sequence[Token]) -> Iterator[Finding]:
    first = next((token for token in tokens if token.nesting >= 0 and token.type != "inline"), None)
    if first is None or first.type != "heading_open" or first.tag != "h1":
        if first and _NO_HEADING.match(tokens[1].content):
            return  # that is reported as what it is
        line = first.map[0] + 1 if first and first.map else 1
        message = "章が題から始まっていません。"
        hint = "はじめの行に、章の題を # と半角の空白を付けて書いてください（次の題は例です）。"
        hint += "目次と柱に印刷されます。\n# 章の題"
        yield Finding("chapter-heading", Span(line, 1, line, 1), message, hint)
        return
    above = 0
    for token in tokens:
        if token.type != "heading_open":
            continue
        level, line = int(token.tag[1]), (token.map or [0, 0])[0] + 1
        if level > above + 1:
            message = f"見出しのレベルが {'#' * above} から {'#' * level} へ飛んでいます。"
            hint = f"見出しを {'#' * (above + 1)} にしてください。レベルが抜けると、読み上げで構成が分かりません。"
            yield Finding("chapter-heading", Span(line, 1, line, level + 1), message, hint)
        above = level


def _footnotes(lines: Sequence[str]) -> Iterator[Finding]:
    defined = {found["name"]: number for number, line in enumerate(lines, 1) if (found := _DEFINED.match(line))}
    used: set[str] = set()
    for number, line in enumerate(lines, 1):
        for found in _USED.finditer(line):
            used.add(found["name"])
            if found["name"] not in defined:
                message = f"注「{found[0]}」の中身がありません。"
                hint = f"別の行に、次のように書いてください（注の文章は例です）。\n{found[0]}: 注の文章"
                yield Finding(
                    "chapter-footnote", Span(number, found.start() + 1, number, found.end() + 1), message, hint
                )
    for name, number in defined.items():
        if name not in used:
            message = f"注「[^{name}]」は、本文のどこからも引かれていません。このままでは印刷されません。"
            hint = f"本文の付けたい所に [^{name}] と書くか、この注を消してください。"
            yield Finding("chapter-footnote", Span(number, 1, number, len(name) + 4), message, hint)


def _marks(text: str, block: Span) -> Iterator[Finding]:
    if found := _ELEMENT.search(text):
        message = f"「{found[0][:40]}」は HTML として扱われず、このまま印刷されます。"
        hint = "章は Markdown で書きます。改ページは、\\newpage だけの行です。"
        yield Finding("chapter-markup", block, message, hint, severity=Severity.WARNING, within=found[0])
    if found := _STARS.search(text):
        message = "** が太字になっていません。このまま印刷されます。"
        hint = "** のすぐ内側が「」や空白だと効きません。** を「」の内側に入れるか、前後に半角の空白を入れてください。"
        yield Finding("chapter-markup", block, message, hint, severity=Severity.WARNING, within=found[0])


def _link(href: str, known: dict[str, str], block: Span) -> Iterator[Finding]:
    shown = unquote(href)
    if href.startswith("#"):
        if target(href, known) is None:
            message = f"リンク先の見出し「{shown.removeprefix('#')}」が、この章にありません。"
            hint = "この章の見出しを、そのまま # に続けて書いてください。"
            yield Finding("chapter-link", block, message, hint, within=shown)
    elif urlsplit(href).scheme not in _SCHEMES:
        message = f"リンク先「{shown}」は使えません。"
        hint = "https:// などで始まる URL か、#見出し にしてください。"
        yield Finding("chapter-link", block, message, hint, within=shown)


def _picture(image: Token, pictures: Mapping[str, str | PictureError], block: Span) -> Iterator[Finding]:
    name = unquote(str(image.attrs["src"]))
    if not image.content.strip():
        message = f"画像「{name}」に説明がありません。"
        hint = "画像を見られない人に読み上げられます。何の図か、[ ] の中に書いてください（次の説明は例です）。\n"
        hint += f"![図の説明]({name})"
        yield Finding("chapter-picture", block, message, hint, within=name)
    picture = pictures[name]
    if not isinstance(picture, str):
        yield Finding("chapter-picture", block, f"画像「{name}」{picture.why}", picture.hint, within=name)
