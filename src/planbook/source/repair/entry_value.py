"""The value of an entry: corrected, and what of it goes on in the lines below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.source.repair import values
from planbook.source.repair.alternative import SOME_YEAR
from planbook.source.repair.entry import goes_on_below, line_below
from planbook.source.repair.flow import closing
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.multiline import OpenValue
from planbook.source.repair.open_nodes import STEP, Pending

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.entry import Entry
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline


def read_value(entry: Entry, shape: Shape | None, outline: Outline, typed_lines: list[TypedLine]) -> OpenValue | None:
    """Correct the value of an entry; return it where it may go on in the next lines."""
    line, at, column = entry.line, entry.begin, entry.inner
    if line.text[at:].startswith("#"):
        _quote_hash(line, at, shape, outline)
        return None
    if not line.text[at:].strip():
        return None
    listed = outline.nodes[-1].name if entry.key is None and outline.nodes else ""
    kind = values.correct(line, values.ValuePlace(at, shape, entry.key, column, listed))
    if kind != "block" and "\n" in line.text and _awaits_value(line.text, column, outline):
        return None
    open_value = open_value_of(kind, line, at, column)
    if kind in ("plain", "quote") and shape:
        may_go_on = "text" in shape.fields if shape.text else entry.key is not None
        goes_on = may_go_on and goes_on_below(line, column, shape, typed_lines)
        if goes_on and shape.text and _give_key(line, at, shape, typed_lines, column):
            return None
        if goes_on and not shape.text:
            _leave_out(line, at, column, shape)
            return None
        outline.misfits += not shape.text
    outline.pending = None
    return open_value


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
        hint = f"年度を付けて、次の行に書いてください（年度は例です）。\n{key}\n  2018: {text}"
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


def _quote_hash(line: TypedLine, at: int, shape: Shape | None, outline: Outline) -> None:
    """Quote a text that begins with `#`, where a text must stand: for YAML it is a comment."""
    if shape is not None and shape.is_text_only and at < len(line.text):
        line.slip(
            "needs-quotes", at, at + 1, "「#」から後ろはコメントになり、値が空になります。文字は引用符で囲みます。"
        )
        line.replace(at, len(line.text), values.quoted(line.text[at:].rstrip()))
        outline.pending = None


def open_value_of(kind: values.Kind, line: TypedLine, at: int, column: int) -> OpenValue | None:
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
