"""A plan file whose values are changed by path, and whose text changes only where they did."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

from planbook.editing.nodes import Data, EditError, parse
from planbook.editing.text_edits import TextEdits

if TYPE_CHECKING:
    from planbook.diagnostics.document import Path


class PlanFile:
    """The data of a plan file, to be changed, and its text.

    Paths are those of `Element.at`. Whatever is not changed stays byte for byte: comments, quotes, brackets, blank
    lines, line ends. `Number` texts are written without quotes.
    """

    def __init__(self, content: bytes) -> None:
        """Read the bytes of a plan file that has no errors.

        Raises:
            EditError: it is no YAML that can be edited in place.

        """
        self._mark = content.startswith(codecs.BOM_UTF8)
        self._raw = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        self._text, self._root = parse(self._raw)
        self.data: Data = self._root.data

    def value(self, path: Path) -> Data:
        """Return the value at a path; what is changed in it changes the file.

        Raises:
            KeyError, IndexError: there is none.

        """
        here = self.data
        for step in path:
            here = _container(here, step)[step]
        return here

    def replace(self, path: Path, value: Data) -> None:
        """Put a value in the place of another; a key that is not there yet comes last."""
        _container(self.value(path[:-1]), path[-1])[path[-1]] = value

    def insert(self, path: Path, value: Data, *, after: str | None = None) -> None:
        """Add a key behind another (or as the last), or an item before the one at that position."""
        parent, last = self.value(path[:-1]), path[-1]
        if isinstance(parent, list) and isinstance(last, int):
            parent.insert(last, value)
            return
        if not isinstance(parent, dict) or not isinstance(last, str):
            raise KeyError(last)
        items = [(name, item) for name, item in parent.items() if name != last]
        place = next((index for index, (name, _) in enumerate(items, 1) if name == after), len(items))
        items.insert(place, (last, value))
        parent.clear()
        parent.update(items)

    def remove(self, path: Path) -> None:
        """Take out a key or an item."""
        del _container(self.value(path[:-1]), path[-1])[path[-1]]

    def content(self) -> bytes:
        """Return the bytes of the file with all changes.

        Raises:
            EditError: the text has a notation in which these changes can not be made.

        """
        parts: list[str] = []
        here = 0
        for change in TextEdits(self._text, self._root).of(self.data):
            if change.start < here:
                raise EditError("overlap")
            parts += (self._raw[here : change.start], change.new)
            here = change.end
        raw = "".join((*parts, self._raw[here:]))
        # Whatever the notation of the file: what is written says what was to be said.
        if parse(raw)[1].data != self.data:
            raise EditError("not what was to be said")
        return (codecs.BOM_UTF8 if self._mark else b"") + raw.encode("utf-8")


def _container(value: Data, step: str | int) -> Any:
    """Return a value as the mapping or list that a step of a path leads into."""
    if isinstance(value, dict if isinstance(step, str) else list):
        return value
    raise KeyError(step)
