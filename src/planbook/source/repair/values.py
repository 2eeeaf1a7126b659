"""Slips of typing in the value after a key or a `-`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Severity
from planbook.plan.key_names import NAME_LISTS
from planbook.plan.value_hints import names_in
from planbook.plan.value_types import NOT_APPLICABLE
from planbook.source.references import refusal
from planbook.source.repair import flow
from planbook.source.repair.bracketed import correct_bracket, is_bracket
from planbook.source.repair.line import quoted
from planbook.source.repair.open_nodes import STEP
from planbook.source.repair.pasted_rows import IN_ITEM
from planbook.source.repair.value_ends import (
    SECOND_COLUMN,
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

__all__ = ["closes", "correct", "correct_text", "quoted"]

NO_NAME = "[。、]|[0-9０-９]月|予定|確認|検討|調整|未定|(?:こと|する|した|ます|です|中)$"
"""What a memo has, and no name of a department."""

SENTENCE = r"[。、]|.{20}"
"""What a text has that is no name."""

_OF_KEYS = {"unknown-key", "fullwidth-colon", "missing-colon", "missing-space"}
"""Slips in the key before a value."""

_BLOCK = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(#.*)?$")
_LIKE_BLOCK = re.compile(r"(?P<marker>[|｜]+[-－−–—‐ー]?)(?P<text>[ \t　]+[^#\s].*|[ \t　]*$)")
_LATE_BLOCK = re.compile("[|｜][-－−–—‐ー]?$")
_ANCHOR = re.compile(r"&[0-9A-Za-z_-]+(?=\s|$)[ \t]*")
_ALIAS = re.compile(r"\*[0-9A-Za-z_-]+[ \t]*(#.*)?$")
_TAG = re.compile(r"!{1,2}[A-Za-z][\w:/.-]*(?=\s|$)[ \t]*|!(?=\s)[ \t]*|!<[^>]*>[ \t]*", re.ASCII)
_WIDE_QUOTES = {"“": "”", "”": "”", "〝": "〟", "＂": "＂", "‘": "’", "’": "’", "＇": "＇", "‟": "”", "„": "”"}


def correct(line: TypedLine, place: ValuePlace) -> Kind:
    """Correct the value at a place; return what it then is."""
    at, shape, key = place.at, place.shape, place.key
    _wide_blanks(line, at)
    if key == "<<":  # reported as a merge key
        line.replace(at, len(line.text), quoted(line.text[at:].strip()))
        return "quote"
    refuse_references(line, at)
    if shape is None or shape.text:
        _block_marker(line, place)
    value = line.text[at:]
    if not value.strip():
        return "plain"
    if _BLOCK.match(value.split("\n")[0]):
        return "block"
    if value[0] in "\"'":
        return _quote(line, place)
    if is_bracket(value, shape):
        return correct_bracket(line, place)
    return _several(line, place) or _text(line, place)


def _without_opening(line: TypedLine, at: int, shape: Shape) -> bool:
    """Put braces around years with their values that were typed behind a key, or the bracket that a list lacks."""
    text = line.text[at:].rstrip()
    if shape.entries and not shape.free and re.match(r"[0-9]{4}(?:-[0-9]{4})?: ", text) and "{" not in text[:-1]:
        line.slip("missing-brace", at, at + 1, "年度と値の組が「{」「}」で囲まれていません。")
        line.replace(at, len(line.text), f"{{{text.removesuffix('}')}}}")
        return True
    fields = shape.items.fields if shape.items else shape.fields
    if fields and re.match(rf"(?:{'|'.join(fields)}): [^{{}}\[\]]+[}}\]]*$", text):
        line.slip("missing-brace", at, at + 1, "「キー: 値」の組が「{」「}」で囲まれていません。")
        braces = f"{{{text.rstrip('}]')}}}"
        line.replace(at, len(line.text), f"[{braces}]" if shape.items else braces)
        return True
    if shape.text and shape.items and text.endswith("]") and ", " in text and "[" not in text:
        end = at + len(text)
        line.slip("missing-brace", end - 1, end, "「]」に対応する「[」がありません。")
        line.replace(at, at, "[")
        return True
    return False


def _several(line: TypedLine, place: ValuePlace) -> Kind | None:
    """Correct a line on which a list begins behind its key, or a second key behind the first value."""
    at, shape, key, column = place.at, place.shape, place.key, place.column
    value = line.text[at:]
    if key and value.startswith(f"{key}: "):
        line.slip("two-keys", at, at + len(key) + 1, f"「{key}:」が二度書かれています。")
        line.replace(at, at + len(key) + 2, "")
        return correct(line, place)
    if shape is not None and _without_opening(line, at, shape):
        flow.correct(line, at, of_names=False)
        return "flow"
    if value.startswith("- ") and shape is not None and shape.items:
        line.slip("indentation", at, at + 1, "リストの「- 」は、キーの次の行から書きます。")
        items = value[2:] if value.startswith("- [") else f"[{', '.join(value[2:].split(' - '))}]"
        line.replace(at, len(line.text), items)
        return "flow"
    is_target = shape is not None and "figures" in shape.fields
    if key and ":" in value and (second := (SECOND_COLUMN if is_target else second_key()).search(value)):
        start, end = at + second.start(), at + second.end()
        if second[1] and value.rstrip().endswith("}") and "{" not in value:
            line.slip("missing-brace", column, column + len(key), "「}」に対応する「{」がありません。")
            line.replace(column, column, "{")
            return "flow"
        line.slip("two-keys", end, end + len(second[2]), TWO_KEYS.format(key, second[2]))
        line.replace(start, end, "\n" + " " * column)
        return "plain"
    return None


def _text(line: TypedLine, place: ValuePlace) -> Kind:
    """Correct a text without quotes that perhaps was pasted from the cells of a table."""
    at, shape = place.at, place.shape
    text = line.text[at:].rstrip()
    if text == "-" and shape and "figures" in shape.fields:
        message = f"「-」だけの値は読めません。目標がなければ、「{NOT_APPLICABLE}」と書きます。"
        line.slip("needs-quotes", at, at + 1, message)
        line.replace(at, len(line.text), NOT_APPLICABLE)
        return "plain"
    retyped = any(slip.rule in _OF_KEYS for slip in line.slips)
    if retyped and shape and shape.items and shape.items.text and not shape.text and place.key in NAME_LISTS:
        # The line has to be typed again anyway; then it shall be right in all.
        line.replace(at, len(line.text), f"[{', '.join(names_in(text))}]")
        return "flow"
    if "\t" in text.split(" #")[0]:
        tab = line.text.index("\t", at)
        cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
        if place.listed:
            message = IN_ITEM
            between = "\n" + " " * place.column + "- "
        else:
            message, between = "文章の中にタブがあります。", " "
        line.slip("tab", tab, tab + 1, message)
        line.replace(at, len(line.text), between.join(cells))
        return "plain"
    return correct_text(line, at)


def _block_marker(line: TypedLine, place: ValuePlace) -> None:
    """Correct the marker of a block of text (`|`): in full width, or with the text behind it."""
    at, column = place.at, place.column
    if not (match := _LIKE_BLOCK.match(line.text, at)):
        _late_block_marker(line, place)
        return
    text = match["text"].strip(" 　\t")
    if match["marker"] in ("|", "|-") and not text:
        return
    message = f"「{match['marker']}」が全角です。半角の「|-」を使います。"
    if text:
        message = f"「{match['marker']}」の後の文章は、次の行から書きます。"
    line.slip("block-marker", at, at + len(match["marker"]), message)
    line.replace(at, len(line.text), "|-" + (f"\n{' ' * (column + STEP)}{text}" if text else ""))


def _late_block_marker(line: TypedLine, place: ValuePlace) -> None:
    """Put the marker of a block of text before the text that was typed before it."""
    text = line.text[place.at :].rstrip(" 　\t")
    match = _LATE_BLOCK.search(text)
    if match and text[0] not in "\"'" and text[match.start() - 1] in " 　\t":
        start, end = place.at + match.start(), place.at + match.end()
        message = f"「{match[0]}」の前に文章があります。文章は、「|-」の次の行から書きます。"
        line.slip("block-marker", start, end, message)
        above = text[: match.start()].rstrip(" 　\t")
        line.replace(place.at, len(line.text), f"|-\n{' ' * (place.column + STEP)}{above}")


def correct_text(line: TypedLine, at: int) -> Kind:
    """Correct a text without quotes that begins at a column."""
    value = line.text[at:]
    first, second = value[0], value[1:2]
    if first in _WIDE_QUOTES and value.rstrip().endswith(_WIDE_QUOTES[first]) and len(value.rstrip()) > 1:
        end = at + len(value.rstrip())
        message = f'引用符「{first}」が全角です。半角の「"」を使うか、引用符なしで書きます。'
        line.slip("fullwidth-quote", at, at + 1, message)
        line.replace(at, end, quoted(line.text[at + 1 : end - 1]))
        return "quote"
    if bold := re.match(r"\*\*([^*]+)\*\*", value):
        line.slip(
            "needs-quotes", at, at + 1, "「**」は太字になりません。「*」で始まる文字は、YAML の記号として読まれます。"
        )
        line.replace(at, at + bold.end(), bold[1])
        return correct_text(line, at)
    if first == "*" and second not in ("", " ", "*") and not second.isascii():
        line.slip("needs-quotes", at, at + 1, "「*」で始まる文字は、YAML の記号として読まれます。「*」を消します。")
        line.replace(at, at + 1, "")
        return correct_text(line, at)
    if first in "*&!|>%@`#[]{}," or (first in "?-" and second in ("", " ")):
        quote_whole(line, at, f"「{first}」で始まる文字は、引用符で囲みます。")
        return "quote"
    _swallowed(line, at)
    without_comma(line, at)
    value = line.text[at:]
    if value.rstrip().endswith('"') and value.count('"') == 1:
        end = at + len(value.rstrip())
        line.slip("unclosed-quote", end - 1, end, '閉じる引用符「"」だけがあります。')
        line.replace(end - 1, len(line.text), "")
        value = line.text[at:]
    comment = re.search(r"[ \t]#", value)
    text = value[: comment.start()] if comment else value
    if colon := re.search(r":(?=[ \t]|$)", text.rstrip()):
        start = at + colon.start()
        message = "引用符のない文字の中の「: 」は、キーの区切りとして読まれます。"
        line.slip("colon-in-text", start, start + 1, message)
        line.replace(at, at + len(text.rstrip()), quoted(text.rstrip()))
        return "quote"
    return "plain"


def closes(text: str, at: int) -> bool:
    """Whether the quoted text that begins at a column ends in this line."""
    return bool(_closed_quote(text, at))


def _closed_quote(text: str, at: int) -> str:
    """Return the quoted text that begins at a column, with its quotes; nothing where it does not end in this line."""
    pattern = r'"(?:[^"\\]|\\.)*"' if text[at] == '"' else r"'(?:[^']|'')*'(?!')"
    match = re.match(pattern, text[at:])
    return match[0] if match else ""


def _wide_blanks(line: TypedLine, at: int) -> None:
    if line.text[at] == "　":
        end = len(line.text) - len(line.text[at:].lstrip(" 　"))
        line.slip("fullwidth-space", at, end, "値の前に全角の空白があります。半角の空白を使います。")
        line.replace(at, end, "")


def refuse_references(line: TypedLine, at: int, *, of_text: bool = True) -> None:
    """Refuse what makes one text mean two things: anchors, aliases, tags. One `of_text` may be meant as text."""
    if match := _ANCHOR.match(line.text, at):
        rest = line.text[match.end() :].strip() or not of_text
        text = f"{line.text[:at].strip()} {quoted(line.text[at:].rstrip())}"
        hint = f"目印でなく文字なら、次のように引用符で囲みます。\n{text}" if not rest else ""
        line.slip("anchor", at, match.end(), refusal("anchor", match[0].strip()), hint=hint)
        line.replace(at, match.end() if rest else len(line.text), "" if rest else quoted(match[0].strip()))
    elif match := _ALIAS.match(line.text, at):
        name = match[0].split("#")[0].strip()
        hint = f'参照先の中身をここにも書いてください。文字なら引用符で囲みます："{name}"'
        line.slip("alias", at, at + len(name), refusal("alias", name), hint=hint)
        line.replace(at, at + len(name), quoted(name))
    elif match := _TAG.match(line.text, at):
        line.slip("tag", at, match.end(), refusal("tag", match[0].strip()))
        line.replace(at, match.end(), "")


def _quote(line: TypedLine, place: ValuePlace) -> Kind:
    """Check what follows a quoted text on its line."""
    at, shape = place.at, place.shape
    if len(line.text[at:].strip()) == 1 and not line.file_is_readable():
        message = "引用符だけの値です。"
        same = "前と同じ目標なら、その文章を書くか、年度をまとめて（例：2018-2020:）一つにしてください。"
        hint = same if shape and "figures" in shape.fields else "値を書いてください。"
        line.slip("unclosed-quote", at, at + 1, message, hint=hint)
        line.replace(at, len(line.text), "〃")
        return "plain"
    if closes(line.text, at):
        without_comma(line, at)
        wide_blanks_behind(line, at + len(_closed_quote(line.text, at)))
    pattern = r'"(?:[^"\\]|\\.)*"' if line.text[at] == '"' else r"'(?:[^']|'')*'(?!')"
    match = re.match(pattern, line.text[at:])
    if match:
        rest = line.text[at + match.end() :]
        if rest.strip() and not re.match(r"[ \t]+#|[ \t]*:([ \t]|$)", rest):
            quote_whole(line, at, "引用符の後に文字が続いています。全体を引用符で囲みます。")
    return "quote"


def _swallowed(line: TypedLine, at: int) -> None:
    """Warn where ` #` cuts a text off that looks as if it went on."""
    match = re.search(r"[ \t　]+#(?=[^\s#])", line.text[at:])
    if match and not match[0].startswith("　#"):
        start = at + match.end() - 1
        text = line.text[at:].rstrip()
        message = "「#」から後ろはコメントになり、印刷されません。"
        hint = "コメントなら「#」の後に空白を入れ、文字なら次のように全体を引用符で囲んでください。"
        hint += f"\n{line.text[:at].strip()} {quoted(text)}"
        line.slip("swallowed-text", start, at + len(text), message, hint=hint, severity=Severity.WARNING)
