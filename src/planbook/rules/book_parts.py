"""The rule `book-parts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan


@rule("book-parts", needs=r"book(/.*)?")
def book_parts(plan: Plan) -> Iterator[Finding]:
    """No part of the book stands in it twice, and nothing stands before its cover."""
    parts = [part if isinstance(part, str) else part.chapter for part in plan.book.parts]
    for index, part in enumerate(parts):
        if parts.index(part) < index:
            message = f"計画書の部分「{part}」が二度書かれています。"
            yield Finding("", ("book", "parts", index), message, "どちらか一つを消してください。")
        elif part == "cover" and index > 0:
            typed = [part if isinstance(part, str) else f"{{chapter: {part.chapter}}}" for part in plan.book.parts]
            others = ", ".join(("cover", *(part for part in dict.fromkeys(typed) if part != "cover")))
            message = "表紙（cover）は、計画書の先頭にしか置けません。"
            at: Path = ("book", "parts", index)
            yield Finding("", at, message, "先頭に移して、", instead=f"[{others}]", instead_of=at[:-1])
