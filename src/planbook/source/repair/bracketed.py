"""A value between brackets, `[…]` or `{…}`: what is wrong in it, before it and behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.plan.key_names import NAME_LISTS
from planbook.source.repair import flow
from planbook.source.repair.brackets import correct_balance
from planbook.source.repair.flow_tokens import closing
from planbook.source.repair.value_ends import (
    TWO_KEYS,
    quote_whole,
    second_key,
    wide_blanks_behind,
    without_comma,
)

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.value_ends import Kind, ValuePlace

_SHORT = {"id", "relist", "project", "date", "value", "format", "kind"}
"""Keys whose value never has brackets, so that quotes would not help."""

_TWICE = re.compile(r"\[[ ]*\[(?=[^\[\]]*\][ ]*$)")
"""Two brackets that begin a list of names, which one closes."""


def is_bracket(value: str, shape: Shape | None) -> bool:
    """Whether a value is meant as `[…]` or `{…}`, perhaps with full-width brackets."""
    if value[0] in "[{":
        return True
    if value[0] not in "［｛":
        return False
    if shape is None or shape.is_text_only:
        return False
    return value[0] == "｛" or not shape.text or value.rstrip().endswith("］")


def correct_bracket(line: TypedLine, place: ValuePlace) -> Kind:
    """Correct a list or mapping between brackets, or put quotes around a text that begins with one."""
    at, shape = place.at, place.shape
    if _unbracketed(line, place):
        return "plain"
    if not closing(line.text, at)[0] or not line.file_is_readable():  # else the next line has more items
        without_comma(line, at, behind_bracket=True)
    flow.quote_hash(line, at)
    if place.key in NAME_LISTS and (twice := _TWICE.match(line.text, at)):
        line.slip("extra-bracket", at, at + 1, "「[」が二つあります。一つにします。")
        line.replace(at, twice.end(), "[")
    if shape is not None and shape.items is not None and shape.items.fields:
        flow.add_braces(line, at)
    of_texts = shape is None or shape.items is None or shape.items.text
    flow.correct(line, at, of_names=place.key in NAME_LISTS and of_texts, has_columns=bool(shape and shape.entries))
    if shape is None or not shape.is_text_only:
        correct_balance(line, at)
    open_brackets, end = closing(line.text, at)
    if not open_brackets:
        without_comma(line, at)
        wide_blanks_behind(line, end)
    return _behind(line, place, end)


def _unbracketed(line: TypedLine, place: ValuePlace) -> bool:
    """Take away the brackets around one name that is an item of a list already."""
    match = re.compile(r"[\[［]([^\[\]［］,、]+)[\]］][ \t]*$").match(line.text, place.at)
    if place.listed not in NAME_LISTS or not match:
        return False
    line.slip("extra-bracket", place.at, place.at + 1, "「- 」の後の項目には、かっこは不要です。")
    line.replace(place.at, len(line.text), match[1].strip())
    return True


def _behind(line: TypedLine, place: ValuePlace, end: int) -> Kind:
    """Correct what stands behind the bracket that closes a value, at the column `end`, or -1 where none does."""
    at, shape, key = place.at, place.shape, place.key
    if key and end >= 0 and (second := second_key().match(line.text, end)):
        line.slip("two-keys", second.end(), second.end() + len(second[2]), TWO_KEYS.format(key, second[2]))
        line.replace(end, second.end(), "\n" + " " * place.column)
        return "flow"
    rest = line.text[end:].strip() if end >= 0 else ""
    if shape is not None and shape.is_text_only:
        meant_as_text = bool(rest) or key not in _SHORT
    else:
        meant_as_text = bool(rest.strip("]}")) and rest[0] not in "#:" and (shape is None or shape.text)
    if meant_as_text:
        quote_whole(line, at, f"「{line.text[at]}」で始まる文字は、引用符で囲みます。")
        return "quote"
    if rest.startswith(",") and shape is not None and shape.items is not None and line.text[at] == "{":
        line.slip("missing-brace", at, at + 1, "「{…}」が並ぶときは、全体を「[」「]」で囲みます。")
        line.replace(len(line.text.rstrip()), len(line.text), "]")
        line.replace(at, at, "[")
    elif rest == "]" and shape is not None and shape.items is not None and line.text[at] == "{":
        line.slip("missing-brace", at, at + 1, "「]」に対応する「[」がありません。")
        line.replace(at, at, "[")
    elif rest and not rest.strip("]}"):
        line.slip("extra-bracket", end, end + 1, f"「{rest}」が余分です。")
        line.replace(end, len(line.text), "")
    return "flow"
