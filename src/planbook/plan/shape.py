"""Format 1 as a tree of shapes: what may stand where. Read from the model, so that it is said only once."""

from __future__ import annotations

import types
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from planbook.diagnostics.document import Scalar, Sequence
from planbook.diagnostics.suggestions import nearest
from planbook.plan.key_names import WORDS
from planbook.plan.model import Element, NonEmpty, Plan

if TYPE_CHECKING:
    from collections.abc import Collection

    from planbook.diagnostics.document import Path, Value

_LEVELS = ("policies", "measures", "projects", "actions")


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What may stand at one place: a text, a list, a mapping, or one of several of these.

    `choices` are the only valid texts, where the format has some; `items` is the shape of a list's items; `fields`
    are the keys of a mapping, `required` those that it can not lack; `entries` is the shape of all values of a
    mapping whose keys are years; `filled` says that list or mapping can not be empty. `elements` are the parts of
    the model that stand here.
    """

    text: bool = False
    choices: tuple[str, ...] = ()
    items: Shape | None = None
    fields: dict[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    filled: bool = False
    entries: Shape | None = None
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
        return key in self.fields or (self.entries is not None and key[:4].isdigit())

    def meant(self, key: str, free: Collection[str], *, is_text: bool) -> str | None:
        """Return the key that was meant by one that a mapping here can not have, out of those that are still free."""
        word = WORDS.get("".join(key.split()), "")
        if word in _LEVELS and word not in free and is_text:
            word = "title"  # 「取組項目：窓口の設置」 names it
        if word == "title" and "name" in free:
            word = "name"  # of a figure or a department
        candidates = [word] if word in free else nearest(key, free)
        return candidates[0] if candidates else None

    def child(self, step: str | int) -> Shape | None:
        """Return the shape under a key or at a list position."""
        if isinstance(step, int):
            return self.items
        return self.fields.get(step, self.entries)


@cache
def plan_shape() -> Shape:
    """Return the shape of a whole plan file."""
    return _shape(Plan)


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
        return Shape(entries=_shape(arguments[1]))
    if origin in (Union, types.UnionType):
        shapes = [_shape(argument) for argument in arguments if argument is not type(None)]
        return shapes[0] if len(shapes) == 1 else _either(shapes)
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return _element_shape(annotation)
    return Shape(text=True)


@cache
def _element_shape(element: type[Element]) -> Shape:
    fields = {
        name: replace(shape, filled=True) if NonEmpty in info.metadata else shape
        for name, info in element.model_fields.items()
        for shape in (_shape(info.annotation),)
    }
    required = frozenset(name for name, info in element.model_fields.items() if info.is_required())
    return Shape(bool(element.short_form), fields=fields, required=required, elements=(element,))


def _either(shapes: list[Shape]) -> Shape:
    """One of several mappings (an action or a relisting); the first says what is required."""
    fields = {name: shape for each in shapes for name, shape in each.fields.items()}
    return Shape(
        text=any(each.text for each in shapes),
        choices=next((each.choices for each in shapes if each.choices), ()),
        fields=fields,
        required=next(each.required for each in shapes if each.elements),
        elements=tuple(element for each in shapes for element in each.elements),
    )
