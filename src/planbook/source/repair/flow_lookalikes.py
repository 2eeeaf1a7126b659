"""Brackets and quotes of other kinds, typed where `{}` and `"` are meant inside `[…]` and `{…}`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys
from planbook.source.repair.line import quoted

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine

_WIDE_QUOTED = re.compile('(?<=[,，、:：\\[{［｛ 　])[“”〝＂]([^“”〝〟＂"]*)[“”〟＂](?=[ 　]*[,，、\\]}］｝])')
_HALF_QUOTED = re.compile(
    r"""(?:(?<=[\[{,:] )|(?<=[\[{]))(?:"(?P<left>[^",\[\]{}]+)(?=, "[^,\]}])"""
    r"""|(?P<right>[^\s",:\[\]{}][^",:\[\]{}]*)"(?=[,\]}]))"""
)
"""An item that lacks one of its quotes, beside others that have both."""


def correct_quotes(line: TypedLine, start: int) -> None:
    """Correct quotes in full width around items, and quotes of which one is missing."""
    for match in reversed(list(_WIDE_QUOTED.finditer(line.text, start))):
        message = f'引用符「{match[0][0]}」が全角です。半角の「"」を使うか、引用符なしで書きます。'
        line.slip("fullwidth-quote", match.start(), match.start() + 1, message)
        line.replace(match.start(), match.end(), quoted(match[1]))
    if line.text.count('"', start) % 2 and "\\" not in line.text and not line.file_is_readable():
        for match in reversed(list(_HALF_QUOTED.finditer(line.text, start))):
            if match["right"] or line.text.count('"', start, match.start()) % 2 == 0:
                line.slip("unclosed-quote", match.start(), match.end(), '引用符「"」の片方がありません。')
                line.replace(match.start(), match.end(), f'"{match["left"] or match["right"]}"')
                return


@cache
def _round_brackets() -> re.Pattern[str]:
    """Return the pattern of keys between brackets of other kinds."""
    keys = "|".join(all_keys())
    inside = rf"[ 　]*(?:{keys})[ 　]*[:：=＝][^()（）<>＜＞〔〕]*"
    return re.compile(rf"[(（<＜〔]({inside})[)）>＞〕](?=[ 　]*[,，、\]］]|[ 　]*$)")


def braces_for_others(line: TypedLine, start: int) -> None:
    """Put `{…}` in the place of other brackets around keys: `(name: 部数, value: 20)`."""
    for match in reversed(list(_round_brackets().finditer(line.text, start))):
        begin, end = match.span()
        message = f"「{line.text[begin]}」「{line.text[end - 1]}」ではなく、「{{」「}}」で囲みます。"
        rule = "missing-brace" if line.text[begin].isascii() else "fullwidth-bracket"
        line.slip(rule, begin, begin + 1, message)
        line.replace(begin, end, f"{{{match[1]}}}")
