"""Papers of a house style on which no page can be laid out: too small, or all margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "pc": 25.4 / 6, "q": 0.25}
"""Millimetres in each unit of length that does not depend on type."""
_MIN_ROOM = 80
"""Millimetres of width and of height that have to remain between the margins: less than a page of A6 has."""
_MAX_SIDE = 1200
"""Millimetres: a side of A0 is 1189."""

_PAPERS = (
    (("--book-page",), "50mm 50mm"),  # the margins of css/book.css: contents and chapters have the widest
    (("--book-page-wide",), "34mm 28mm"),
    (("--system-table-width", "--system-table-height"), "--system-table-margin"),
    (("--sheets-width", "--sheets-height"), "--sheets-margin"),
    (("--sheets-wide-width", "--sheets-wide-height"), "--sheets-wide-margin"),
)


def paper_problems(own: Iterable[Any], usual: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and message for each paper that leaves no room. `own` are the declared variables."""
    declared = {each.name: each for each in own}
    values = usual | {name: each.value for name, each in declared.items()}
    for papers, margins in _PAPERS:
        names = [name for name in (*papers, margins) if name in declared]
        if not names:
            continue
        # A plan's own css/base.css may lack a variable: nothing is known of such a paper.
        sides = [length for name in papers for length in _lengths(values.get(name, ()))]
        named = margins.startswith("--")
        around = _lengths(values.get(margins, ())) if named else [float(each[:-2]) for each in margins.split()]
        if len(sides) != 2 or not 1 <= len(around) <= 4:  # noqa: PLR2004 - width and height; CSS's four sides
            continue
        width, height = sides
        if named:
            top, right, bottom, left = _four(around)
            around = [left + right, top + bottom]
        room = min(width - around[0], height - around[1])
        if room < _MIN_ROOM or max(sides) > _MAX_SIDE:
            at = declared[names[0]]
            message = (
                f"用紙 {width:g}mm × {height:g}mm にはページを組めません。余白を除いて縦横 {_MIN_ROOM}mm 以上、"
                f"{_MAX_SIDE}mm 以下の用紙にしてください（{'、'.join(names)}）。"
            )
            yield at.source_line, at.source_column, message


def _lengths(value: Iterable[Any]) -> list[float]:
    """Return lengths in millimetres; nothing where one is of another kind, such as em or a variable."""
    tokens = [token for token in value if token.type not in {"whitespace", "comment"}]
    if not all(token.type in {"dimension", "number"} for token in tokens):
        return []
    units = [token.lower_unit if token.type == "dimension" else "mm" for token in tokens]
    if not all(unit in MILLIMETRES for unit in units):
        return []
    return [token.value * MILLIMETRES[unit] for token, unit in zip(tokens, units, strict=True)]


def _four(margins: list[float]) -> tuple[float, float, float, float]:
    """Return the margins on top, right, bottom and left, of the one to four that CSS takes."""
    top = margins[0]
    right = margins[1] if len(margins) > 1 else top
    bottom = margins[2] if len(margins) > 2 else top  # noqa: PLR2004 - the third of four sides
    left = margins[3] if len(margins) > 3 else right  # noqa: PLR2004 - the last of four sides
    return top, right, bottom, left
