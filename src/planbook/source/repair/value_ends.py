"""Where a value stands and what may stand behind it: what values of all kinds have in common."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from planbook.plan.shape import all_keys
from planbook.source.repair.line import quoted

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.line import TypedLine

TWO_KEYS = "「{}」と「{}」が一行にあります。行を分けます。"

Kind = Literal["plain", "quote", "flow", "block"]


class ValuePlace(NamedTuple):
    """Where a value stands: its column, shape and key, the column of that, or the list that it is an item of."""

    at: int
    shape: Shape | None
    key: str | None
    column: int
    listed: str = ""


@cache
def second_key() -> re.Pattern[str]:
    """Return the pattern of what stands between a value and a key behind it."""
    return re.compile(rf"(?<=\S)(,?)[ 　]+(?=({'|'.join(all_keys())}):([ \t]|$))")


SECOND_COLUMN = re.compile(
    r"(?<=\S)(,?)[ 　]+(?=([0-9]{4}(?:-[0-9]{4})?|(?:令和|平成)[0-9元]+年度[^\s:、。]{0,3}|現状):[ \t])"
)
"""What stands between a target and the key of the next column behind it."""


def without_comma(line: TypedLine, at: int, *, behind_bracket: bool = False) -> None:
    """Take away the `,` or `;` that other notations have at the end of a line, and 「。」 behind a bracket."""
    text = line.text.rstrip()
    signs = r"(?<=[\]}])[,;、，。．・]$" if behind_bracket else r"(?<=[^,;\s])[,;]$"
    if match := re.compile(signs).search(text, at):
        line.slip("extra-comma", match.start(), match.end(), f"行末の「{match[0]}」は不要です。")
        line.replace(match.start(), len(line.text), "")


def wide_blanks_behind(line: TypedLine, end: int) -> None:
    """Correct full-width blanks behind the end of a value: YAML takes these for text."""
    rest = line.text[end:]
    blanks = rest[: len(rest) - len(rest.lstrip(" \t　\xa0"))]
    if re.search("[　\xa0]", blanks) and rest.strip()[:1] in {"", "#"}:
        line.slip("fullwidth-space", end, end + len(blanks), f"「{line.text[end - 1]}」の後に全角の空白があります。")
        line.replace(end, end + len(blanks), " " if rest.strip() else "")


def quote_whole(line: TypedLine, at: int, message: str) -> None:
    text = line.text[at:].rstrip()
    line.slip("needs-quotes", at, at + 1, message)
    line.replace(at, at + len(text), quoted(text))
