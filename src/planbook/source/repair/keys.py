"""The key at the beginning of an entry, and the colon behind it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.plan.key_names import WORDS
from planbook.plan.shape import all_keys

if TYPE_CHECKING:
    from planbook.plan.shape import Shape
    from planbook.source.repair.line import TypedLine

_WORD = (
    r"[A-Za-zＡ-Ｚａ-ｚ_＿][\wＡ-Ｚａ-ｚ-]*"
    r"|[0-9０-９]{4}(?:[-－−‐–—ー~～〜][0-9０-９]{4})?(?:年度?)?"
    r"|(?:平成|令和)[0-9０-９元]+年度?"
    rf"|(?:{'|'.join(WORDS)})(?=[ \t　]*：)"
)
_WORD_OF_COLUMN = re.compile(
    r"(?P<key>[^\s:：{}\[\]\"'#,、。|｜・-][^\s:：{}\[\]\"'#,、。|｜]{0,19})"
    r"[ \t　]*(?P<colon>：|:(?=[^\s\d/:]))[ \t　]*"
)
"""A word as the key of a column or heading, with a full-width colon, or a heading without the blank behind it."""

_YEARS = re.compile(r"([0-9]{4})(?:年度?)?(?:[-−‐–—ー~～〜]([0-9]{4}))?(?:年度?)?")
_KEY = re.compile(rf"(?P<key>{_WORD})[ \t　\xa0]*(?P<colon>(?:：|:)+)[ \t　\xa0]*")
PROPER_KEY = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'(?!')|[^\s:"'#\[\]{}&*!|>%@`,-](?>(?:[ \t]*+(?:[^: \t]|:(?=\S)))*))"""
    r"[ \t]*+:(?=[ \t]|$)"
)
"""A key as YAML reads it."""

_NO_COLON = re.compile(
    r"(?P<key>[A-Za-zＡ-Ｚａ-ｚ_]+)(?:[ \t　]*(?P<colon>[;；=＝.．。、,，・﹕∶︰꞉])[ \t　]*|[ \t　]+)(?=\S)"
    r"|(?P<bare>[A-Za-z_]+)[;；.。]?$"
)
_YEAR_NO_COLON = re.compile(
    r"(?P<key>[0-9]{4}(?:-[0-9]{4})?)[ \t　]*(?P<colon>[;；=＝.．。、,，・])?[ \t　]+(?=\S)"
    r"|(?P<bare>[0-9]{4}(?:-[0-9]{4})?)[;；.。]?$"
)
_QUOTED_TIGHT = re.compile(r"""(?P<key>"[^"\\]+"|'[^']+')(?P<colon>:)(?=\S)""")
_GLUED = re.compile(r"(?P<key>[a-z]{4,})(?P<colon>)(?P<bare>)(?=[^\x00-\x7fはをのがにもで：；＝])")
"""A key and its text with nothing between them; 「titleは後で」 is a memo."""

_COLUMN_NO_COLON = re.compile(
    r"(?P<key>[^\s:：;；=＝{}\[\]\"'#,、。|｜・-]{1,20})(?P<bare>)"
    r"(?:[ \t　]*(?P<colon>:(?=[{|])|[;；=＝]?)[ \t　]*(?=\{[ ]*[a-z]+:|\|-?[ ]*$)|[ \t　]+(?=\{))"
)
_OPENERS = ("[", "{", '"', "'")
"""What a value begins with that is no plain text."""


def correct_key(line: TypedLine, at: int, here: Shape | None, *, dash: bool) -> tuple[str | None, int]:
    """Correct the key that stands at a column; return it and where its value begins, or None and the column."""
    if here is not None and here.entries:
        _without_decoration(line, at)
    if here is not None and (match := _QUOTED_TIGHT.match(line.text, at)) and here.has(match["key"][1:-1]):
        _correct_colon(line, match)
    text = line.text
    if text[at : at + 1] in ("", "[", "{", "［", "｛", "|", ">", "#"):
        return None, at
    only_text = here is not None and here.is_text_only
    if not only_text and (match := _KEY.match(text, at)) and _is_key(match, text, here):
        if key := _translated(match["key"], here) if match["colon"] != ":" else None:
            message = f"「{match['key']}」というキーはありません。「{key}:」と書きます。"
            line.slip("unknown-key", at, match.end("colon"), message)
            line.replace(match.end("key"), match.end(), ": " if text[match.end() :].strip() else ":")
        else:
            _correct_colon(line, match)
            key = _corrected(match["key"])
        line.replace(at, at + len(match["key"]), key)
        return key, _after_colon(line, at + len(key))
    if (
        here is not None
        and here.entries
        and (match := _WORD_OF_COLUMN.match(text, at))
        and here.has(match["key"])
        and (here.free or match["colon"] == "：")
    ):
        _correct_colon(line, match)
        return match["key"], _after_colon(line, at + len(match["key"]))
    if not only_text and (match := _without_colon(text, at, here, dash=dash)):
        name = match["key"] or match["bare"]
        if match["colon"] == ":":
            line.slip("missing-space", match.start("colon"), match.end("colon"), "「:」の後に空白がありません。")
        else:
            line.slip("missing-colon", at, at + len(name), f"「{name}」の後に「:」がありません。")
        line.replace(at + len(name), match.end(), ": " if match["key"] else ":")
        return name, min(at + len(name) + 2, len(line.text))
    if (match := PROPER_KEY.match(text, at)) and not (only_text and dash):
        after = match.end()
        return match["key"].strip("\"'"), after + len(text[after:]) - len(text[after:].lstrip(" \t"))
    return None, at


_BRACKETED = re.compile(r"[\[［【〔](?P<key>[0-9]{4}(?:-[0-9]{4})?(?:年度?)?)[\]］】〕](?=[ 　]*[:：])")


_BOLD = re.compile(r"\*\*(?P<key>[^*:：]{1,30})\*\*(?=[ 　]*[:：])")


def _without_decoration(line: TypedLine, at: int) -> None:
    """Take away the brackets around a year, and the `**` around a heading."""
    if bold := _BOLD.match(line.text, at):
        line.slip("needs-quotes", at, at + 2, "「**」は太字になりません。「**」を消します。")
        line.replace(at, bold.end(), bold["key"])
    elif match := _BRACKETED.match(line.text, at):
        line.slip("extra-bracket", at, match.end(), "年度にかっこは不要です。")
        line.replace(at, match.end(), _corrected(match["key"]))


def _after_colon(line: TypedLine, start: int) -> int:
    """Return where the value begins behind the colon that stands at or after a column."""
    after = line.text.index(":", start) + 1
    return after + len(line.text[after:]) - len(line.text[after:].lstrip(" \t"))


def _translated(word: str, here: Shape | None) -> str | None:
    """Return the key that a word of the planning section stands for."""
    if word not in WORDS or here is None:
        return None
    return next((key for key in (WORDS[word], "title") if here.has(key)), None)


def _corrected(word: str) -> str:
    """Return a key in half width, where that is one of the format."""
    folded = unicodedata.normalize("NFKC", word)
    if years := _YEARS.fullmatch(folded):
        return "-".join(filter(None, years.groups()))
    return folded if folded in all_keys() else word


def _is_key(match: re.Match[str], text: str, here: Shape | None) -> bool:
    """Whether a word with a colon is meant as a key."""
    word, proper = match["key"], match["colon"] == ":"
    if len(match["colon"]) > 1:
        return bool(here and here.has(unicodedata.normalize("NFKC", word)))
    if proper and text[match.end("colon") :][:1] in ("", " ", "\t"):
        return bool(re.search("[　\xa0]", match[0]))  # nothing to correct, unless a blank is full width
    folded = unicodedata.normalize("NFKC", word)
    if here is not None and (here.entries or word in WORDS):
        return here.is_mapping
    if folded[0].isdigit() or folded.startswith(("平成", "令和")):
        return False
    if here is not None and here.has(folded):
        return True
    known = folded in all_keys()
    return known or (not proper and word.isascii() and not text.startswith("//", match.end()))


def _without_colon(text: str, at: int, here: Shape | None, *, dash: bool) -> re.Match[str] | None:
    """Return the key at a column that lacks its colon, and what stands in the colon's place."""
    if here is not None and here.entries:
        match = _YEAR_NO_COLON.match(text, at)
        if match and (text.startswith(_OPENERS, match.end()) or not PROPER_KEY.match(text, at)):
            return match
        match = _COLUMN_NO_COLON.match(text, at)
        is_one = match and here.has(match["key"]) and (not here.free or text.startswith("|", match.end()))
        return match if is_one else None
    match = _NO_COLON.match(text, at) or _GLUED.match(text, at)
    return match if match and _lacks_colon(match, here, dash=dash) else None


def _lacks_colon(match: re.Match[str], here: Shape | None, *, dash: bool) -> bool:
    word = match["key"] or match["bare"]
    folded = unicodedata.normalize("NFKC", word)
    if here is None or not here.has(folded) or (dash and here.text):
        return False
    opens = match.string.startswith(_OPENERS, match.end())
    return not PROPER_KEY.match(match.string, match.start()) or bool(match["colon"]) or opens


def _correct_colon(line: TypedLine, match: re.Match[str]) -> None:
    """Correct the colon and the blanks between a key and its value."""
    start, colon, end = match.end("key"), match.start("colon"), match.end()
    blanks = match[0][len(match["key"]) :].replace(match["colon"], "", 1)
    if len(match["colon"]) > 1:
        line.slip("colon-in-text", colon, colon + len(match["colon"]), "「:」が二つ続いています。一つにします。")
    elif match["colon"] == "：":
        line.slip("fullwidth-colon", colon, colon + 1, "「：」が全角です。半角の「:」と空白を使います。")
    elif wide := re.search("[　\xa0]", blanks):
        at = line.text.index(wide[0], start)
        line.slip("fullwidth-space", at, at + 1, "「:」の前後に全角の空白があります。半角の空白を使います。")
    else:
        line.slip("missing-space", colon, colon + 1, "「:」の後に空白がありません。")
    line.replace(start, end, ": " if line.text[end:].strip() else ":")
