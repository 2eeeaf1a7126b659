"""The rule `space-in-word`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import texts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan

_KANJI, _KATAKANA = "一-龠々", "ァ-ヶ"
_WORD = f"{_KANJI}{_KATAKANA}ぁ-んー"
_SPACE = "|".join(
    (
        rf"(?<=[{_WORD}])[ 　]+(?=[をがはにでとのへも][{_KANJI}{_KATAKANA}])",  # a particle ends a word
        rf"(?<=[{_WORD}])[ 　]+(?=を)",
        rf"(?<=[{_KATAKANA}])[ 　]+(?=[ーンッャュョァィゥェォ])",  # these begin no word
        rf"(?<![{_KATAKANA}ー]{{2}})(?<=[{_KATAKANA}])[ 　]+(?=[{_KATAKANA}])",  # a word of one katakana
        rf"(?<![{_KANJI}]{{2}})(?<=[{_KANJI}])[ 　]+(?=[{_KANJI}](?![{_KANJI}]))",  # 市 民
        rf"(?<=[ぁ-ん][{_KANJI}])[ 　]+(?=[{_KANJI}])",  # 地域の課 題
        rf"(?<=[{_KANJI}]{{2}})[ 　]+(?=[課室部者会所等化的性](?![{_KANJI}]))",  # 福祉 課
        rf"(?<=[{_KANJI}])[ 　]+(?=[うくすつぬむるいきしちにびみりえけせてねべめれっ](?![ 　]))(?=[ぁ-ん]+[。、])",
        r"(?<=[、。])[ ](?=[^ -~])",  # where a line was broken
    )
)
"""A blank inside a word, or before what can not begin one. A blank between two words may be meant.

Compiled where a text has a blank at all: that takes 20 ms of the 450 of a check.
"""

_WIDE = rf"(?<=[{_WORD}])　+(?=[{_WORD}])"
"""Between two words of a sentence; titles and names may be set so."""

_SPACED = rf"(?:[{_WORD}][ 　]){{3,}}[{_WORD}]"
"""Every character apart, as some PDF files give their titles out."""

_FREE = ("vision", "labels", "departments")
"""Texts in which blanks are set as the plan wants them, or which are reported by other rules."""


@typed_rule("space-in-word", severity=Severity.WARNING)
def space_in_word(plan: Plan, document: Document) -> Iterator[Finding]:
    """No blank splits a word: it is printed, and the word is not found by a search."""
    for path, text in texts(plan):
        if (" " not in text and "　" not in text) or path[0] in _FREE or path == ("title",):
            continue
        for line in text.split("\n"):
            if match := re.search(_SPACED, line):
                right = line.replace(match[0], re.sub("[ 　]", "", match[0]))
                within, message = match[0], f"文字の間に空白があります（「{match[0][:20]}」）。"
            elif line.endswith("。") and (match := re.search(_WIDE, line)):
                right = re.sub(_SPACE, "", re.sub(_WIDE, "", line))
                within = line[match.start() - 1 : match.end() + 1]
                message = f"文の途中に全角の空白があります（「{line[max(match.start() - 4, 0) : match.end() + 4]}」）。"
            elif match := re.search(_SPACE, line):
                right = re.sub(_SPACE, "", line)
                within = line[match.start() - 1 : match.end() + 1]
                message = f"言葉の途中に空白があります（「{line[max(match.start() - 4, 0) : match.end() + 4]}」）。"
            else:
                continue
            span = document.span(path)
            if not any(within in typed for typed in document.lines[span.line - 1 : span.end_line]):
                continue  # where lines were joined, which is reported
            yield Finding("", path, message, "このまま印刷されます。", within=within, edits=((line, right),))
            break
