"""Format 1 as a tree of shapes: what may stand where. Read from the model, so that it is said only once."""

from __future__ import annotations

import re
import types
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from planbook.diagnostics.document import Scalar, Sequence
from planbook.diagnostics.suggestions import nearest
from planbook.plan.childless_sections import CHILD_KEYS
from planbook.plan.element import PhrasedText
from planbook.plan.key_names import WORDS
from planbook.plan.model import LEVEL_KEYS, Element, NonEmpty, Plan
from planbook.plan.value_types import AS_RANGE, Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planbook.diagnostics.document import Path, Value

_LEVELS = tuple(LEVEL_KEYS.values())
_SINGULAR = {key: level for level, key in LEVEL_KEYS.items()} | {"departments": "department", "targets": "target"}
"""The words of labels and numbers for what the keys of a plan are named by: `policies` is there `policy`."""
_SHORT_YEAR = re.compile("[RHSrhs]?[.]?[0-9]{1,2}")
"""R8, 26: it is told what to write, and not taken for a line from elsewhere."""
_LEVEL_KEY = re.compile(rf"[\s-]*({'|'.join(_LEVELS)})\s*[:：]")


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What may stand at one place: a text, a list, a mapping, or one of several of these.

    `choices` are the only valid texts, where the format has some; `items` is the shape of a list's items; `fields`
    are the keys of a mapping, `required` those that nearly every one has; `entries` is the shape of all values of a
    mapping whose keys are columns (years, or words), or headings where they are `free`; `filled` says that
    list or mapping can not be empty. `elements` are the parts of the model that stand here.
    """

    text: bool = False
    choices: tuple[str, ...] = ()
    items: Shape | None = None
    fields: dict[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    filled: bool = False
    entries: Shape | None = None
    free: bool = False
    elements: tuple[type[Element], ...] = ()

    @property
    def is_mapping(self) -> bool:
        """Whether a mapping may stand here."""
        return bool(self.fields or self.entries)

    @property
    def is_text_only(self) -> bool:
        """Whether nothing but text may stand here."""
        return self.text and not self.is_mapping and not self.items

    def has(self, key: str) -> bool:
        """Whether a mapping here may have that key."""
        return key in self.fields or (self.entries is not None and (self.free or _is_column(key)))

    def meant(self, key: str, free: Collection[str], *, is_text: bool) -> str | None:
        """Return the key that was meant by one that a mapping here can not have, out of those that are still free."""
        word = WORDS.get("".join(key.split()), "") or (key if key in _SINGULAR else "")
        if word not in free and _SINGULAR.get(word) in free:
            word = _SINGULAR[word]  # 事業 among labels
        if word in _LEVELS and word not in free and is_text:
            word = "title"  # 「取組項目：窓口の設置」 names it
        if word == "title" and "name" in free:
            word = "name"  # of a figure or a department
        if key in {"targets", "target", "value"} and "values" in free and not is_text:
            return "values"
        if key == "name" and "title" in free and "name" not in self.fields:
            word = "title"  # of a section or an action
        if word == "goal" and word not in free and "text" in free:
            word = "text"  # 目標 of a year
        if word == "text" and "content" in free:
            word = "content"  # 内容 of an action
        # Of one or several: contents, mark. But for that, what is a key elsewhere is no slip of typing.
        numbers = (each for each in free if key in (f"{each}s", each.removesuffix("s")))
        if other := next((each for each in numbers if self.fields[each].text or not is_text), ""):
            return other
        candidates = [word] if word in free else nearest(key, free) if key not in all_keys() else []
        return candidates[0] if candidates else None

    def child(self, step: str | int) -> Shape | None:
        """Return the shape under a key or at a list position."""
        if isinstance(step, int):
            return self.items
        return self.fields.get(step, self.entries)


def _is_column(key: str) -> bool:
    """Whether a key may be that of a column: a year, a period, or a word that is no key of the format."""
    return key[:4].isdigit() or bool(_SHORT_YEAR.fullmatch(key)) or not (key.isascii() or "".join(key.split()) in WORDS)


@cache
def plan_shape(levels: frozenset[str] = frozenset(), rare: frozenset[tuple[type[Element], str]] = frozenset()) -> Shape:
    """Return the shape of a whole plan file.

    Where `levels` are known, it is that of a file that has these: see `levels_typed`. `rare` are the usual keys that
    most of the parts of its kind do without in this file: none of them is missed there.
    """
    shape = _shape(Plan)
    return _of_file(shape, levels, rare) if levels or rare else shape


def levels_typed(lines: Iterable[str]) -> frozenset[str]:
    """Return which of the keys of levels are typed in a file: `policies`, `actions`…"""
    return frozenset(match[1] for line in lines if (match := _LEVEL_KEY.match(line)))


def _of_file(shape: Shape, levels: frozenset[str], rare: frozenset[tuple[type[Element], str]]) -> Shape:
    """Return a shape in which nothing may stand below a section that is lower than the highest of these levels there.

    What is higher may: a line that should say so may be lost.
    """
    if shape.items:
        shape = replace(shape, items=_of_file(shape.items, levels, rare))
    if shape.entries:
        shape = replace(shape, entries=_of_file(shape.entries, levels, rare))
    if not shape.elements:
        return shape
    element = shape.elements[0]
    below = CHILD_KEYS.get(element.__name__, ()) if levels else ()
    highest = next((key for key in below if key in levels), "")
    lower = below[below.index(highest) + 1 :] if highest else ()
    fields = {key: _of_file(field, levels, rare) for key, field in shape.fields.items() if key not in lower}
    never = {key for each, key in rare if each is element}
    required = shape.required.difference(lower, never)
    if highest and never.intersection(below):
        required = required.union([highest])  # what its sections stand under instead
    return replace(shape, fields=fields, required=required)


def shape_at(path: Path) -> Shape | None:
    """Return the shape at a path, or None where the format has nothing."""
    shape: Shape | None = plan_shape()
    for step in path:
        shape = shape.child(step) if shape else None
    return shape


@cache
def all_keys() -> frozenset[str]:
    """Return every key that the format has anywhere."""
    found: set[str] = set()
    shapes = [plan_shape()]
    while shapes:
        shape = shapes.pop()
        found |= shape.fields.keys()
        shapes += [part for part in (shape.items, shape.entries, *shape.fields.values()) if part]
    return frozenset(found)


def misplaced(value: Value, shape: Shape | None) -> int:
    """Count the keys, lists and mappings that stand where the format has none; keys with a typing slip are none."""
    if isinstance(value, Scalar):
        return 0
    if isinstance(value, Sequence):
        if shape is None or shape.items is None:
            return 1
        return sum(misplaced(item, shape.items) for item in value)
    if shape is None or not shape.is_mapping:
        return 1
    count = len(value) - 1 if len(shape.elements) > 1 and "relist" in value else 0
    for key, item in value.items():
        child = shape.child(key) if shape.has(key) else None
        if child is None and not shape.entries:
            free = [name for name in shape.fields if name not in value]
            meant = shape.meant(key, free, is_text=isinstance(item, Scalar))
            child = shape.fields.get(meant or "")
        count += 1 if child is None else misplaced(item, child)
    return count


def _shape(annotation: Any) -> Shape:  # noqa: PLR0911 - a table of what an annotation can be
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return replace(_shape(arguments[0]), filled=NonEmpty in arguments[1:])
    if origin is Literal:
        return Shape(text=True, choices=arguments)
    if origin is tuple:
        return Shape(items=_shape(arguments[0]))
    if origin is dict:
        return Shape(entries=_shape(arguments[1]), free=get_origin(arguments[0]) is Annotated and Key != arguments[0])
    if origin in (Union, types.UnionType):
        shapes = [_shape(argument) for argument in arguments if argument is not type(None)]
        return shapes[0] if len(shapes) == 1 else _either(shapes)
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return _element_shape(annotation)
    if annotation is PhrasedText:
        return Shape(text=True, items=Shape(text=True), filled=True)
    return Shape(text=True)


@cache
def _element_shape(element: type[Element]) -> Shape:
    fields = {
        name: replace(
            shape, filled=shape.filled or NonEmpty in info.metadata, text=shape.text or AS_RANGE in info.metadata
        )
        for name, info in element.model_fields.items()
        for shape in (_shape(info.annotation),)
    }
    required = frozenset(name for name, info in element.model_fields.items() if info.is_required()).union(element.usual)
    return Shape(bool(element.short_form), fields=fields, required=required, elements=(element,))


def _either(shapes: list[Shape]) -> Shape:
    """One of several: mappings (an action or a relisting), of which the first says what is required; text or list."""
    fields = {name: shape for each in shapes for name, shape in each.fields.items()}
    return Shape(
        text=any(each.text for each in shapes),
        choices=tuple(choice for each in shapes for choice in each.choices),
        items=next((each.items for each in shapes if each.items), None),
        filled=any(each.filled for each in shapes),
        fields=fields,
        required=next((each.required for each in shapes if each.elements), frozenset()),
        elements=tuple(element for each in shapes for element in each.elements),
    )
