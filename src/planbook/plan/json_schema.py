"""Format 1 as a JSON Schema for editors (draft 7, which yaml-language-server knows best)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planbook.plan.schema_file import comment
from planbook.plan.schema_texts import TEXTS
from planbook.plan.shape import plan_shape
from planbook.plan.stand_ins import StandInText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.plan.model import Plan
    from planbook.plan.shape import Shape

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""YAML readers of editors make numbers and truth values of what the format reads as text; the empty value is null."""

_YEAR: Schema = {"type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": "^[0-9]{4}$"}

_SPECIAL: dict[str, Schema] = {
    "id": {"type": ["string", "number"], "pattern": r"^[^\s!-,./:-@\[-^`{-~　-〿！-／：-＠]+$"},
    "value": {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    "format": {"enum": [1, "1"]},
}
"""Texts of which the model reads more than words."""


def write(plan: Plan | None = None) -> str:
    """Return the schema as JSON text. With a plan, its departments and ids are the only valid ones."""
    return json.dumps(build(plan), ensure_ascii=False, indent=2) + "\n"


def build(plan: Plan | None = None) -> Schema:
    """Return the schema."""
    names: dict[tuple[str, str], list[str]] = {}
    if plan is not None:
        departments = _sound(department.name for department in plan.departments)
        names["Project", "departments"] = names["Action", "departments"] = departments
        names["Relisting", "relist"] = _sound(plan.originals)
        names["Example", "project"] = _sound(project.id for project in plan.projects())
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": comment(plan)}
    return {**head, **_Builder(names).schema(plan_shape())}


def _sound(words: Iterable[str]) -> list[str]:
    """Leave out what stands in for something wrong."""
    return [word for word in dict.fromkeys(words) if not isinstance(word, StandInText)]


class _Builder:
    def __init__(self, names: dict[tuple[str, str], list[str]]) -> None:
        self._names = names

    def schema(self, shape: Shape, owner: str = "", key: str = "") -> Schema:
        """Return the schema of what stands under `key` of the element `owner`."""
        forms = []
        if shape.text:
            forms.append(self._text(shape, owner, key))
        if shape.items:
            minimum = {"minItems": 1} if shape.filled else {}
            forms.append({"type": "array", "items": self.schema(shape.items, owner, key), **minimum})
        if shape.entries:
            forms.append(
                {
                    "type": "object",
                    "patternProperties": {"^[0-9]{4}(-[0-9]{4})?$": self.schema(shape.entries, owner, key)},
                    "additionalProperties": False,
                    **({"minProperties": 1} if shape.filled else {}),
                }
            )
        if len(shape.elements) > 1:
            forms.append(self._action_or_relisting(shape))
        elif shape.elements:
            forms.append(self._element(shape))
        return forms[0] if len(forms) == 1 else {"anyOf": forms}

    def _text(self, shape: Shape, owner: str, key: str) -> Schema:
        if names := self._names.get((owner, key)):
            return {"enum": names}
        if shape.choices and key != "format":
            return {"enum": list(shape.choices)}
        if key == "years":
            return dict(_YEAR)
        if key in ("relist", "project") and owner in ("Relisting", "Example"):
            return dict(_SPECIAL["id"])
        return dict(_SPECIAL.get(key, _TEXT))

    def _element(self, shape: Shape) -> Schema:
        name = shape.elements[0].__name__
        required: Schema = {"required": sorted(shape.required)} if shape.required else {}
        if name == "Target":
            required = {
                "anyOf": [{"required": ["text"]}, {"required": ["figures"], "properties": {"figures": {"minItems": 1}}}]
            }
        return {
            "type": "object",
            "properties": {
                key: self._described(shape.fields[key], name, key) for key in shape.elements[0].model_fields
            },
            "additionalProperties": False,
            **required,
        }

    def _action_or_relisting(self, shape: Shape) -> Schema:
        action, relisting = (
            self._element(_of(shape, index, required))
            for index, required in enumerate((shape.required, frozenset({"relist"})))
        )
        # Offered while an item is still empty; which of the two it is, decides `relist`.
        relist = relisting["properties"]["relist"]
        return {
            "type": "object",
            "properties": {"relist": relist},
            "if": {"required": ["relist"]},
            "then": relisting,
            "else": action,
        }

    def _described(self, shape: Shape, owner: str, key: str) -> Schema:
        title, description = TEXTS.get(f"{owner}.{key}") or TEXTS[key]
        return {"title": title, "description": description, **self.schema(shape, owner, key)}


def _of(shape: Shape, index: int, required: frozenset[str]) -> Shape:
    """Return the shape of one of the elements that may stand at a place."""
    element = shape.elements[index]
    fields = {key: shape.fields[key] for key in element.model_fields}
    return type(shape)(fields=fields, required=required, elements=(element,))
