"""How much a chapter may hold: what is read in seconds. Reading Markdown takes as long as it has signs and lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 1_000_000
"""Of a file; in Japanese some 400 pages."""

MAX_LINES = 20_000
"""Lines; 500 pages of tables."""

MAX_SIGNS = 100_000
"""ASCII characters that are neither letters, digits nor blanks: most mean something to Markdown."""

MAX_BRACKETS = 10_000
"""Links, pictures and notes; what is behind one that is not closed is read several times."""

MAX_CELLS = 60_000
"""Cells of tables: a row has as many as the table has columns, whatever is typed in it."""

MAX_NOTES_IN_LINES = 500
"""Notes `^[…]`: of those that are not closed, each is read as often as there are others before it."""

_UNITS = {"大きさ": " バイト", "行": " 行"}
_BELOW_HEAD = re.compile(r"[ >\t|:-]+")
"""The line below the head of a table, which makes it one."""

_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def too_large(lines: Sequence[str]) -> Finding | None:
    """Return the finding of a chapter that has too much of something, at the first line that is too much."""
    counts = dict.fromkeys(("大きさ", "行", "記号", "かっこ", "表のセル", "文中の注"), 0)
    limits = (MAX_BYTES, MAX_LINES, MAX_SIGNS, MAX_BRACKETS, MAX_CELLS, MAX_NOTES_IN_LINES)
    columns = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or _BELOW_HEAD.fullmatch(line):
            columns = line.count("|") + 1 if line.strip() else 0
        counts["大きさ"] += len(line.encode()) + 1
        counts["行"] += 1
        counts["記号"] += sum(map(line.count, _SIGNS))
        counts["かっこ"] += line.count("[")
        counts["表のセル"] += columns
        counts["文中の注"] += line.count("^[")
        for (what, count), limit in zip(counts.items(), limits, strict=True):
            if count > limit:
                message = f"章が大きすぎます。{what}は {limit:,}{_UNITS.get(what, ' 個')}までです。"
                hint = "二つ以上のファイルに分けてください。章は book の parts に、いくつでも並べられます。"
                return Finding("too-large", Span(number, 1, number, len(line) + 1), message, hint)
    return None
