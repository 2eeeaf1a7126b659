"""What a house style says beside its variables and the renderer would pass over without a word.

A rule that is skipped, a selector that nothing fits, a typeface that is not there: each is reported at its own place,
so what a house style says is either done or reported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import cssselect2
import tinycss2

from planbook.diagnostics.suggestions import suggest
from planbook.pdf.house_style_paper import MILLIMETRES
from planbook.project.file_access import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Problem = tuple[int, int, str]
"""Line, column, message."""

_READ = {"page", "media", "font-face", "counter-style", "layer", "charset", "namespace"}
"""The rules that WeasyPrint 70.0 reads. @import is reported by itself."""
_PSEUDO_ELEMENTS = {"before", "after", "marker", "first-letter", "footnote-call", "footnote-marker"}
_NEVER = re.compile(r":(?:hover|active|focus(?:-within|-visible)?|visited|target)\b")
_PAPER = re.compile(r"margin(?:-(?:top|right|bottom|left))?")
_MIN_TYPE = 8.0
"""Points: what is smaller is not read by everyone."""
_ROUNDING = 0.01
_KEYWORDS = {"inherit", "initial", "unset", "revert"}


class PageSources(NamedTuple):
    """What pages are made of: the texts of all templates and stylesheets, and the folders that they stand in."""

    texts: str
    folders: Sequence[Path]


def rule_problems(css: str, fonts: Iterable[str], printed: PageSources) -> Iterator[Problem]:
    """Yield what is silently left out of `css`; `fonts` are the typefaces of the book."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    known = {*fonts, *_own_fonts(rules)}
    for rule in rules:
        yield from _problems(rule, known, printed)


def _problems(rule: Any, fonts: set[str], printed: PageSources) -> Iterator[Problem]:
    if rule.type == "at-rule":
        yield from _at_rule(rule, fonts, printed)
    elif rule.type == "qualified-rule":
        yield from _selector(rule, printed)
        yield from _values(rule, fonts, printed)


def _at_rule(rule: Any, fonts: set[str], printed: PageSources) -> Iterator[Problem]:
    line, column, name = rule.source_line, rule.source_column, rule.lower_at_keyword
    if name == "import":
        return
    if name not in _READ:
        yield line, column, f"@{rule.at_keyword} は使えません。{suggest(name, sorted(_READ))}"
    elif name == "page":
        yield from _page(rule, printed)
    elif name == "media":
        queries = tinycss2.serialize(rule.prelude).strip()
        if re.search(r"\b(?:screen|speech)\b", queries):
            yield line, column, f"@media {queries} の指定は、印刷では使われません。@media を外してください。"
        for inner in tinycss2.parse_rule_list(rule.content or (), skip_comments=True, skip_whitespace=True):
            yield from _problems(inner, fonts, printed)
    elif name == "font-face":
        yield from _urls(rule.content or (), printed)


def _page(rule: Any, printed: PageSources) -> Iterator[Problem]:
    selector = tinycss2.serialize(rule.prelude).strip()
    pages = _words(printed.texts).pages
    named = re.match(r"[\w-]+", selector)
    if named and named[0] not in pages:
        yield (
            rule.source_line,
            rule.source_column,
            f"ページ「{named[0]}」はありません。{suggest(named[0], pages)}",
        )
    for each in tinycss2.parse_blocks_contents(rule.content or (), skip_comments=True, skip_whitespace=True):
        if each.type == "at-rule":
            message = f"@{each.at_keyword} は使えません。柱とフッターは running-heads.html.j2 で作ります。"
            yield each.source_line, each.source_column, message
        elif each.type == "declaration" and _is_overruled(each, is_named=bool(named)):
            message = (
                f"@page の {each.name} は使えません。用紙と余白は、--book-page、--sheets-width、--sheets-margin などの"
                "変数で変えてください。"
            )
            yield each.source_line, each.source_column, message


def _is_overruled(declaration: Any, *, is_named: bool) -> bool:
    """Whether planbook says it itself: papers by variables, and all about paper in pages with names."""
    if declaration.lower_name == "size":
        return not is_named or not any(token.type == "function" for token in declaration.value)
    return not is_named and bool(_PAPER.fullmatch(declaration.lower_name))


def _selector(rule: Any, printed: PageSources) -> Iterator[Problem]:
    line, column = rule.source_line, rule.source_column
    written = tinycss2.serialize(rule.prelude).strip()
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return  # reported with what can not be read
    for selector in selectors:
        if selector.pseudo_element and selector.pseudo_element not in _PSEUDO_ELEMENTS:
            yield line, column, f"「{written}」の ::{selector.pseudo_element} は、印刷では使えません。"
    if found := _NEVER.search(written):
        yield line, column, f"「{written}」の {found[0]} は、印刷では使えません。"
    for name in dict.fromkeys(re.findall(r"\.([A-Za-z_][\w-]*)", written)):
        if not _words(printed.texts).has_class(name):
            known = _words(printed.texts).classes
            yield line, column, f"クラス「{name}」は planbook のページにありません。{suggest(name, known)}"


class _Words(NamedTuple):
    """The words of templates and stylesheets: all, the beginnings of those put together, as in `level-{{ level }}`."""

    all: frozenset[str]
    begun: tuple[str, ...]
    classes: tuple[str, ...]
    pages: tuple[str, ...]

    def has_class(self, name: str) -> bool:
        """Whether a class stands in the templates."""
        return name in self.all or name.startswith(self.begun)


@lru_cache(maxsize=1)
def _words(texts: str) -> _Words:
    words = re.findall(r"([\w-]+)(\{\{)?", texts)  # what may lack is optional: so no word is read again from its middle
    signs = re.split("([{};])", texts)
    selectors = " ".join(text for text, sign in zip(signs[::2], signs[1::2], strict=False) if sign == "{")
    return _Words(
        frozenset(word for word, _ in words),
        tuple({word for word, opened in words if opened and word.endswith("-")}),
        tuple(sorted(set(re.findall(r"\.([a-z][\w-]*)", selectors)))),
        tuple(sorted(set(re.findall(r"@page\s+([\w-]+)", texts)))),
    )


def _values(rule: Any, fonts: set[str], printed: PageSources) -> Iterator[Problem]:
    yield from _urls(rule.content, printed)
    for each in _declarations(rule.content):
        if each.lower_name in {"font-family", "--font", "font"}:
            names = _families(each.value if each.lower_name != "font" else _behind_the_size(each.value))
            if names and not fonts.intersection(names) and not _KEYWORDS.intersection(names):
                usable = "、".join(f"「{font}」" for font in sorted(fonts))
                message = f"書体「{names[0]}」は印刷に使えません。使える書体は{usable}です。"
                yield each.source_line, each.source_column, message
        if (size := _type_size(each)) is not None and size < _MIN_TYPE - _ROUNDING:
            message = f"{each.name} の文字が小さすぎます。{_MIN_TYPE:g}pt 以上にしてください。"
            yield each.source_line, each.source_column, message


def _type_size(declaration: Any) -> float | None:
    """Return the size of type that a declaration gives, in points; none where it gives none, or one beside others."""
    name = declaration.lower_name
    if name not in {"font", "font-size"} and not (name.startswith("--") and name.endswith("size")):
        return None
    size = next((token for token in declaration.value if token.type == "dimension"), None)
    if size is None or size.lower_unit not in MILLIMETRES:
        return None
    return float(size.value) * MILLIMETRES[size.lower_unit] * 72 / 25.4


def _urls(tokens: Iterable[Any], printed: PageSources) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "function" and token.lower_name != "url":
            yield from _urls(token.arguments, printed)
        elif token.type.endswith("block"):
            yield from _urls(token.content, printed)
        elif url := _url(token):
            place = token.source_line, token.source_column
            if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", url):
                if not url.startswith("data:"):
                    yield *place, f"「{url}」は読みません。ファイルは templates フォルダーの中に置いてください。"
            elif not url.startswith("#"):
                yield from ((*place, message) for message in _unusable(url, printed))


def _unusable(url: str, printed: PageSources) -> Iterator[str]:
    """Yield what is wrong with a file of a house style, if anything is."""
    for folder in printed.folders[:1]:
        path = folder / unquote(url)
        if reason := unreadable(path):
            yield f"ファイル「templates/{url}」を読めません（{reason}）。"
        elif not path.is_file():
            yield f"ファイル「templates/{url}」がありません。"


def _url(token: Any) -> str:
    if token.type == "url":
        return str(token.value)
    if token.type == "function":
        return next((str(each.value) for each in token.arguments if each.type == "string"), "")
    return ""


def _own_fonts(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            for each in _declarations(rule.content or ()):
                if each.lower_name == "font-family":
                    yield from _families(each.value)


def _behind_the_size(value: list[Any]) -> list[Any]:
    """Return what `font` says of typefaces: what stands behind the last length, such as 10pt or 10pt/1.5."""
    sizes = [at for at, token in enumerate(value) if token.type in {"dimension", "percentage", "number"}]
    return value[sizes[-1] + 1 :] if sizes else []


def _families(value: Iterable[Any]) -> list[str]:
    """Return the names of typefaces in the value of font-family; none where a variable says them."""
    names: list[list[str]] = [[]]
    for token in value:
        if token.type == "function":
            return []
        if token.type == "literal" and token.value == ",":
            names.append([])
        elif token.type in {"string", "ident"}:
            names[-1].append(token.value)
    return [" ".join(each) for each in names if each]


def _declarations(content: Iterable[Any]) -> Iterator[Any]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            yield each
