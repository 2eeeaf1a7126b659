"""Slips of typing inside `[…]` and `{…}`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from planbook.plan.shape import all_keys
from planbook.source.repair.flow_lookalikes import braces_for_others, correct_quotes
from planbook.source.repair.flow_tokens import OPENERS, TOKEN, closing
from planbook.source.repair.line import quoted

if TYPE_CHECKING:
    from planbook.source.repair.line import TypedLine

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^']|'')*'(?!')")
_OPENS_WITH_BRACKET = re.compile(r"(?<=[a-z]: )\[[^\[\]{},\"']*\](?![ ]*[,\]}#]|[ ]*$)[^,\[\]{}\"']+")
"""A text that begins with a word between brackets."""

# Nearly all lists and mappings are typed well; for these, one look is enough.
_SUSPICIOUS = re.compile(
    r"[［］｛｝，、､：＝=；;　*&%@`!|>\t“”〝〟＂]|:(?! )|[{,] *[a-z]+ |[^\s,{\[] +[\w-]+:|} *{|\][^\s,\]}#]|[-?] "
    r"|,[ ]*,|[\[{] *,|[0-9],[0-9]|: [^,{}\[\]\"']+: |s: \[[a-z]+:|s: {|[0-9]・|・[0-9]|[(（<＜〔][a-z]+[ 　]*[:=]"
    r"|\"[ 　]+\"|\]\}|[」】〕)）][ 　]*$"
)
_YEARS = "[0-9]{4}(?:-[0-9]{4})?"
_TEXT_KEYS = "name|title|text|unit|note|goal|content|reason"
_WIDE_BRACKETS = str.maketrans("［］｛｝", "[]{}")


def correct(line: TypedLine, start: int, *, of_names: bool, has_columns: bool = False) -> None:
    """Correct the part of a line that begins with a bracket at `start`.

    `of_names` says that it lists names or years, in which no 「、」 can be meant; `has_columns` that its keys are
    columns.
    """
    if not _SUSPICIOUS.search(line.text, start) and line.text.count('"', start) % 2 == 0:
        return
    braces_for_others(line, start)
    _wide_brackets(line, start)
    correct_quotes(line, start)
    _half_width_keys(line, start)
    for slip in _slips(of_names=of_names, has_columns=has_columns):
        if "{" in line.text or not slip.in_braces:
            _replace(line, start, slip)
    if line.slips:  # the line is to be typed again anyway
        for match in re.finditer(r"(?<=value: )[０-９．]+(?=[ ,}])|(?<=[\[ ])[０-９]{4}(?=[,\]])", line.text[start:]):
            digits = unicodedata.normalize("NFKC", match[0])
            line.replace(start + match.start(), start + match.end(), digits)
    _quote_items(line, start)


class _FlowSlip(NamedTuple):
    """What is looked for, what is right instead, and what to say of it: the rule and the message.

    `{0}` in the message is what was found. `in_braces`: it is one only in a line that has `{`.
    """

    pattern: re.Pattern[str]
    right: str
    rule: str
    message: str
    in_braces: bool = False


@cache
def _slips(*, of_names: bool, has_columns: bool) -> tuple[_FlowSlip, ...]:
    """Return the slips that are looked for, in this order: each finds the line as those before it have left it."""
    keys = "|".join(sorted(all_keys(), key=len, reverse=True))
    column = r"[^\s{}\[\],，、:：\"'「」（）]{1,20}" if has_columns else _YEARS
    wide_colon = "fullwidth-colon", "「：」が全角です。半角の「:」と空白を使います。"
    wide_comma = "fullwidth-comma", "区切りの「{0}」が全角です。半角の「,」を使います。"
    wide_space = "fullwidth-space", "区切りの空白が全角です。"
    no_colon = "missing-colon", "「{0}」の後に「:」がありません。"
    no_space = "missing-space", "「:」の後に空白がありません。"
    tab = "tab", "項目の区切りがタブです。半角の「,」を使います。"
    two_commas = "extra-comma", "「,」が二つ続いています。一つにします。"
    first_comma = "extra-comma", "かっこのすぐ後の「,」は不要です。"
    other_end = "unclosed-bracket", "「[」が「]」で閉じていません。"
    swapped = "unclosed-bracket", "閉じるかっこの順番が逆です。"
    no_comma = "missing-comma", "項目の区切りの「,」がありません。"
    no_bracket = "missing-brace", "「]」に対応する「[」がありません。"
    no_brace = "missing-brace", "「}}」に対応する「{{」がありません。"
    semicolon = "missing-comma", "項目の区切りが「;」です。半角の「,」を使います。"
    grouped = "invalid-number", "数値に桁区切りの「,」があります。値は区切りなしで書きます（印刷では自動で付きます）。"

    def slip(pattern: str, right: str, said: tuple[str, str], *, in_braces: bool = False) -> _FlowSlip:
        return _FlowSlip(re.compile(pattern), right, *said, in_braces)

    return (
        slip(rf"(?<=[{{,，、 　])({keys})[ 　]*：[ 　]*", r"\1: ", wide_colon),
        slip(rf"[，、][ 　]*(?=(?:{keys})[ 　]*:)", ", ", wide_comma),
        slip(r"(?<=[\]}])[ 　]*[，、][ 　]*(?=[\[{])", ", ", wide_comma),
        slip(rf"(?<=[{{,，、 　])(?:(?<=[{{,，、])|(?<=[,，、][ 　]))({column})[ 　]*：[ 　]*", r"\1: ", wide_colon),
        slip(rf"(?<=[{{,，、 　(（])({keys})[ 　]*[=＝;；][ 　]*(?=[^\s=＝])", r"\1: ", no_colon),
        slip(rf"(?:(?<={{)|(?<=, ))({column})[ 　]*[=＝;；][ 　]*(?=[^\s=＝])", r"\1: ", no_colon, in_braces=True),
        *([slip(r"[ 　]*[，、､][ 　]*", ", ", wide_comma)] if of_names else []),
        *([slip(r"(?<=\[)([^\[\]「【〔(（]+)[」】〕)）](?=[ 　]*$)", r"\1]", other_end)] if of_names else []),
        *([slip(r"(?<=[0-9])・(?=[^\d,\]])|・(?=[0-9]{4}[-・,\]])", ", ", wide_comma)] if of_names else []),
        *([slip(r"(?<=[^\s,\[])[ ]*\t[ \t]*(?=[^\s,\]])", ", ", tab)] if of_names else []),
        slip(rf"(?<=[{{, ])({keys}|(?:(?<={{)|(?<=, )){_YEARS}):(?=[^\s,}}\]])", r"\1: ", no_space),
        slip(rf"(?<=[{{, ])(?<![^{{, ] )({keys})[ 　]+(?=[^\s:,}}\]])", r"\1: ", no_colon, in_braces=True),
        slip(rf"(?<=[^\s,;；{{])[ 　]*[;；][ 　]*(?=(?:{keys}): )", ", ", semicolon),
        slip(rf"(?<=[^\s,{{\[\]}}])[ 　]+(?=(?:{keys}|{_YEARS}): )", ", ", no_comma),
        slip(rf"(?<=[\]}}])[ 　]+(?=(?:{keys}|{_YEARS}): )", ", ", no_comma, in_braces=True),
        slip(r"(?<=})[ 　]*(?={)", ", ", no_comma),
        slip(r"(?<=\")[ 　]+(?=\")", ", ", no_comma),
        slip(r"(?<=figures: )\{([^{}\[\]]*)\}\]", r"[{\1}]", no_bracket, in_braces=True),
        slip(rf"(?<=figures: )\[((?:{keys}): [^{{}}\[\]]*)\}}\]", r"[{\1}]", no_brace),
        slip(r"(?<=figures: )\[\{([^{}\[\]]*)\]\}", r"[{\1}]", swapped, in_braces=True),
        slip(r",(?:[ ]*,)+", ",", two_commas),
        slip(r"(?<=[\[{])[ ]*,[ ]*", "", first_comma),
        slip(r"(?<=[,:\[{])[ ]*　[ 　]*|(?<! )　+(?=[,\]}])", " ", wide_space),
        slip(r"(?<=value: )([^\d\s,{}]{0,3}[0-9]{1,3}),([0-9]{3})(?=[ ,}])", r"\1\2", grouped),
        slip(r"(?<=value: )([0-9]{1,3}),([0-9]{3})([^\d\s,{}]+)(?=, unit: \3[,}])", r"\1\2", grouped),
        slip(r"(?<=value: )([0-9]{1,3}),([0-9]{3})([^\d\s,{}]+)(?=[,}])(?!, unit)", r"\1\2, unit: \3", grouped),
        slip(r"(?<=[0-9]{4}: )([0-9]{1,3}), ?([0-9]{3})(?=[ ,}])", r"\1\2", grouped),
    )


def _half_width_keys(line: TypedLine, start: int) -> None:
    """Read keys in full width; what is reported is the full-width colon behind them."""
    for match in re.finditer("[Ａ-Ｚａ-ｚ]+(?=[ 　]*：)", line.text[start:]):
        key = unicodedata.normalize("NFKC", match[0])
        if key in all_keys():
            line.replace(start + match.start(), start + match.end(), key)


@cache
def _list_of_keys() -> re.Pattern[str]:
    """Return the pattern of a list whose item begins with a key."""
    return re.compile(rf"\[(\s*(?:{'|'.join(all_keys())}):[^\[\]{{}}]*)\]")


def add_braces(line: TypedLine, start: int) -> None:
    """Put `{…}` around the keys of a list `[…]` whose only item lacks them."""
    braces_for_others(line, start)
    if match := _list_of_keys().match(line.text, start):
        line.slip("missing-brace", start, start + 1, "「[」の中の「キー: 値」の組が「{」「}」で囲まれていません。")
        line.replace(match.end(1), match.end(1), "}")
        line.replace(match.start(1), match.start(1), "{")


def _wide_brackets(line: TypedLine, start: int) -> None:
    of_text: list[bool] = []  # of each bracket that is open
    for match in re.finditer("[［］｛｝]", line.text[start:]):
        at = start + match.start()
        before, after = line.text[start:at].rstrip(" 　"), line.text[at + 1 :].strip(" 　")
        opens = match[0] in "［｛"
        if opens:
            of_text.append(_is_of_text(line.text[:start], before, after, match[0]))
        if of_text and (of_text[-1] if opens else of_text.pop()):
            continue
        structural = (opens and (not before or before[-1] in ",，、[:")) or (
            not opens and (not after or after[0] in ",，、]}］｝")
        )
        if structural and not _in_quotes(line.text, start, at):
            bracket = match[0].translate(_WIDE_BRACKETS)
            line.slip("fullwidth-bracket", at, at + 1, f"「{match[0]}」が全角です。半角の「{bracket}」を使います。")
            line.replace(at, at + 1, bracket)


def _is_of_text(key: str, before: str, after: str, bracket: str) -> bool:
    """Tell whether a full-width bracket, closed on its line, is part of a text, as in 「［仮称］窓口」.

    It is where no list or mapping can stand: as an item of a list of texts, as the value of a key that has a text.
    """
    if not before or ("］" if bracket == "［" else "｝") not in after:
        return False
    if before[-1] == ":":
        return re.search(rf"\b(?:{_TEXT_KEYS}):$", before[-20:]) is not None
    is_in_braces = before.rfind("{") > max(before.rfind("["), before.rfind("}"))
    return is_in_braces or (bracket == "［" and before.rfind("[") > before.rfind("]") and "synonyms" not in key)


def _in_quotes(text: str, start: int, at: int) -> bool:
    return any(begin < at < end for begin, end in _quoted_spans(text, start))


def _quoted_spans(text: str, start: int) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text, start)]


def _replace(line: TypedLine, start: int, slip: _FlowSlip) -> None:
    """Replace what a pattern finds outside of quotes, from the end so that columns stay valid."""
    text = line.text
    matches = [match for match in slip.pattern.finditer(text[: _comment(text)]) if match.start() >= start]
    if matches and (spans := _quoted_spans(text, start)):
        matches = [match for match in matches if not any(begin < match.start() < end for begin, end in spans)]
    if matches:
        first = matches[0]
        at = first.start() + len(first[1]) if len(first.groups()) == 1 else first.start()
        line.slip(slip.rule, at, max(first.end(), at + 1), slip.message.format(first[0].strip(" 　")))
    for match in reversed(matches):
        line.replace(match.start(), match.end(), match.expand(slip.right))


def _comment(text: str) -> int:
    match = re.search(r"[ \t]#", text)
    return match.start() if match else len(text)


_HASH = re.compile(r"(?<=[:,\[] )#[^\s,\[\]{}][^,\[\]{}]*")
"""A value that begins with `#`: for YAML a comment, which swallows the bracket that closes."""


def quote_hash(line: TypedLine, start: int) -> None:
    """Quote a value between brackets that begins with `#`, where the brackets would be closed without it."""
    match = _HASH.search(line.text, start)
    if not match or not closing(line.text, start)[0] or _in_quotes(line.text, start, match.start()):
        return
    begin, text = match.start(), match[0].rstrip()
    if not closing(line.text[:begin] + line.text[begin + len(text) :], start)[0]:
        message = "「#」から後ろはコメントになり、かっこが閉じません。文字は引用符で囲みます。"
        line.slip("needs-quotes", begin, begin + len(text), message)
        line.replace(begin, begin + len(text), quoted(text))


def _quote_items(line: TypedLine, start: int) -> None:
    for match in reversed(list(_OPENS_WITH_BRACKET.finditer(line.text, start))):
        if match.start() > start and not _in_quotes(line.text, start, match.start()):
            begin, text = match.start(), match[0].rstrip()
            line.slip("needs-quotes", begin, begin + 1, "「[」で始まる文字は、引用符で囲みます。")
            line.replace(begin, begin + len(text), quoted(text))
    items = []
    depth = 0
    for match in TOKEN.finditer(line.text, start):
        bracket = match["bracket"]
        depth += (bracket in OPENERS) - (bracket in ("]", "}")) if bracket else 0
        if depth <= 0:
            break
        if plain := match["plain"]:
            begin = match.start("plain")
            name = re.match(r"[\w]+: +", plain)
            begin += name.end() if name else 0
            value = line.text[begin : match.end("plain")].rstrip()
            begins_with_sign = value[:1] and (value[0] in "*&%@`!|>" or (value[0] in "-?" and value[1:2] == " "))
            if begins_with_sign or (name and ": " in value):
                items.append((begin, begin + len(value)))
    for begin, end in reversed(items):
        _quote_item(line, begin, end)


def _quote_item(line: TypedLine, begin: int, end: int) -> None:
    value = line.text[begin:end]
    if value == "%":
        line.slip("needs-quotes", begin, end, "「%」は YAML の記号です。単位には全角の「％」を書きます。")
        line.replace(begin, end, "％")
        return
    if colon := value.find(": ") + 1:
        message = "引用符のない文字の中の「: 」は、キーの区切りとして読まれます。"
        line.slip("colon-in-text", begin + colon - 1, begin + colon, message)
    else:
        line.slip("needs-quotes", begin, begin + 1, f"「{value[0]}」で始まる文字は、引用符で囲みます。")
    line.replace(begin, end, quoted(value))
