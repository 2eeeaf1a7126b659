"""The rule `space-in-word`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document, Path
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
        rf"(?<=[{_KANJI}])[ 　]+(?=[りるれろ](?:[とのをにがはへも、。]|$))",  # 見守 りと: these begin no word
        r"(?<=[、。])[ ](?=[^ -~＃])",  # where a line was broken
        rf"(?<=[ぁ-ん])[ ]{{2,}}(?=[{_WORD}])",
    )
)
"""A blank inside a word, or before what can not begin one. A blank between two words may be meant.

Compiled where a text has a blank at all: that takes 20 ms of the 450 of a check.
"""

_WIDE = rf"(?<=[{_WORD}])　+(?=[{_WORD}])"
"""Between two words of a sentence; titles and names may be set so."""

_SPACED = rf"(?:[{_WORD}][ 　]){{3,}}[{_WORD}]"
"""Every character apart, as some PDF files give their titles out."""

_HALVES = (
    rf"(?<![{_KATAKANA}ー])(?P<left>[{_KATAKANA}ー]{{2,}})[ 　]+(?P<right>[{_KATAKANA}ー]{{2,}})"
    rf"|(?P<before>[{_KANJI}](?![市区町村県部局課室])[{_KANJI}])[ 　]+(?P<after>[{_KANJI}]{{2}})"
)
"""What may be one word or two: only how the plan writes it elsewhere says which. A name of a city or of a department is
often set apart from what follows it."""

_FREE = frozenset(("vision", "labels", "departments"))
"""Texts in which blanks are set as the plan wants them, or which are reported by other rules."""


@typed_rule("space-in-word", severity=Severity.WARNING)
def space_in_word(plan: Plan, document: Document) -> Iterator[Finding]:
    """No blank splits a word: it is printed, and the word is not found by a search."""
    once = _written_as_one(texts(plan))
    for path, text in texts(plan):
        if (" " not in text and "　" not in text) or not _FREE.isdisjoint(path) or path == ("title",):
            continue
        for line in text.split("\n"):
            slip = _slip(line, once)
            if slip is None:
                continue
            message, within, right = slip
            span = document.span(path)
            if not any(within in typed for typed in document.lines[span.line - 1 : span.end_line]):
                continue  # where lines were joined, which is reported
            yield Finding("", path, message, "このまま印刷されます。", within=within, edits=((line, right),))
            break


def _slip(line: str, once: set[str]) -> tuple[str, str, str] | None:
    """Return the message, what it is about and the right line, if a blank of the line is wrong."""
    if match := re.search(_SPACED, line):
        right = line.replace(match[0], re.sub("[ 　]", "", match[0]))
        return f"文字の間に空白があります（「{match[0][:20]}」）。", match[0], right
    halves = _halves(line)
    joined = "".join(halves.group(*_names(halves))) if halves else ""
    if line.endswith("。") and (match := re.search(_WIDE, line)):
        right, message = re.sub(_SPACE, "", re.sub(_WIDE, "", line)), "文の途中に全角の空白があります（「{}」）。"
    elif match := re.search(_SPACE, line):
        right, message = re.sub(_SPACE, "", line), "言葉の途中に空白があります（「{}」）。"
    elif halves and joined in once:
        right = line[: halves.start()] + joined + line[halves.end() :]
        message = f"言葉の途中に空白があります（「{{}}」）。ほかでは「{joined}」と続けて書かれています。"
        match = re.compile("[ 　]+").search(line, halves.start())
    if match is None:
        return None
    around = line[max(match.start() - 4, 0) : match.end() + 4]
    return message.format(around), line[match.start() - 1 : match.end() + 1], right


def _halves(line: str) -> re.Match[str] | None:
    """Return the two parts around the only blank of a line; more blanks are a list."""
    if len(re.findall("[ 　]+", line)) != 1:
        return None
    return re.search(_HALVES, line)


def _names(halves: re.Match[str]) -> tuple[str, str]:
    return ("left", "right") if halves["left"] else ("before", "after")


def _written_as_one(found: list[tuple[Path, str]]) -> set[str]:
    """Return what is written with a blank in one place and without in another. Each text is read once."""
    apart = {
        "".join(halves.group(*_names(halves)))
        for _, text in found
        if " " in text or "　" in text
        for line in text.split("\n")
        if (halves := _halves(line))
    }
    if not apart:
        return apart
    once: set[str] = set()
    for _, text in found:
        once |= apart.intersection(re.findall(f"[{_KATAKANA}ー]{{4,}}", text))
        once |= apart.intersection(re.findall(f"(?=([{_KANJI}]{{4}}))", text))
    return once
