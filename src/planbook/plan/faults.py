"""What pydantic says of one place of a file, followed through the data that were typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Path, Scalar, Sequence, Value

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "string_type": "文字",
    "tuple_type": "リスト（「- 」で始まる行の並び）",
    "dict_type": "「キー: 値」の組",
    "model_type": "「キー: 値」の組",
    "model_attributes_type": "「キー: 値」の組",
    "union_tag_not_found": "「キー: 値」の組",
}
"""What pydantic expected, by the kind of its error."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the validation: where in the data it is, and what was typed there."""

    kind: str
    """What pydantic calls it: `missing`, `string_type`, or a name that `value_types` gives."""
    path: Path
    value: object
    around: Value
    """The mapping or list that it is in."""
    in_key: bool
    root: Value
    """All of the file."""
    columns: tuple[str, ...] = ()
    """Those of the plan, where it is about one that the plan has not."""

    @classmethod
    def read(cls, details: ErrorDetails, root: Value) -> Fault:
        """Follow pydantic's location through the data. Steps that are not in the data are its union tags."""
        location = details["loc"]
        in_key = location[-1:] == ("[key]",)
        here = around = root
        path: Path = here.path
        for index, step in enumerate(location):
            if isinstance(here, Scalar):
                break
            if index > 1 and location[index - 2] in {"actions", "parts"} and isinstance(step, str):
                continue
            if isinstance(here, Mapping) and step in here:
                around, here = here, here[str(step)]
                path = here.path
            elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
                around, here = here, here[step]
                path = here.path
            elif details["type"] == "missing" and index == len(location) - 1:
                around, path = here, (*here.path, step)
        columns = tuple(details.get("ctx", {}).get("columns", ()))
        return cls(details["type"], path, details["input"], around, in_key, root, columns)

    @property
    def owner(self) -> str:
        """The title, or else the id, of the mapping that it is in; nothing where that has neither."""
        found = [self.around.get(key) for key in ("title", "id")] if isinstance(self.around, Mapping) else []
        return next((str(text) for text in found if isinstance(text, Scalar) and text), "")

    @property
    def has_wrong_shape(self) -> bool:
        """Whether a text, a list or a mapping was expected, and another of these was typed."""
        return self.kind in _EXPECTED

    @property
    def expects_mapping(self) -> bool:
        """Whether keys with values were expected."""
        return "組" in _EXPECTED.get(self.kind, "")

    @property
    def wrong_shape(self) -> str:
        """The message that says what was expected, and what was typed."""
        is_list, is_mapping = isinstance(self.value, list), isinstance(self.value, dict)
        given = "リスト" if is_list else "「キー: 値」の組" if is_mapping else "文字"
        return f"{_EXPECTED.get(self.kind, '別の形の値')}を書くところに、{given}があります。"
