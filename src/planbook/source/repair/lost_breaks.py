"""A line break that was deleted: the next line stands behind a line, with all its blanks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys, plan_shape

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline


@cache
def _next_line() -> re.Pattern[str]:
    """Return the pattern of blanks behind something, and of what a line begins with behind them."""
    column = r"[0-9]{4}(?:-[0-9]{4})?|(?:令和|平成)[0-9元]+年度[^\s:、。]{0,3}|現状"
    inside = rf"(?<=\S) {{2,}}(?=- +\S|(?:{'|'.join(all_keys())}|{column}):(?: |$))"
    inside += r"|(?<=[a-z]:) {2,}(?=[^\s:#]{1,30}:(?: |$))"
    outermost = rf"(?<=[^\sA-Za-z_:,-])(?=(?:{'|'.join(plan_shape().fields)}):(?: |$))|(?<=[\"\]}}:])(?=- +\S)"
    return re.compile(f"{inside}|{outermost}")


def split_off(line: TypedLine, outline: Outline) -> TypedLine | None:
    """Take the next line off a line that it stands behind, and return it; None where there is none.

    It is one where it has as many blanks before it as an entry may have here.
    """
    for match in _next_line().finditer(line.text):
        head, blanks = line.text[: match.start()], len(match[0])
        if " #" in head or head.count('"') % 2 or _is_open(head):
            return None
        columns = {line.indent, line.indent + 2, *(node.column for node in outline.nodes)}
        if head.strip(" -") and (blanks in columns or (head.endswith(":") and blanks == line.indent + 4)):
            end = len(line.text.rstrip())
            line.slip("two-keys", match.end(), end, "次の行が、改行せずに続いています。ここで行を分けます。")
            return line.split(match.start())
    return None


def _is_open(text: str) -> bool:
    return text.count("[") != text.count("]") or text.count("{") != text.count("}")
