"""Comparison table → Markdown, as GitHub shows it in a summary or a comment; shortened where it would be too long."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from planbook.comparison.table import ComparisonHeading, ComparisonRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.comparison.table import ComparisonTable
    from planbook.comparison.underlining import Pieces

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~@:-])")
_LEFT_OUT = "\n> **長すぎるので、{count} 行を省きました。** すべては `planbook diff` の PDF や Excel で見られます。\n"


def write(table: ComparisonTable, limit: int) -> str:
    """Return the table in at most `limit` bytes; rows that have no room are left out, and it says how many.

    GitHub takes 1 MiB for a step, and shows nothing of what is longer (docs.github.com, "Workflow commands").
    """
    way = " → ".join(map(_escaped, table.versions))
    head = f"## {_escaped(table.title)}\n\n{way}　{table.summary}\n"
    head += "".join(f"\n> {_escaped(note)}\n" for note in table.notes)
    blocks = list(_blocks(table))
    room = limit - len(head.encode()) - len(_LEFT_OUT.format(count=len(blocks)).encode())
    written: list[str] = []
    for at, block in enumerate(blocks):
        room -= len(block.encode())
        if room < 0:
            return head + "".join(written) + _LEFT_OUT.format(count=len(blocks) - at)
        written.append(block)
    return (head + "".join(written)).rstrip("\n")


def _blocks(table: ComparisonTable) -> Iterator[str]:
    """Yield headings, and rows: each heading begins a table of its own."""
    words = table.words
    sides = (words.new, words.old) if words.new_first else (words.old, words.new)
    begun = False
    for row in table.rows:
        if isinstance(row, ComparisonHeading):
            word = f"{row.word} " if row.word else ""
            yield f"\n{'#' * (row.level + 2)} {_escaped(word + row.text)}\n"
            begun = False
            continue
        start = "" if begun else f"\n| {' | '.join(map(_escaped, (*sides, words.remark)))} |\n|---|---|---|\n"
        begun = True
        yield start + _row(row, new_first=words.new_first)


def _row(row: ComparisonRow, *, new_first: bool) -> str:
    new, old = _cell(row, row.new, "ins"), _cell(row, row.old, "del")
    sides = (new, old) if new_first else (old, new)
    return f"| {' | '.join((*sides, _escaped(row.remark)))} |\n"


def _cell(row: ComparisonRow, pieces: Pieces, tag: str) -> str:
    if not pieces:
        return "" if row.one_sided else "－"
    marked = (f"<{tag}>{_escaped(text)}</{tag}>" if changed else _escaped(text) for text, changed, _ in pieces)
    text = "".join(marked)
    return f"{_escaped(row.label)}<br>{text}" if row.label else f"<b>{text}</b>"


def _escaped(text: str) -> str:
    """Return a text that Markdown leaves as it is: no character of it means anything, no line of it ends the table."""
    return _SPECIAL.sub(r"\\\1", html.escape(text, quote=False)).replace("\n", "<br>")
