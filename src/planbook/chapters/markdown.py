"""Markdown → tokens → HTML: CommonMark with tables, footnotes and definition lists; HTML in it is text."""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from planbook.plan.book import ChapterHeading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

PAGE_BREAK = "\\newpage"
"""A paragraph of its own that says so begins a new page: as in Pandoc and Quarto."""

BREAKS = {"softbreak", "hardbreak"}
"""The tokens at which a line of the file ends within a block."""

_HIGHEST = 1
"""By how many levels headings are lowered: the title of the book is h1."""


def parse(text: str, anchor: str) -> tuple[list[Token], dict[str, Any]]:
    """Return the tokens of a chapter, its headings with anchors, and what the renderer has to know beside them.

    `anchor` is where the chapter begins; all anchors in it begin with it.
    """
    env: dict[str, Any] = {"docId": anchor}
    tokens = _parser().parse(text, env)
    for number, token in enumerate(opening for opening in tokens if opening.type == "heading_open"):
        token.attrSet("id", anchor if number == 0 else f"{anchor}:{number}")
    for cell in tokens:
        # A class, since the policy of the web page allows no style at an element.
        if cell.type in {"th_open", "td_open"} and (style := str(cell.attrs.pop("style", ""))):
            cell.attrSet("class", style.removeprefix("text-align:"))
        if cell.type == "th_open":
            cell.attrSet("scope", "col")
    tokens = _without_page_breaks(tokens)
    _make_figures(tokens)
    return tokens, env


def headings(tokens: Sequence[Token]) -> tuple[ChapterHeading, ...]:
    """Return the headings of a chapter."""
    return tuple(
        ChapterHeading(str(opening.attrs["id"]), int(opening.tag[1]), plain_text(tokens[at + 1]))
        for at, opening in enumerate(tokens)
        if opening.type == "heading_open"
    )


def plain_text(inline: Token) -> str:
    """Return the text of a line of tokens without its marks."""
    parts = (
        child.content if child.type in {"text", "code_inline"} else " " if child.type == "softbreak" else ""
        for child in inline.children or ()
    )
    return "".join(parts).strip()


def inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, tuple[int, int]]]:
    """Yield every run of text, with the lines that it stands in: those of the block around it where it has none."""
    around = (0, 1)
    for token in tokens:
        if token.map:
            around = (token.map[0], max(token.map[1], token.map[0] + 1))
        if token.type == "inline":
            yield token, around


def places(found: Sequence[ChapterHeading]) -> dict[str, str]:
    """Return the anchors of headings by what a link may call them: the text, or as GitHub writes it, with hyphens."""
    known: dict[str, str] = {}
    for heading in found:
        for name in (heading.text, "-".join(heading.text.lower().split())):
            known.setdefault(name, heading.anchor)
    return known


def target(href: str, known: dict[str, str]) -> str | None:
    """Return where a link within a chapter leads, or None where there is no such heading."""
    return known.get(unquote(href).removeprefix("#"))


def render(tokens: Sequence[Token], env: dict[str, Any], known: dict[str, str], pictures: dict[str, str]) -> str:
    """Return a chapter as HTML. `pictures` has the data of every picture by what the text calls it."""
    for inline, _ in inlines(tokens):
        for child in inline.children or ():
            if child.type == "link_open" and str(child.attrs["href"]).startswith("#"):
                child.attrSet("href", f"#{target(str(child.attrs['href']), known)}")
            elif child.type == "image":
                child.attrSet("src", pictures[unquote(str(child.attrs["src"]))])
    return str(_parser().renderer.render(tokens, _parser().options, env))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin).use(deflist_plugin)
    rules = {
        "heading_open": _heading,
        "heading_close": _heading,
        "softbreak": _soft_break,
        "image": _picture,
        "footnote_ref": _footnote_reference,
        "footnote_block_open": lambda *_: '<section class="footnotes">\n',
        "footnote_block_close": lambda *_: "</section>\n",
        "footnote_open": _footnote,
        "footnote_close": lambda *_: "</div>\n",
        "footnote_anchor": lambda *_: "",
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, _method(rule))
    return parser


def _method(rule: Callable[..., str]) -> Callable[..., str]:
    return lambda _, *arguments: rule(*arguments)


def _without_page_breaks(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without the paragraphs that ask for a new page, and mark the blocks behind them."""
    kept: list[Token] = []
    at = 0
    is_new_page = False
    while at < len(tokens):
        if tokens[at].type == "paragraph_open" and tokens[at + 1].content.strip() == PAGE_BREAK:
            is_new_page = True
            at += 3
            continue
        if is_new_page:
            tokens[at].attrJoin("class", "new-page")
        is_new_page = False
        kept.append(tokens[at])
        at += 1
    return kept


def _make_figures(tokens: Sequence[Token]) -> None:
    """Make figures of paragraphs that hold nothing but a picture."""
    for at, token in enumerate(tokens):
        children = token.children or ()
        if token.type == "inline" and len(children) == 1 and children[0].type == "image":
            opening, closing = tokens[at - 1], tokens[at + 1]
            if opening.type == "paragraph_open":
                opening.tag = closing.tag = "figure"
                opening.hidden = closing.hidden = False


def _heading(tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    level = min(int(token.tag[1]) + _HIGHEST, 6)
    if token.nesting < 0:
        return f"</h{level}>\n"
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())
    return f"<h{level}{attributes}>"


def _soft_break(tokens: Sequence[Token], at: int, *_: Any) -> str:
    """A new line in the file is no space between Japanese characters."""
    before = _text_of_line(tokens, range(at - 1, -1, -1))
    after = _text_of_line(tokens, range(at + 1, len(tokens)))
    return "" if _wide(before[-1:]) or _wide(after[:1]) else "\n"


def _text_of_line(tokens: Sequence[Token], places: range) -> str:
    """Return the first text among tokens of one line."""
    for at in places:
        if tokens[at].content or tokens[at].type in BREAKS:
            return tokens[at].content
    return ""


def _wide(character: str) -> bool:
    return character != "" and unicodedata.east_asian_width(character) in "WFA"


def _picture(tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    caption = token.attrs.get("title")
    image = f'<img src="{token.attrs["src"]}" alt="{escape(token.content)}"/>'
    return f'{image}<span class="caption">{escape(str(caption))}</span>' if caption else image


def _footnote_reference(tokens: Sequence[Token], at: int, _: Any, env: dict[str, Any]) -> str:
    number = tokens[at].meta["id"] + 1
    again = f":{tokens[at].meta['subId']}" if tokens[at].meta.get("subId") else ""
    anchor = escape(f"{env['docId']}:fn{number}")
    return f'<sup class="note-mark"><a id="{anchor}:from{again}" href="#{anchor}">注{number}</a></sup>'


def _footnote(tokens: Sequence[Token], at: int, _: Any, env: dict[str, Any]) -> str:
    number = tokens[at].meta["id"] + 1
    anchor = escape(f"{env['docId']}:fn{number}")
    return f'<div class="footnote" id="{anchor}"><span class="note-number">注{number}</span>'
