"""Lines that are no data, and lines with something before their data: rulers, page numbers, signs typed by chance."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from planbook.plan.shape import all_keys
from planbook.source.repair.entry import goes_on_below, line_below
from planbook.source.repair.indentation import BLANKS, indent
from planbook.source.repair.keys import PROPER_KEY
from planbook.source.repair.line import quoted, rows

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine
    from planbook.source.repair.nesting import Outline

_RULER = re.compile(r"-{4,}|[=_~*＝－ー―─━＊～〜・]{3,}|(?:([-*=＊・－─])[ 　]){2,}\1")
"""A line that separates parts of a text; `---` begins a document of YAML."""

_PAGE_NUMBER = re.compile(r"([-－―‐–—─])[ 　]*[0-9０-９]{1,3}[ 　]*\1")
"""What stands at the foot of a page: - 12 -."""

_TODO = re.compile(r"(?:TODO|FIXME|XXX|MEMO|WIP)\b")
"""What programmers begin a memo with."""

_HUNK = re.compile(r"@@ -[0-9]+(,[0-9]+)? \+[0-9]+(,[0-9]+)? @@.*|(?:-{3}|\+{3}) [^ ]+\.ya?ml.*")
"""What the output of `diff` has between its lines."""


def is_no_data(line: TypedLine, typed_lines: list[TypedLine]) -> bool:
    """Whether nothing is to be read from a line: a marker of YAML (`---`), or what is reported, as a page number."""
    text = line.text.strip(BLANKS)
    if _RULER.fullmatch(text):
        message = "区切りの線だけの行です。"
        hint = f"区切りの線は、次のように行の初めに「# 」を付けるとコメントになり、印刷されません。\n# {text}"
    elif _PAGE_NUMBER.fullmatch(text):
        message, hint = "ページ番号だけの行です。", "ページ番号は自動で付きます。この行を消してください。"
    elif _TODO.match(text):
        message = "印刷しないメモの行です。"
        hint = f"メモには、次のように行の初めに「# 」を付けてください。\n# {text}"
    elif _HUNK.fullmatch(text):
        message, hint = "差分（diff）の見出しの行です。", "この行を消してください。"
    else:
        return line.text.startswith(("---", "...", "%")) or _is_half_key(line, typed_lines)
    line.slip("stray-text", line.indent, len(line.text.rstrip()), message, hint=hint)
    line.replace(0, len(line.text), "")
    return True


_EXPLICIT_KEY = re.compile(r"(?P<before>[ ]*(?:- )?)[?][ ]+(?P<key>[^#\s](?:[^#]*[^#\s])?)[ ]*(?:#.*)?")
"""A key of YAML in its long form, whose value stands behind a `:` in the next line."""


def shorten_explicit_key(line: TypedLine, typed_lines: list[TypedLine]) -> None:
    """Read `? key`, with `: value` in the line below it, as `key:` with the value below."""
    if "? " not in line.text or not (match := _EXPLICIT_KEY.fullmatch(line.text)):
        return
    below = line_below(line, typed_lines)
    column = len(match["before"])
    key = quoted(match["key"]) if match["key"][0] in "[{" else match["key"]
    hint = f"次のように書いてください。\n{key}:"
    if below and below.indent == column and re.match(r":(?:[ ]|$)", below.text[column:]):
        value = below.text[column + 1 :].strip()
        between = "\n  " if PROPER_KEY.match(value) else " "
        hint = f"{rows(line, below)}書いてください。\n{key}:{between}{value}".rstrip()
        below.replace(column, column + 1, " ")
    line.slip("complex-key", column, column + 1, "「? 」で始まるキーは使えません。", hint=hint)
    line.replace(column, len(line.text), f"{key}:")


def _is_half_key(line: TypedLine, typed_lines: list[TypedLine]) -> bool:
    """Whether a line has the first half of a key whose second half is in the next line: it is put there."""
    word = line.text.strip()
    below = line_below(line, typed_lines) if word.isascii() and word.isalpha() else None
    match = PROPER_KEY.match(below.text, below.indent) if below else None
    if not below or not match or match["key"] in all_keys() or f"{word}{match['key']}" not in all_keys():
        return False
    whole = f"{word}{below.text.strip()}"
    message = f"「{word}{match['key']}」というキーが、二行に分かれています。"
    hint = f"{rows(line, below)}一行につなげて書いてください。\n{whole}"
    line.slip("unknown-key", line.indent, line.indent + len(word), message, hint=hint)
    below.replace(0, below.indent, " " * line.indent + word)
    line.replace(0, len(line.text), "")
    return True


def complete_key(line: TypedLine, outline: Outline, typed_lines: list[TypedLine]) -> None:
    """Complete a key of which the end was deleted, with its colon: what it has stands below."""
    word, column = line.text.strip(), line.indent
    shape = outline.shape_for(column, dash=False) if word.isalpha() and word.isascii() else None
    if shape is None or shape.has(word):
        return
    keys = [key for key in shape.fields if key.startswith(word)]
    if len(keys) == 1 and goes_on_below(line, column, shape.fields[keys[0]], typed_lines):
        message = f"「{word}」の行は、途中で切れているようです。「{keys[0]}:」と書きます。"
        line.slip("unknown-key", column, column + len(word), message)
        line.replace(column, len(line.text), f"{keys[0]}:")


@cache
def _stray() -> re.Pattern[str]:
    """Return the pattern of a line with a sign or two before its key, or something in the blanks before that."""
    entry = rf"(?=(?:- )?(?:{'|'.join(all_keys())}|[0-9]{{4}}(?:-[0-9]{{4}})?):(?:[ ]|$))"
    sign = r"[^\s\w#＃\"'\[{(（<＜‹&*!|>%@`/※★・•●○◯◆◇■□▪◦‣－−‐‑–—―─━⁃˗ー-]{1,2}[ ]?"
    return re.compile(rf"(?P<margin>[ ]*)(?:(?P<sign>{sign})|(?P<text>[^\s#\"'\[{{]{{1,3}})(?P<gap>[ ]{{4,}})){entry}")


@cache
def _quoted_key() -> re.Pattern[str]:
    """Return the pattern of a quote before a key."""
    return re.compile(rf"[ ]*(?:- )?(?P<quote>[\"'])(?=(?:{'|'.join(all_keys())}): )")


def without_stray_signs(line: TypedLine, outline: Outline, *, moves: bool) -> None:
    """Take away what stands before the key of a line: typed by chance, or the `+` and `-` of the output of `diff`.

    With that the key may change its place, where it `moves`.
    """
    if (quote := _quoted_key().match(line.text)) and line.text.count(quote["quote"]) % 2:
        line.slip("unclosed-quote", quote.end() - 1, quote.end(), f"キーの前に余分な「{quote['quote']}」があります。")
        line.replace(quote.start("quote"), quote.end(), "")
        return
    match = _stray().match(line.text)
    if match and match["sign"] and match["sign"].endswith(" ") and outline.expects_list(len(match["margin"])):
        return  # in the place of the `-`
    if not match or (match["text"] and (not moves or outline.expects_list(len(match["margin"])))):
        return
    stray, column = match["sign"] or match["text"], len(match["margin"])
    if match["gap"]:
        behind = len(match["gap"])
        instead = column + len(stray) + behind  # it was typed over some of the blanks
        column = instead if any(block.column == instead for block in outline.nodes) else column + behind
    begin = len(match["margin"])
    line.slip("indentation", begin, begin + len(stray), f"行の初めに余分な「{stray.strip()}」があります。")
    line.replace(0, match.end(), " " * column)
    indent(line, column)
