"""Lines without a key and without `-`: they go on with the text before them, lack their `-`, or are memos."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.plan.key_names import NAME_LISTS
from planbook.source.repair.entry import line_below
from planbook.source.repair.indentation import indent
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.line import joined, rows
from planbook.source.repair.open_nodes import STEP, Pending
from planbook.source.repair.values import NO_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.multiline import OpenValue
    from planbook.source.repair.nesting import Outline

_KEY = re.compile(r"[A-Za-z0-9-]+[ 　]*[:：]")

LONG_TEXT = 30
"""Characters of a line that may have been broken by hand; what follows a shorter one is no part of it."""


MEMO_SIGNS = ("//", "※", "（注", "(注", "→", "⇒", "<!--", "‹!--", "＜!--", "/*", "★")
"""What a memo begins with in other notations."""


def is_value(line: TypedLine, pending: Pending, above: TypedLine) -> bool:
    """Whether a line is the text that the key above it waits for; its indentation is corrected."""
    column = line.indent
    if line.text[column] in "[{" or (pending.shape is not None and not pending.shape.text):
        return False
    if column <= pending.column:
        key = above.text.strip()
        message = f"「{key}」の値のようですが、字下げが足りません。"
        hint = f"{rows(above, line)}一行につなげて書いてください。\n{key} {line.text.strip()}"
        line.slip("indentation", 0, max(column, 1), message, hint=hint)
        indent(line, pending.column + STEP)
    return True


def is_item(line: TypedLine, pending: Pending, outline: Outline, typed_lines: list[TypedLine]) -> bool:
    """Whether a text below a key is the first item of its list, and not its value."""
    if not pending.shape or not outline.expects_list(line.indent):
        return False
    below = line_below(line, typed_lines)
    return not pending.shape.text or (below is not None and below.text.startswith("- ", below.indent))


def is_memo(line: TypedLine, pending: Pending | None, typed_lines: list[TypedLine]) -> bool:
    """Whether a text stands between a key that waits for a list or mapping and what that is."""
    if not pending or not pending.shape or not (pending.shape.items or pending.shape.is_mapping):
        return False
    below = line_below(line, typed_lines)
    if below is None or PROPER_KEY.match(line.text, line.indent):
        return False
    begin, dash = below.indent, below.text.startswith("- ", below.indent)
    if pending.shape.items:
        return dash and begin >= pending.column and line.indent <= begin and not pending.shape.items.text
    key = PROPER_KEY.match(below.text, begin)
    return bool(key and pending.shape.has(key["key"])) and begin > pending.column and line.indent <= begin


def continues(line: TypedLine, open_value: OpenValue, outline: Outline, following: Iterable[TypedLine]) -> bool:
    """Whether a line goes on with the plain text before it; what is wrong or unwise with that is reported."""
    column = line.indent
    if line.text[column] in "[{" or open_value.is_id:
        return False
    if column <= open_value.column:
        if not _was_cut_off(open_value, line, outline):
            return False
        if not open_value.reported:
            parts = [line, *_beside(following, column)]
            text = "".join(part.text.strip() for part in parts)
            message = "前の行の続きのようですが、字下げが足りません。"
            hint = f"{rows(open_value.line, parts[-1])}一行につなげて書いてください。\n{open_value.text}{text}"
            line.slip("indentation", 0, max(column, 1), message, hint=hint)
            open_value.reported = True
        indent(line, open_value.column + STEP)
    elif outline.nodes[-1].has_text_items and len(open_value.text) < LONG_TEXT and open_value.text[-1] not in "、，":
        return False  # a name under a name of a list
    elif not open_value.reported:
        message = "前の行の続きとして読まれ、つなぎ目に空白が入ります。"
        hint = joined([open_value.line, line, *_deeper(following, open_value.column)], open_value.begin)
        line.slip("folded-text", column, len(line.text), message, hint=hint, severity=Severity.WARNING)
        open_value.reported = True
    return True


def _was_cut_off(open_value: OpenValue, line: TypedLine, outline: Outline) -> bool:
    """Whether a line that stands too far out goes on with the text of the line above it."""
    if line.text.lstrip().startswith(MEMO_SIGNS):
        return False
    long = len(open_value.text) >= LONG_TEXT
    if outline.has_texts_at(line.indent):
        return (long or open_value.text[-1] in "、，") and open_value.text[-1] not in "。．」）"
    return long or open_value.text[-1] in "、，"


def _beside(following: Iterable[TypedLine], column: int) -> list[TypedLine]:
    """Return the lines of text that stand at a column, up to the first that is none."""
    found = []
    for line in following:
        text = line.text.strip()
        if not text or line.indent != column or text.startswith(("-", "#", *MEMO_SIGNS)) or _KEY.match(text):
            break
        found.append(line)
    return found


def _deeper(following: Iterable[TypedLine], column: int) -> list[TypedLine]:
    """Return the lines that stand further in than a column, up to the first that does not."""
    found = []
    for line in following:
        if not line.text.strip() or line.indent <= column or PROPER_KEY.match(line.text.lstrip()):
            break
        found.append(line)
    return found


def add_dash(line: TypedLine, open_value: OpenValue | None, outline: Outline) -> bool:
    """Insert the `-` that a text lacks as an item of a list; return whether there is such a list."""
    pending, column = outline.pending, line.indent
    if pending:
        items = pending.shape.items if pending.shape else None
        target = column if items and items.text and column > pending.column else None
    elif open_value and open_value.kind == "plain" and column > open_value.column:
        target = outline.nodes[-1].column
    else:
        target = column if outline.has_texts_at(column) else None
    if target is None or line.text[column] in "[{" or line.text.startswith(MEMO_SIGNS, column):
        return False
    if _lists_names(outline) and re.search(NO_NAME, line.text):
        return False
    line.slip("missing-hyphen", column, len(line.text.rstrip()), "リストの項目の前に「- 」がありません。")
    line.replace(0, column, " " * target + "- ")
    return True


def _lists_names(outline: Outline) -> bool:
    """Whether what stands here is a list of names, not of sentences."""
    return (outline.pending.name if outline.pending else outline.nodes[-1].name) in NAME_LISTS


def _is_half(above: str, text: str) -> bool:
    """Whether a text seems to go on in the line below it: it is no whole sentence, and that is no memo."""
    if text.startswith(MEMO_SIGNS) or above[-1] in "。．」）":
        return False
    return len(above) >= LONG_TEXT or above[-1] in "、，のをにとやがはでへも" or text[-1] == "。"


def leave_out(line: TypedLine, open_value: OpenValue | None, following: Iterable[TypedLine]) -> None:
    """Say of a text that it belongs to nothing, and read on without it."""
    column = line.indent
    message = "「キー: 値」でもリストの「- 」でもない行です。"
    text = line.text.strip()
    plain = open_value if open_value and open_value.kind == "plain" and not open_value.is_id else None
    parts = [line, *_beside(following, column)] if plain else [line]
    whole = "".join(part.text.strip() for part in parts)
    if plain and _is_half(plain.text, whole):
        hint = "印刷しないメモなら、行の初めに「# 」を付けます。前の行の続きなら、"
        hint += f"{rows(plain.line, parts[-1])}一行につなげてください。\n{plain.text}{whole}"
        for part in parts[1:]:
            part.replace(0, len(part.text), "")
    elif text.isascii():  # a word that was cut off
        hint = "項目なら「キー: 値」の形で書き、印刷しないメモなら行の初めに「# 」を付けてください。"
    else:
        way = "前の行の続きなら一行につなげ、" if plain else "項目なら「キー: 値」の形で書き、"
        hint = f"{way}印刷しないメモなら、次のように行の初めに「# 」を付けてください。\n# {text}"
    line.slip("stray-text", column, len(line.text.rstrip()), message, hint=hint)
    line.replace(column, len(line.text), "")
