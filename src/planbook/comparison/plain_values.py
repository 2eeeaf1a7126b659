"""Parts of a plan → plain values that can be compared, reported and written as JSON."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticUndefined

from planbook.plan.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Plain = Any
"""A text, a whole number, a `Decimal`, a truth value, a tuple of these, or a `Branch`; None where there is nothing."""


class Branch(dict[str, Plain]):
    """Plain values by name: the fields of a part, or (`named`) what it has by names or years that planners gave.

    `ordered` says that their order is printed, `listed` that they are a list in the plan file, `whole` that it is one
    thing to a reader (a figure, a department): what changes in it is reported as a change of all of it.
    """

    def __init__(
        self,
        items: Mapping[str, Plain] | None = None,
        *,
        named: bool = False,
        ordered: bool = False,
        listed: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__(items or {})
        self.named = named
        self.ordered = ordered
        self.listed = listed
        self.whole = whole


_UNORDERED = {"targets", "values"}
"""What stands by years or columns is printed in their order, whatever order it is typed in."""

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_ITEM = r"[・･●○◆◇※①-⑳\-*]|[(（]?[0-9０-９]{1,2}[.)．）]"
_REFLOWED = re.compile(rf"[ \t]*\n[ \t]*(?![ \t]*(?:{_ITEM}|\n))|(?<=[{_WIDE}])[ \t]+(?=[{_WIDE}])")
"""Where a text was broken to be typed; a line that begins an item, or a paragraph, is a line to the reader, too."""


def fields(element: Element, leave_out: Iterable[str] = ()) -> Branch:
    """Return what was typed of an element, by its keys, but for what says the same as nothing."""
    left_out = set(leave_out)
    values = {
        name: plain(getattr(element, name), name)
        for name, field in type(element).model_fields.items()
        if name in element.model_fields_set and name not in left_out and not _is_default(getattr(element, name), field)
    }
    return Branch(values)


def _is_default(value: object, field: Any) -> bool:
    default = field.get_default(call_default_factory=True)
    return default is not PydanticUndefined and value == default


def plain(value: Any, name: str = "") -> Plain:
    """Return a value of the model as a plain one. `name` is the key that it stands under."""
    if isinstance(value, Element):
        return fields(value)
    if isinstance(value, dict):
        named = {key_text(key): plain(item) for key, item in value.items()}
        return Branch(named, named=True, ordered=name not in _UNORDERED)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _typed(value)
    if isinstance(value, tuple):
        if value and all(isinstance(item, Element) for item in value):
            return _by_name(value)
        return tuple(plain(item) for item in value)
    return str(value) if isinstance(value, str) else value


def _by_name(elements: tuple[Element, ...]) -> Branch:
    """Return a list of elements by their names; those without are known by their place among their like."""
    found: dict[str, Plain] = {}
    for place, element in enumerate(elements, 1):
        name = str(getattr(element, "name", None) or f"#{place}")
        while name in found:
            name += f"#{place}"
        item = fields(element)
        item.whole = not any(isinstance(value, Branch) for value in item.values())
        found[name] = item
    return Branch(found, named=True, ordered=True, listed=True)


def key_text(key: object) -> str:
    """Return what a value stands under as it is typed: 2018, 2018-2020, 現状."""
    return _typed(key) if isinstance(key, tuple) else str(key)


def _typed(value: Any) -> str:
    """Return a pair of numbers as the plan file has it: 2018-03, 2018-2020, 3-5; a column by its key."""
    if hasattr(value, "key"):
        return str(value.key)
    first, last = value
    if hasattr(value, "month"):
        return f"{first}-{last:02}"
    return str(first) if first == last else f"{first}-{last}"


def same(old: Plain, new: Plain) -> bool:
    """Tell whether two values say the same to a reader: a text that was only broken into other lines does."""
    return old is new or canonical(old) == canonical(new)


def canonical(value: Plain) -> Any:
    """Return a value so that equal ones say the same. 17.0 is another number than 17: it is printed so."""
    if isinstance(value, Branch):
        items = [(name, canonical(item)) for name, item in value.items()]
        return tuple(items if value.ordered else sorted(items, key=lambda item: item[0]))
    if isinstance(value, tuple):
        return tuple(canonical(item) for item in value)
    if isinstance(value, str):
        return unwrapped(value) if "\n" in value or " " in value else value
    if isinstance(value, Decimal):
        return "number", str(value)
    return value


def unwrapped(text: str) -> str:
    """Return a text without the line breaks and blanks that are there because it was typed so."""
    return _REFLOWED.sub(_joint, text.strip())


def _joint(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return " " if before.isascii() and after.isascii() and before and after else ""


def as_data(value: Plain) -> Any:
    """Return a value as JSON has it: lists as in the plan file, numbers as numbers."""
    if isinstance(value, Branch):
        if value.listed:
            return [as_data(item) for item in value.values()]
        return {name: as_data(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and "." not in str(value) else float(value)
    return value
