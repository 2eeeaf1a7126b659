"""Lines without a key and without `-`: they go on with the text before them, lack their `-`, or are memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.source.repair.indentation import indent
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.line import joined
from planbook.source.repair.nesting import STEP, Outline, Pending

if TYPE_CHECKING:
    from planbook.source.repair.line import Draft
    from planbook.source.repair.multiline import Opened

LONG_TEXT = 30
"""Characters of a line that may have been broken by hand; what follows a shorter one is no part of it."""


def is_value(draft: Draft, pending: Pending, above: Draft) -> bool:
    """Whether a line is the text that the key above it waits for; its indentation is corrected."""
    column = draft.indent
    if draft.text[column] in "[{\"'|>" or (pending.shape is not None and not pending.shape.text):
        return False
    if column <= pending.column:
        key = above.text.strip()
        message = f"「{key}」の値のようですが、字下げが足りません。"
        hint = f"一行につなげて書いてください。\n{key} {draft.text.strip()}"
        draft.slip("indentation", 0, max(column, 1), message, hint=hint)
        indent(draft, pending.column + STEP)
    return True


def continues(draft: Draft, opened: Opened, outline: Outline, following: list[Draft]) -> bool:
    """Whether a line goes on with the plain text before it; what is wrong or unwise with that is told."""
    column = draft.indent
    if draft.text[column] in "[{":
        return False
    if column <= opened.column:
        if not _was_cut_off(opened, draft, outline):
            return False
        message = "前の行の続きのようですが、字下げが足りません。"
        hint = f"前の行につなげて、一行で書いてください。\n{opened.text}{draft.text.strip()}"
        draft.slip("indentation", 0, max(column, 1), message, hint=hint)
        indent(draft, opened.column + STEP)
    elif outline.blocks[-1].has_text_items and len(opened.text) < LONG_TEXT and opened.text[-1] not in "、，":
        return False  # a name under a name of a list
    elif not opened.told:
        message = "前の行の続きとして読まれ、つなぎ目に空白が入ります。"
        hint = joined([opened.draft, draft, *_deeper(following, opened.column)], opened.begin)
        draft.slip("folded-text", column, len(draft.text), message, hint=hint, severity=Severity.WARNING)
        opened.told = True
    return True


def _was_cut_off(opened: Opened, draft: Draft, outline: Outline) -> bool:
    """Whether a line that stands too far out goes on with the text of the line above it."""
    if draft.text.lstrip().startswith(("//", "※")):
        return False
    long = len(opened.text) >= LONG_TEXT
    if outline.has_texts_at(draft.indent):
        return long and opened.text[-1] not in "。．」）"
    return long or opened.text[-1] in "、，"


def _deeper(following: list[Draft], column: int) -> list[Draft]:
    """Return the lines that stand further in than a column, up to the first that does not."""
    found = []
    for draft in following:
        if not draft.text.strip() or draft.indent <= column or PROPER_KEY.match(draft.text.lstrip()):
            break
        found.append(draft)
    return found


def add_dash(draft: Draft, opened: Opened | None, outline: Outline) -> bool:
    """Insert the `-` that a text lacks as an item of a list; return whether there is such a list."""
    pending, column = outline.pending, draft.indent
    if pending:
        target = column if pending.shape and pending.shape.items and column > pending.column else None
    elif opened and opened.kind == "plain" and column > opened.column:
        target = outline.blocks[-1].column
    else:
        target = column if outline.has_texts_at(column) else None
    if target is None or draft.text[column] in "[{":
        return False
    draft.slip("missing-hyphen", column, len(draft.text.rstrip()), "リストの項目の前に「- 」がありません。")
    draft.replace(0, column, " " * target + "- ")
    return True


def leave_out(draft: Draft, opened: Opened | None) -> None:
    """Say of a text that it belongs to nothing, and read on without it."""
    column = draft.indent
    message = "「キー: 値」でもリストの「- 」でもない行です。"
    hint = "項目なら「キー: 値」の形で書き、印刷しないメモなら行の初めに「# 」を付けてください。"
    if opened and opened.kind == "plain":
        hint = "印刷しないメモなら行の初めに「# 」を付け、前の行の続きなら一行につなげてください。"
        hint += f"\n{opened.text}{draft.text.strip()}"
    draft.slip("stray-text", column, len(draft.text.rstrip()), message, hint=hint)
    draft.replace(column, len(draft.text), "")
