"""What is wrong in a plan's own house-style.css, said once, at its own line and column.

A wrong value of a variable would else be reported for every place in planbook's stylesheets that uses it, and an
unknown variable not at all.
"""

from __future__ import annotations

import logging
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import cssselect2
import tinycss2
import tinycss2.color4
import weasyprint

from planbook.diagnostics.suggestions import suggest
from planbook.pdf.house_style_paper import paper_problems
from planbook.pdf.house_style_rules import rule_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.pdf.house_style_rules import PageSources

MAX_PROBLEMS = 100
"""Those that are told; when they are mended, the next ones are."""

_LENGTHS = {"mm", "cm", "pt", "px", "in", "pc", "em", "rem", "q"}
_LINES = {"none", "solid", "dashed", "dotted", "double", "hidden"}


def house_style_problems(css: str, base: str, name: str, printed: PageSources) -> list[str]:
    """Return what is wrong in `css`, a house style called `name`; `base` has all variables that there are."""
    usual = {each.name: each.value for each in _variables(base)}
    own = list(_variables(css))
    known = {*usual, *_declared(css)}
    used = set(re.findall(r"var\((--[^(),]+)[),]", re.sub(r"\s", "", css)))
    fonts = [token.value for token in usual.get("--font", ()) if token.type == "string"]
    of_variables = list(islice(chain.from_iterable(_problems(each, usual, used, known) for each in own), MAX_PROBLEMS))
    others = (_unreadable(css), _unknown_elsewhere(css, known), _refused(css), rule_problems(css, fonts, printed))
    papers = () if of_variables else paper_problems(own, usual)
    found = islice(chain(of_variables, *others, papers), MAX_PROBLEMS)
    return [f"{name}:{line}:{column}: {message}" for line, column, message in found]


def _variables(css: str) -> Iterator[Any]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and each.name.startswith("--"):
                    yield each


def _declared(css: str) -> Iterator[str]:
    """Yield the names of the variables of all rules: some are for a part of the page alone."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from (each.name for each in declarations if each.type == "declaration" and each.name.startswith("--"))


def _unreadable(css: str) -> Iterator[tuple[int, int, str]]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            yield (
                rule.source_line,
                rule.source_column,
                "ここがスタイルシートとして読めません。{ } の数を確かめてください。",
            )
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield rule.source_line, rule.source_column, "@import は使えません。指定をこのファイルに書いてください。"
        elif rule.type == "qualified-rule":
            if not _is_selector(rule.prelude):
                written = tinycss2.serialize(rule.prelude).strip()
                yield (
                    rule.source_line,
                    rule.source_column,
                    f"「{written}」は、指定を当てる先（セレクター）として読めません。",
                )
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "error":
                    message = "ここが指定として読めません。「名前: 値;」の形で書いてください。"
                    yield each.source_line, each.source_column, message


def _unknown_elsewhere(css: str, known: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the unknown variables that rules beside that of the variables use: the renderer would say nothing."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type in {"qualified-rule", "at-rule"} and tinycss2.serialize(rule.prelude).strip() != ":root":
            for function in _functions(rule.content or ()):
                used = next((each for each in function.arguments if each.type == "ident"), None)
                instead = any(each == "," for each in function.arguments)
                if function.lower_name == "var" and used and used.value not in known and not instead:
                    message = f"変数「{used.value}」はありません。{suggest(used.value, sorted(known))}"
                    yield used.source_line, used.source_column, message


def _functions(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        if token.type == "function":
            yield token
            yield from _functions(token.arguments)
        elif token.type.endswith("block"):
            yield from _functions(token.content)


def _refused(css: str) -> Iterator[tuple[int, int, str]]:
    """Yield the rules at which the renderer fails rather than warns: WeasyPrint 70.0 does at `calc(1mm + )`."""
    level = weasyprint.LOGGER.level
    weasyprint.LOGGER.setLevel(logging.CRITICAL)
    try:
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule" and not _is_read(rule.serialize()):
                yield (
                    rule.source_line,
                    rule.source_column,
                    "ここの指定の値が読めません。計算の式やかっこを確かめてください。",
                )
    finally:
        weasyprint.LOGGER.setLevel(level)


def _is_read(rule: str) -> bool:
    try:
        weasyprint.CSS(string=rule)
    except (AssertionError, AttributeError, IndexError, TypeError, ValueError):
        return False
    return True


def _is_selector(prelude: Any) -> bool:
    try:
        cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return False
    return True


def _problems(
    declaration: Any, usual: dict[str, Any], used: set[str], known: set[str]
) -> Iterator[tuple[int, int, str]]:
    name, line, column = declaration.name, declaration.source_line, declaration.source_column
    if name not in usual:
        if name not in used:
            yield line, column, f"変数「{name}」はありません。{suggest(name, sorted(usual))}"
        return
    tokens = [token for token in declaration.value if token.type not in {"whitespace", "comment"}]
    value = tinycss2.serialize(declaration.value).strip()
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            other = next((each.value for each in token.arguments if each.type == "ident"), "")
            if other not in known:
                yield line, column, f"変数「{other}」はありません。{suggest(other, sorted(usual))}"
            return
    wanted = _kind(usual[name], usual)
    if wanted and not _fits(tokens, wanted):
        default = tinycss2.serialize(usual[name]).strip()
        yield line, column, f"「{name}」の値「{value}」は{_NAMES[wanted]}ではありません。例えば {default} と書きます。"


_NAMES = {"colour": "色", "lengths": "長さ", "line": "線（太さ、種類、色）", "font": "書体の名前"}


def _kind(value: Any, usual: dict[str, Any]) -> str:
    """Return what a variable is of, as its usual value shows."""
    tokens = [token for token in value if token.type not in {"whitespace", "comment"}]
    if len(tokens) == 1 and tokens[0].type == "function" and tokens[0].lower_name == "var":
        name = next(each.value for each in tokens[0].arguments if each.type == "ident")
        return _kind(usual[name], usual)
    if any(token.type == "ident" and token.lower_value in _LINES for token in tokens):
        return "line"
    if len(tokens) == 1 and tinycss2.color4.parse_color(tokens[0]):
        return "colour"
    if all(token.type in {"dimension", "number"} for token in tokens):
        return "lengths"
    return "font" if tokens and tokens[0].type == "string" else ""


def _fits(tokens: list[Any], kind: str) -> bool:
    if kind == "colour":
        return len(tokens) == 1 and bool(tinycss2.color4.parse_color(tokens[0]))
    if kind == "font":
        return bool(tokens) and all(token.type in {"string", "ident", "literal"} for token in tokens)
    lengths = [token for token in tokens if token.type in {"dimension", "number"}]
    sound = all(_is_length(token) for token in lengths)
    if kind == "line":
        return sound and any(token.type == "ident" and token.lower_value in _LINES for token in tokens)
    return bool(tokens) and sound and len(lengths) == len(tokens)


def _is_length(token: Any) -> bool:
    return (token.value >= 0 and token.lower_unit in _LENGTHS) if token.type == "dimension" else token.value == 0
