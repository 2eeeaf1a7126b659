"""The rule `typed-bullet`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import titles, word
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan

_BULLET = re.compile(
    r"[ 　]*(?P<character>[・･●◎◉◆◇■□▪•‣·※➢➤▶▷►▸✓✔☑❖＊*－–—−‐]|○(?![×△○])"
    r"|ー(?![ァ-ヶ人時部定般緒体括律員環覧貫方旦次斉層]))[ 　]*(?=\S)"
)

_ITEM = re.compile(
    rf"{_BULLET.pattern}"
    r"|(?P<number>[(（]?[0-9０-９]{1,2}(?:[.．)）](?![0-9０-９])|[、](?=\D))|[①-⑳⑴-⒇❶-❿]"
    r"|[(（][ア-ンa-zａ-ｚ一二三四五六七八九十][)）]|[a-zａ-ｚ][)）.．](?![a-zA-Z]))[ 　]*(?=\S)"
)
"""A bullet or a number before an item of a list; not a number that belongs to it (3か所の窓口)."""


@rule("typed-bullet", severity=Severity.WARNING)
def typed_bullet(plan: Plan) -> Iterator[Finding]:
    """Nobody types a bullet: approaches have theirs, and titles and goals have none."""
    for path, level, title in titles(plan):
        yield from _findings(path, title, f"{word(plan, level)}の名称", _BULLET)
    for _, action in plan.originals.values():
        if action.content and "\n" not in action.content:
            yield from _findings((*action.at, "content"), action.content, "内容", _BULLET)
    for section in plan.sections():
        if section.goal:
            yield from _findings((*section.at, "goal"), section.goal, word(plan, "goal"), _ITEM)
        for index, approach in enumerate(section.approaches):
            yield from _findings((*section.at, "approaches", index), approach, word(plan, "approaches"), _ITEM, "・")
        for heading, text in section.texts.items():
            for index, item in enumerate(text if isinstance(text, tuple) else ()):
                yield from _findings((*section.at, "texts", heading, index), item, f"「{heading}」", _ITEM, "・")


def _findings(path: Path, text: str, what: str, pattern: re.Pattern[str], printed: str = "") -> Iterator[Finding]:
    if match := pattern.match(text):
        character = match.groupdict().get("number") or match["character"]
        hint = f"先頭の「{printed}」は自動で付くので、二重に印刷されます。" if printed else "このまま印刷されます。"
        line = text.split("\n", maxsplit=1)[0]
        edits = ((line, line[match.end() :]),)
        yield Finding("", path, f"{what}の先頭に「{character}」があります。", hint, within=character, edits=edits)
