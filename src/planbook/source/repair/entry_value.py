"""The value of an entry: corrected, and what of it goes on in the lines below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.source.repair import values
from planbook.source.repair.alternative import SOME_YEAR
from planbook.source.repair.entry import goes_on_below, line_below
from planbook.source.repair.flow_tokens import closing
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.multiline import OpenValue
from planbook.source.repair.open_nodes import STEP, Pending
from planbook.source.repair.value_ends import ValuePlace

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline
    from planbook.source.repair.value_ends import Kind


def read_value(entry: Entry, shape: Shape | None, outline: Outline, typed_lines: list[TypedLine]) -> OpenValue | None:
    """Correct the value of an entry; return it where it may go on in the next lines."""
    line, at, column = entry.line, entry.begin, entry.inner
    if shape is not None and not shape.text and line.text[at : at + 1] in {"&", "!"}:
        values.refuse_references(line, at, of_text=False)
    if not line.text[at:].strip() or _begins_with_hash(line, at, shape, outline, typed_lines):
        return None
    if entry.key is not None and shape and shape.items and _begins_item(line, at, shape.items, outline):
        return None
    if line.text[at:].rstrip() == "[" and shape and shape.items and goes_on_below(line, column, shape, typed_lines):
        line.slip("extra-bracket", at, at + 1, f"「{line.text[at]}」は不要です。中身は次の行から書きます。")
        line.replace(len(line.text[:at].rstrip()), len(line.text), "")
        return None
    listed = outline.nodes[-1].name if entry.key is None and outline.nodes else ""
    kind = values.correct(line, ValuePlace(at, shape, entry.key, column, listed))
    if kind != "block" and "\n" in line.text and _awaits_value(line.text, column, outline):
        return None
    open_value = open_value_of(kind, line, at, column)
    if kind in ("plain", "quote") and shape:
        may_go_on = "text" in shape.fields if shape.text else entry.key is not None
        goes_on = may_go_on and goes_on_below(line, column, shape, typed_lines)
        if goes_on and _reads_below(line, at, shape, typed_lines, column):
            return None
        outline.misfits += not shape.text
    outline.pending = None
    return open_value


def _begins_item(line: TypedLine, at: int, items: Shape, outline: Outline) -> bool:
    """Put the first item of a list on its own line, where it stands behind the key of the list."""
    first = PROPER_KEY.match(line.text, at + 2) if line.text.startswith("- ", at) else None
    if not first or not outline.pending or first["key"] not in items.fields or not line.text[first.end() :].strip():
        return False
    column = outline.usual(outline.pending, dash=True)
    line.slip("indentation", at, at + 1, "リストの「- 」は、キーの次の行から書きます。")
    line.replace(len(line.text[:at].rstrip()), at, f"\n{' ' * column}")
    outline.enter(column, first["key"], dash=True)
    outline.pending = Pending(column, is_dash=True, shape=items)
    outline.enter(column + 2, first["key"], dash=False)
    return True


def _reads_below(line: TypedLine, at: int, shape: Shape, typed_lines: list[TypedLine], column: int) -> bool:
    """Whether what goes on below a text is what is read behind its key: with the text, or in its place."""
    if shape.text:
        return _give_key(line, at, shape, typed_lines, column)
    _leave_out(line, at, column, shape)
    return True


def _give_key(line: TypedLine, at: int, shape: Shape, typed_lines: list[TypedLine], column: int) -> bool:
    """Give a text its key where the lines below it are further keys of the mapping that may stand in its place."""
    below = line_below(line, typed_lines)
    key = below and PROPER_KEY.match(below.text, below.indent)
    if not below or not key or key["key"] not in shape.fields or key["key"] == "text":
        return False
    head, text = line.text[:at].rstrip(), line.text[at:].rstrip()
    message = f"下の「{key['key']}」と並べるには、文章に「text:」が必要です。"
    hint = f"次のように、二行に分けてください。\n{head.strip()}\n{' ' * (below.indent - column)}text: {text}"
    line.slip("missing-key", at, at + len(text), message, hint=hint)
    line.replace(at, len(line.text), f"\n{' ' * below.indent}text: {text}")
    return True


def _leave_out(line: TypedLine, at: int, column: int, shape: Shape) -> None:
    """Leave out a text behind a key whose value stands in the next lines; a target is read as one of some year."""
    key = line.text[:at].strip()
    if shape.entries:
        text = line.text[at:].rstrip()
        message = f"「{key}」の後の目標に、年度がありません。"
        hint = f"年度を付けて、下の行に書いてください（例：2018: {text}）。"
        line.slip("missing-key", at, at + len(text), message, hint=hint)
        line.replace(at, len(line.text), f"\n{' ' * (column + STEP)}{SOME_YEAR}: {values.quoted(text)}")
        return
    message = f"「{key.removeprefix('- ')}」の後には何も書けません。中身は次の行から書きます。"
    hint = f"この文字を、必要なら下の行に移し、次のように消してください。\n{key}"
    line.slip("wrong-type", at, len(line.text.rstrip()), message, hint=hint)
    line.replace(at, len(line.text), "")


def _awaits_value(text: str, column: int, outline: Outline) -> bool:
    """Whether the second key of a line that was broken in two has its value in the next lines."""
    second = PROPER_KEY.match(text, text.index("\n") + 1 + column)
    if not second:
        return False
    shape = outline.enter(column, second["key"], dash=False)
    if text[second.end() :].strip():
        return False
    outline.pending = Pending(column, is_dash=False, shape=shape)
    return True


def _begins_with_hash(
    line: TypedLine, at: int, shape: Shape | None, outline: Outline, typed_lines: list[TypedLine]
) -> bool:
    """Whether a comment stands behind a key: it is quoted where a text must stand, and none stands below it."""
    if not line.text.startswith("#", at):
        return False
    below = line_below(line, typed_lines)
    if shape is not None and shape.is_text_only and not (below and below.indent > line.indent):
        line.slip(
            "needs-quotes", at, at + 1, "「#」から後ろはコメントになり、値が空になります。文字は引用符で囲みます。"
        )
        line.replace(at, len(line.text), values.quoted(line.text[at:].rstrip()))
        outline.pending = None
    return True


def open_value_of(kind: Kind, line: TypedLine, at: int, column: int) -> OpenValue | None:
    """Return a value that is not at its end with its line, or None where it is."""
    text = line.text
    if kind == "block":
        return OpenValue("block", line, column, character=text[at], inside=column + STEP if "\n" in text else None)
    if kind == "flow":
        brackets, _ = closing(text, at)
        return OpenValue("flow", line, column, brackets) if brackets else None
    if kind == "quote":
        return None if values.closes(text, at) else OpenValue("quote", line, column, text[at])
    if re.search(r"[ \t]#", text[at:]):
        return None  # a text does not go on behind a comment
    return OpenValue("plain", line, column, begin=at)
