"""The rule `unprintable`."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule
from planbook.typography.printable_characters import unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_INVISIBLE = ("Mn", "Me", "Cf")

# Radicals that stand for whole characters, as PDF files give them out; NFKC keeps these apart (Unicode:
# EquivalentUnifiedIdeograph.txt), while it joins those of the other block (⼦ and 子).
_RADICALS = dict(
    zip(
        "⺟⻄⻑⻘⻝⻤⻩⻫⻭⻯⻲⺠⻅⻆⻋⻔⻛⻢⻣⻥⻦⻨⻁⺎⼾⿊⿒⿆⿈⾭⿔",
        "母西長青食鬼黄斉歯竜亀民見角車門風馬骨魚鳥麦虎兀戸黒歯麦黄青亀",
        strict=True,
    )
)


@rule("unprintable")
def unprintable_characters(plan: Plan) -> Iterator[Finding]:
    """The bundled fonts have every character of the plan."""
    for path, text in texts(plan):
        if missing := unprintable(text):
            edits = _edits(text, missing)
            hint = "" if edits else "この文字を消すか、別の文字で書いてください。"
            yield Finding("", path, _message(missing), hint, within=missing[0], edits=edits)


def printable_form(text: str) -> str:
    """Return a text with the characters that the fonts have for those that they lack, as far as that is certain."""
    for wrong, right in _edits(text, unprintable(text)):
        text = text.replace(wrong, right)
    return text


def _message(missing: tuple[str, ...]) -> str:
    shown = "、".join(
        f"U+{ord(each):04X}" if unicodedata.category(each) in _INVISIBLE else f"「{each}」（U+{ord(each):04X}）"
        for each in missing[:10]
    )
    if missing == ("\t",):
        return "文章の中にタブがあり、印刷できません。"
    if all(unicodedata.category(each) in _INVISIBLE for each in missing):
        return f"目に見えない文字か、前の字に重なる文字（{shown}）があり、印刷できません。"
    return f"文字{shown}は、同梱のフォントになく、印刷できません。"


def _edits(text: str, missing: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what stands for the characters that can not be printed; nothing unless it is certain for all of them."""
    edits: list[tuple[str, str]] = []
    pairs: dict[str, dict[str, None]] = {each: {} for each in missing}
    for before, character in pairwise(text):
        if character in pairs and before != "\n":
            pairs[character][before + character] = None
    for each in missing:
        composed = [(pair, unicodedata.normalize("NFC", pair)) for pair in pairs[each]]
        normal = _RADICALS.get(each) or unicodedata.normalize("NFKC", each)
        if composed and all(len(right) == 1 and not unprintable(right) for _, right in composed):
            edits += composed
        elif normal != each and not unprintable(normal):
            edits.append((each, normal))
        elif unicodedata.category(each) == "Cf" or each == "\t":
            edits.append((each, ""))
        else:
            return ()
    return tuple(edits)
