"""Jinja for templates that come with a plan: they are data of others, not code.

They reach what their view has, change nothing, and end: loops, calls and the sizes of what they make are counted.
(Jinja, "Sandbox": it keeps templates from Python's insides, and leaves time and memory to whoever uses it.)
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from types import GeneratorType
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_STEPS = 2_000_000
"""Turns of loops, and calls as three of them, in one rendering; the page of a plan of 55 actions takes some 15,000."""

MOST_PRINTED = 64_000_000
"""Characters in one rendering; that page has 300,000."""

LARGEST = 16_000_000
"""Characters of one value."""

MOST_ITEMS = 500_000
"""Items of one value, through all its levels."""

_WIDTHS = {
    "center",
    "ljust",
    "rjust",
    "zfill",
    "expandtabs",
    "indent",
    "wordwrap",
    "truncate",
    "batch",
    "slice",
    "round",
}
"""Filters and methods that make something as long as a number says."""

_MOST_BITS = 1_000

_MOST_DIGITS = 300
"""Digits that `round` is asked for: it computes that power of ten."""

_MOST_OPENED = 20_000
"""`{` in one template: Jinja takes some 20 µs to compile what begins with one. The largest of planbook's has 200."""

_COLLECTIONS = (list, tuple, set, frozenset, KeysView, ValuesView, ItemsView)

_OF_BYTES = {"encode", "to_bytes", "from_bytes"}
"""Methods that lead to or from bytes, which no page has; those have methods of their own."""

_CHARACTERS_OF_STEP, _ITEMS_OF_STEP = 5_000, 20
"""What a filter, a method or a comparison goes through in the time of one step, a few microseconds."""


_LONGEST_WRAPPED = 20_000
"""Characters that `wordwrap` takes: it takes time with the square of a long word."""

_SLOW, _SIZE_OF_SLOW_STEP = {"urlize", "wordwrap", "title", "striptags", "pprint", "xmlattr"}, 10
"""Filters that go through a text many times, or sign by sign."""


class TooMuchError(SecurityError):
    """A template makes more than any plan needs."""


class SandboxedTemplates(ImmutableSandboxedEnvironment):
    """The environment; `begin` before each rendering."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "/", "//", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, finalize=self.printed)
        self._count = threading.local()
        del self.globals["lipsum"]
        self.filters = {name: self._bounded(function) for name, function in self.filters.items()}
        self.tests = {name: self._bounded(function) for name, function in self.tests.items()}

    def begin(self) -> None:
        """Count from zero, in this thread."""
        self._count.steps, self._count.size = 0, 0

    def step(self, number: int = 1) -> str:
        """Count a turn of a loop, or what takes as long as a `number` of them."""
        self._count.steps += number
        if self._count.steps > MOST_STEPS:
            raise TooMuchError("繰り返しが多すぎます")
        return ""

    def printed(self, value: Any) -> Any:
        """Count what is printed."""
        self._weigh((value,))
        self._count.size += _size(value)
        if self._count.size > MOST_PRINTED:
            raise TooMuchError("作るものが大きすぎます")
        return value

    def weighed(self, value: Any) -> Any:
        """Return a value that is compared, cut or looked up, which takes time with its size."""
        self._weigh((value,))
        return value

    def joined(self, *values: Any) -> Any:
        """Return what `~` makes of values."""
        self._weigh(values)
        markup = any(hasattr(value, "__html__") for value in values)
        return Markup().join(values) if markup else "".join(map(str, values))

    def call(self, context: Any, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call something for a template."""
        if obj in (self.step, self.weighed, self.joined):
            return obj(*arguments)
        self.step(3)
        owner = getattr(obj, "__self__", None)
        name = getattr(obj, "__name__", "")
        if name in _OF_BYTES:
            raise SecurityError(f"{name} は使えません")
        if isinstance(owner, str):
            if name == "join":
                arguments = tuple(map(self._at_hand, arguments))
            _check_text(name, owner, (*arguments, *named.values()))
        self._weigh((owner, *arguments, *named.values()))
        return super().call(context, obj, *arguments, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Do arithmetic for a template."""
        if isinstance(left, int) and isinstance(right, int):
            grown = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
            if grown > _MOST_BITS:
                raise TooMuchError("数が大きすぎます")
        elif operator == "%":
            raise SecurityError("文字列の % は使えません")
        elif operator == "*":
            times = left if isinstance(left, int) else right
            if isinstance(times, int) and times * max(_size(left), _size(right)) > LARGEST:
                raise TooMuchError("作るものが大きすぎます")
        self._weigh((left, right))
        result = super().call_binop(context, operator, left, right)
        self._weigh((result,))
        return result

    def get_template(self, *arguments: Any, **named: Any) -> Any:
        """Load a template, also for `include`."""
        self.step(3)
        return super().get_template(*arguments, **named)

    def wrap_str_format(self, value: Any) -> Any:
        """Return what stands for the method `format` of a text; nothing for any other value."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text = value.__self__

        @functools.wraps(wrapped)
        def bounded(*arguments: Any, **named: Any) -> Any:
            _check_text("format", text, (*arguments, *named.values()))
            return wrapped(*arguments, **named)

        return bounded

    def _weigh(self, values: tuple[Any, ...]) -> None:
        """Refuse values that are too large, and count what it takes to go through the others."""
        for value in values:
            characters, items = _measures(value)
            if characters + items > LARGEST:
                raise TooMuchError("作るものが大きすぎます")
            if work := characters // _CHARACTERS_OF_STEP + items // _ITEMS_OF_STEP:
                self.step(work)

    def _bounded(self, function: Any) -> Callable[..., Any]:
        """Return a filter or test that refuses to make too much."""
        name = function.__name__.removeprefix("do_")

        @functools.wraps(function)
        def bounded(*arguments: Any, **named: Any) -> Any:
            if name in {"join", "sum"}:
                arguments = tuple(map(self._at_hand, arguments))
            # Jinja gives some filters its own environment or context first: those have no size.
            given = (*arguments, *named.values())
            self.step()
            if name == "sum" and any(isinstance(each, list | tuple) for each in given[2:]):
                raise SecurityError("リストの sum は使えません")
            self._weigh(given)
            if name in _SLOW:
                self.step(sum(map(_size, given)) // _SIZE_OF_SLOW_STEP)
            _check_text(name, next((each for each in given if isinstance(each, str)), ""), given)
            result = function(*arguments, **named)
            if isinstance(result, GeneratorType):
                return self._counted(result)
            self._weigh((result,))
            if isinstance(result, int) and result.bit_length() > _MOST_BITS:
                raise TooMuchError("数が大きすぎます")
            return result

        return bounded

    def _at_hand(self, value: Any) -> Any:
        """Return a value that can be measured: what an iterator yields as a list."""
        return list(self._counted(value)) if isinstance(value, Iterator) else value

    def _counted(self, items: Iterator[Any]) -> Iterator[Any]:
        for each in items:
            self.step()
            yield each

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if source.count("{") > _MOST_OPENED:
            raise TooMuchError("テンプレートが長すぎます")
        template = super()._parse(source, name, filename)
        for each in [*template.find_all(nodes.For)]:
            call = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None, lineno=each.lineno)
            each.body.insert(0, nodes.ExprStmt(call, lineno=each.lineno))
            if each.test:  # what it leaves out takes its time, too
                each.test = nodes.Or(call, each.test, lineno=each.lineno)
        result: nodes.Template = _Joins().visit(template)
        return result


class _Joins(NodeTransformer):
    """Has `~` counted as well, and what Jinja compares, cuts and looks up by itself."""

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _weighed(node.expr)
        for operand in node.ops:
            operand.expr = _weighed(operand.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _weighed(node.node)
        else:
            node.arg = _weighed(node.arg)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.key = _weighed(node.key)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        return nodes.Call(nodes.EnvironmentAttribute("joined"), node.nodes, [], None, None, lineno=node.lineno)


def _weighed(expression: nodes.Expr) -> nodes.Expr:
    if isinstance(expression, nodes.Const):
        return expression
    weighed = nodes.EnvironmentAttribute("weighed")
    return nodes.Call(weighed, [expression], [], None, None, lineno=expression.lineno)


def _check_text(name: str, text: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what would make a text that is too long."""
    most = _MOST_DIGITS if name == "round" else LARGEST
    if name in _WIDTHS and any(isinstance(each, int) and abs(each) > most for each in arguments[name == "round" :]):
        raise TooMuchError("幅が大きすぎます")
    if name == "translate":
        raise SecurityError("translate は使えません")
    if name == "wordwrap" and len(text) > _LONGEST_WRAPPED:
        raise TooMuchError("折り返す文章が長すぎます")
    widest = max((abs(each) for each in arguments if isinstance(each, int)), default=0)
    if name in {"expandtabs", "indent"} and len(text) * widest > LARGEST:
        raise TooMuchError("幅が大きすぎます")
    if name in {"format", "format_map"}:
        times = text.count("{") + text.count("%")
        if times * sum(_size(each) for each in arguments if each is not text) > LARGEST:
            raise TooMuchError("作るものが大きすぎます")
    given = [each for each in arguments if isinstance(each, str) and each is not text]
    if name in {"replace", "join", "expandtabs", "indent"}:
        longest = max(map(len, given), default=1) + 8
        times = len(text) + 1 if name != "join" else max(map(_size, arguments), default=0)
        if times * max(longest, len(text) if name == "join" else 1) > 10 * LARGEST:
            raise TooMuchError("作るものが大きすぎます")
    if name in {"format", "format_map"} and re.search(r"\d{5}|\*|\{[^}]*\{", text):
        raise TooMuchError("幅が大きすぎます")


def _size(value: Any) -> int:
    """Return how much a value is: characters and items; anything above LARGEST is too much."""
    return sum(_measures(value))


def _measures(value: Any) -> tuple[int, int]:
    """Return the numbers of characters and items of a value, through all levels."""
    if isinstance(value, str | bytes):
        return len(value), 1
    characters, items, waiting = 0, 0, [value]
    while waiting:
        each = waiting.pop()
        items += 1
        if isinstance(each, str | bytes):
            characters += len(each)
        elif isinstance(each, _COLLECTIONS):
            # Most lists have one kind of items; to ask for it is many times as quick as to go through them.
            kinds = set(map(type, each))
            if kinds <= {int}:
                items += len(each)
            elif kinds == {str}:
                items += len(each)
                characters += sum(map(len, each))
            else:
                waiting += each
        elif isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, range):
            items += len(each)
        if items > MOST_ITEMS or len(waiting) > MOST_ITEMS or characters > LARGEST:
            return LARGEST + 1, items
    return characters, items
