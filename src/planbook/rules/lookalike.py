"""The rule `lookalike`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_LONG = "[ァ-ヴ]"
_WRONG = re.compile(
    rf"(?P<long>(?<={_LONG})[一—―‐−–|｜-](?={_LONG}))"
    r"|(?P<one>(?<![ァ-ヶーぁ-ゖa-zA-Z])ー(?=[人時部定般緒体括律員環覧貫方旦次斉層]))"
    rf"|(?P<last>(?<={_LONG})[—―‐−–](?=[をがはにでとのへもや、。）」]))"
    r"|(?P<kana>(?<=[ァ-ヴー])(?:[力工](?=[ァ-ヴ]ー)|[二夕卜八](?=[ァ-ヴ])|口(?=[ァ-ヴ](?!ミ)(?<!コ)))|[二口力工夕卜八](?=ー))"
)
"""A character among katakana that is none, and a long vowel before a kanji that nothing lengthens."""

_RIGHT = dict(zip("二口力工夕卜八", "ニロカエタトハ", strict=True))


@rule("lookalike", severity=Severity.WARNING)
def lookalike(plan: Plan) -> Iterator[Finding]:
    """A character is the one that it looks like: ー in サービス, 一 in 一人."""
    for path, text in texts(plan):
        edits: dict[str, str] = {}
        for match in _WRONG.finditer(text):
            before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
            right = "ー" if match["long"] or match["last"] else "一" if match["one"] else _RIGHT[match[0]]
            edits[before + match[0] + after] = before + right + after
        if edits:
            wrong, right = next(iter(edits.items()))
            message = f"「{wrong}」は、「{right}」の書き間違いのようです。"
            yield Finding(
                "", path, message, "形の似た別の字です。検索で見つからなくなります。", edits=tuple(edits.items())
            )
