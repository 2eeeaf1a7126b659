"""What stands on the page → the line of the plan file that says so."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Scalar, Span
from planbook.source.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planbook.diagnostics.document import Document, Path, Value

_SIGNS = re.compile(r"[\s,・（）()：、\u200b\u2060]+")


def find_place(data: bytes, anchor: str, text: str, keys: Iterable[str] = ()) -> Span:
    """Return where in a plan file a text stands that the page shows.

    `anchor` is the nearest id around it on the page ("" for none), `text` what it shows. Where no value of the file
    says the same, it is the place of the section or action itself. `keys` are those at the top of the file of which the
    text is made, such as 令和7年3月 of `date`: then it is the first of these that is there.
    """
    document = read(data, "").document
    for key in keys:
        if isinstance(document.root, dict) and key in document.root:
            return document.span((key,), "key")
    value, path = _with_id(document, anchor)
    best = _best(list(_leaves(value, path)), _plain(text))
    if best is not None:
        return document.span(best)
    return document.span((*path, "title")) if path else document.span(path)


def _with_id(document: Document, anchor: str) -> tuple[Value | None, Path]:
    """Return the section or action that an id of the page stands for, and its path; of a relisting, its original.

    Where there is none, it is the whole plan.
    """
    ids = (anchor, anchor.removeprefix("table:"), anchor.rpartition(":")[2])
    found = {id_: (value, path) for id_, value, path in _identified(document.root, ()) if id_ in ids}
    return next((found[id_] for id_ in ids if id_ in found), (document.root, ()))


def _identified(value: Value | None, path: Path) -> Iterator[tuple[str, Value, Path]]:
    if isinstance(value, dict):
        if isinstance(id_ := value.get("id"), Scalar):
            yield str(id_), value, path
        for key, each in value.items():
            yield from _identified(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _identified(each, (*path, at))


def _leaves(value: Value | None, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Scalar):
        yield path, str(value)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _leaves(each, (*path, at))


def _best(leaves: list[tuple[Path, str]], text: str) -> Path | None:
    """Return the value that says the text: the very same, else the longest in it, else the shortest around it."""
    if not text:
        return None
    leaves_of_plan = [(path, _plain(leaf)) for path, leaf in leaves if path and path[-1] != "id"]
    # Of several, the one nearest to the top: the others are those of sections below.
    same = [(len(path), at, path) for at, (path, leaf) in enumerate(leaves_of_plan) if leaf == text]
    inside = [
        (-len(leaf), at, path) for at, (path, leaf) in enumerate(leaves_of_plan) if len(leaf) > 1 and leaf in text
    ]
    # A number alone stands in many others.
    around = [(len(leaf), at, path) for at, (path, leaf) in enumerate(leaves_of_plan) if len(text) > 1 and text in leaf]
    for found in (same, inside, around):
        if found:
            return min(found)[2]
    return None


def _plain(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))
