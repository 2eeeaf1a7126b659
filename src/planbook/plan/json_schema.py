"""Format 1 as a JSON Schema for editors (draft 7, which yaml-language-server knows best)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from planbook.plan.childless_sections import CHILD_KEYS
from planbook.plan.schema_file import comment
from planbook.plan.shape import plan_shape
from planbook.plan.stand_ins import StandInText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planbook.plan.model import Element, Plan
    from planbook.plan.shape import Shape

Schema = dict[str, Any]


def _pattern(pattern: str, message: str) -> Schema:
    """Return what a text has to match, and what yaml-language-server says where it does not."""
    return {"pattern": pattern, "patternErrorMessage": message}


_FILLED = _pattern(r"\S", "空白だけでは使えません。文字を入力してください。")

_TEXT: Schema = {"type": ["string", "number", "boolean"], **_FILLED}
"""YAML readers of editors make numbers and truth values of what the format reads as text; the empty value is null."""

_WESTERN = "年度は西暦 4 桁です。例：2027"

_YEAR: Schema = {
    "type": ["integer", "string"],
    "minimum": 1000,
    "maximum": 9999,
    **_pattern("^[1-9][0-9]{3}$", _WESTERN),
}

_RANGE = _pattern("^[1-9][0-9]{3}-[1-9][0-9]{3}$", "年度の範囲は、西暦 4 桁を「-」でつなぎます。例：2027-2029")

_YEARS = "^[1-9][0-9]{3}(-[1-9][0-9]{3})?$"

_SPECIAL: dict[str, Schema] = {
    "id": {
        "type": ["string", "number"],
        **_pattern(
            r"^[^\s!-,./:-@\[-^`{-~　-〿！-／：-＠]+$",
            "ID に使えるのは、文字、数字、「-」「_」です。空白や記号は使えません。",
        ),
    },
    "value": {
        "type": ["number", "string"],
        **_pattern(
            r"^-?[0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?$",
            "数値は半角数字だけで書きます。桁区切りの「,」や単位は付けません。例：2300、3-5",
        ),
    },
    "values": {"type": ["number", "string"], **_FILLED},
    "columns": {"type": ["integer", "string"], **_FILLED},
    "before": {"type": "boolean"},
    "date": {"type": "string", **_pattern("^[1-9][0-9]{3}-(0[1-9]|1[0-2])$", "年月は 2027-03 のように書きます。")},
    "format": {"enum": [1, "1"]},
}
"""Texts of which the model reads more than words."""


def write(plan: Plan | None = None) -> str:
    """Return the schema as JSON text. With a plan, its departments and ids are the only valid ones."""
    return json.dumps(build(plan), ensure_ascii=False, indent=2) + "\n"


def build(plan: Plan | None = None) -> Schema:
    """Return the schema."""
    names: dict[tuple[str, str], list[str]] = {}
    words: list[str] | None = None
    if plan is not None:
        departments = _sound(department.name for department in plan.departments)
        marks = _sound(mark.name for mark in plan.marks)
        for owner in ("Pillar", "Policy", "Measure", "Project", "Action"):
            names[owner, "departments"], names[owner, "marks"] = departments, marks
        names["Relisting", "relist"] = _sound(plan.originals)
        names["Example", "project"] = _sound(section.id for section in plan.lowest_sections())
        words = _sound(column.word for column in plan.columns or () if column.word)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": comment(plan)}
    builder = _SchemaBuilder(names, words)
    top = builder.schema(plan_shape(), inline=True)
    return {**head, **top, "definitions": builder.definitions}


def _sound(words: Iterable[str]) -> list[str]:
    """Leave out what stands in for something wrong."""
    return [word for word in dict.fromkeys(words) if not isinstance(word, StandInText)]


class _SchemaBuilder:
    """`names` are the only valid texts of a key, by its owner; `words` are the columns of the plan, if it is known.

    An element is written once, in `definitions`, however often it may stand in a plan: else the schema would be six
    times as long.
    """

    def __init__(self, names: dict[tuple[str, str], list[str]], words: list[str] | None) -> None:
        self._names = names
        self._words = words
        self.definitions: dict[str, Schema] = {}

    def schema(self, shape: Shape, owner: str = "", key: str = "", *, inline: bool = False) -> Schema:
        """Return the schema of what stands under `key` of the element `owner`.

        With `inline`, an element is not referred to: draft 7 reads nothing beside a reference, no description either.
        """
        forms = []
        if shape.text:
            forms.append(self._text(shape, owner, key))
        if shape.items:
            minimum = {"minItems": 1} if shape.filled else {}
            forms.append({"type": "array", "items": self.schema(shape.items, owner, key), **minimum})
        if shape.entries:
            forms.append(self._entries(shape, owner, key))
        if shape.elements:
            make = self._element if len(shape.elements) == 1 else self._action_or_relisting
            forms.append(make(shape) if inline and not forms else self._reference(shape, make))
        return forms[0] if len(forms) == 1 else {"anyOf": forms}

    def _reference(self, shape: Shape, make: Callable[[Shape], Schema]) -> Schema:
        name = "Or".join(element.__name__ for element in shape.elements)
        if name not in self.definitions:
            self.definitions[name] = {}  # it may contain itself
            self.definitions[name] = make(shape)
        return {"$ref": f"#/definitions/{name}"}

    def _entries(self, shape: Shape, owner: str, key: str) -> Schema:
        """Return the schema of a mapping with keys of the planner: headings, or columns."""
        item = self.schema(shape.entries, owner, key) if shape.entries else {}
        filled = {"minProperties": 1} if shape.filled else {}
        if shape.free:
            return {"type": "object", "additionalProperties": item, **filled}
        words = "".join(f"|{re.escape(word)}" for word in self._words or ())
        return {
            "type": "object",
            "patternProperties": {f"^([1-9][0-9]{{3}}(-[1-9][0-9]{{3}})?{words})$" if words else _YEARS: item},
            # Which words are columns, only the plan knows.
            "additionalProperties": item if self._words is None else False,
            **filled,
        }

    def _text(self, shape: Shape, owner: str, key: str) -> Schema:
        if names := self._names.get((owner, key)):
            return {"enum": names}
        if shape.choices and key != "format":
            return {"enum": list(shape.choices)}
        if key == "years":
            # A range stands for the whole list; items are single years.
            return {"type": "string", **_RANGE} if shape.items else dict(_YEAR)
        if key in ("relist", "project") and owner in ("Relisting", "Example"):
            return dict(_SPECIAL["id"])
        return dict(_SPECIAL.get(key, _TEXT))

    def _element(self, shape: Shape) -> Schema:
        name = shape.elements[0].__name__
        needed = sorted(key for key, info in shape.elements[0].model_fields.items() if info.is_required())
        required: Schema = {"required": needed} if needed else {}
        if below := CHILD_KEYS.get(name):
            required["anyOf"] = [{"required": [key]} for key in below]
        if name == "Target":
            required = {
                "anyOf": [{"required": ["text"]}, {"required": ["figures"], "properties": {"figures": {"minItems": 1}}}]
            }
        return {
            "type": "object",
            "properties": {
                key: self._described(shape.fields[key], shape.elements[0], key)
                for key in shape.elements[0].model_fields
            },
            "additionalProperties": False,
            **required,
        }

    def _action_or_relisting(self, shape: Shape) -> Schema:
        action, relisting = (self._element(_of(shape, index)) for index in range(2))
        # Offered while an item is still empty; which of the two it is, decides `relist`.
        relist = relisting["properties"]["relist"]
        return {
            "type": "object",
            "properties": {"relist": relist},
            "if": {"required": ["relist"]},
            "then": relisting,
            "else": action,
        }

    def _described(self, shape: Shape, element: type[Element], key: str) -> Schema:
        info = element.model_fields[key]
        return {
            "title": info.title,
            "description": info.description,
            **self.schema(shape, element.__name__, key, inline=True),
        }


def _of(shape: Shape, index: int) -> Shape:
    """Return the shape of one of the elements that may stand at a place."""
    element = shape.elements[index]
    fields = {key: shape.fields[key] for key in element.model_fields}
    return type(shape)(fields=fields, elements=(element,))
