"""House styles that would take without end are refused before anything else reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

from planbook.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 40
"""Brackets in brackets, and variables that stand for variables: those of planbook's own stylesheets go 5 deep."""

MAX_TOKENS = 30_000
"""Words, signs and blanks; a picture in a URL is one of them. All stylesheets of planbook together have some 10,000."""

MAX_VARIABLE = 2_000
"""The same of a variable when those that it stands for are put in."""


def refuse_boundless(css: str, name: str) -> None:
    """Refuse a house style, called `name`, that nests too deep, has too many rules, or variables that grow.

    Raises:
        TemplateError: it does; the message begins with file, line and column.

    """
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    for number, (token, depth) in enumerate(_with_depths(tokens)):
        if depth > MAX_DEPTH:
            raise _refused(name, token, f"かっこの入れ子が深すぎます（{MAX_DEPTH} 段まで）")
        if number > MAX_TOKENS:
            raise _refused(name, token, "指定が多すぎます。ここから後ろを減らしてください")
    _Variables(tokens, name).check()


def _with_depths(tokens: list[Any]) -> Iterator[tuple[Any, int]]:
    """Yield all tokens in their order, each with the number of brackets that it stands in. Calls nothing in itself."""
    stack = [iter(tokens)]
    while stack:
        token = next(stack[-1], None)
        if token is None:
            stack.pop()
            continue
        yield token, len(stack) - 1
        stack.append(iter(_inside(token)))


def _inside(token: Any) -> list[Any]:
    inside: list[Any] = getattr(token, "content" if token.type.endswith("block") else "arguments", None) or []
    return inside


class _Variables:
    """The variables of a stylesheet, and what they grow to: ten that each use the next ten times are gigabytes."""

    def __init__(self, tokens: list[Any], name: str) -> None:
        self._name = name
        self._declared: dict[str, list[Any]] = {}
        for token, _ in _with_depths(tokens):
            if token.type == "{} block":
                for each in tinycss2.parse_blocks_contents(token.content, skip_comments=True, skip_whitespace=True):
                    if each.type == "declaration" and each.name.startswith("--"):
                        self._declared.setdefault(each.name, []).append(each)
        self._sizes: dict[str, int] = {}

    def check(self) -> None:
        for name in self._declared:
            self._size(name, 1)

    def _size(self, name: str, depth: int) -> int:
        """Return of how many tokens a variable is, at most; one that stands for itself is refused as well."""
        if name not in self._sizes:
            self._sizes[name] = max((self._tokens(each, depth) for each in self._declared.get(name, ())), default=1)
        return self._sizes[name]

    def _tokens(self, declaration: Any, depth: int) -> int:
        size = 0
        for token, _ in _with_depths(declaration.value):
            used = token.type == "function" and token.lower_name == "var"
            names = [each.value for each in token.arguments if each.type == "ident"][:1] if used else []
            size += 1 + sum(self._size(each, depth + 1) for each in names)
            if depth > MAX_DEPTH or size > MAX_VARIABLE:
                message = f"変数「{declaration.name}」が長くなりすぎるか、自分自身を使っています"
                raise _refused(self._name, declaration, message)
        return size


def _refused(name: str, at: Any, why: str) -> TemplateError:
    return TemplateError(f"{name}:{at.source_line}:{at.source_column}: {why}。")
