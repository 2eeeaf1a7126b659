"""Stand-ins: what takes the place of a value that is missing or wrong, so that the rest of a plan can still be checked.

They are objects of their own, which no file can hold: a text is one because of its class, not because of what it says;
lists and mappings are empty, and a month can not be asked. What they say is a character that reading refuses, typed or
as an escape (`decode.has_controls`), so a message that would show one is known and dropped.
"""

from __future__ import annotations

from planbook.diagnostics.document import Mapping, Path, Scalar, Sequence

_NO_CHARACTER = "\uffff"
"""Unicode has no character here, and never will; reading refuses it."""


class StandInText(Scalar):
    """Stands for a text. Two of different paths are different."""

    __slots__ = ()


class StandInList(Sequence):
    """Stands for a list that must not be empty: it is empty."""


class StandInMapping(Mapping):
    """Stands for a mapping that must not be empty: it is empty."""


StandIn = StandInText | StandInList | StandInMapping


def text(path: Path) -> StandInText:
    """Return what stands for the text at a path."""
    return StandInText(f"{_NO_CHARACTER}{'/'.join(map(str, path))}", path)


def mentions(message: str) -> bool:
    """Whether a message shows a stand-in, so that it says nothing of the file."""
    return _NO_CHARACTER in message
