"""The rule `placeholder`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_BLANK = re.compile(r"(?P<sign>[○〇◯●△▲□■◇◆×]{2,})(?:。?|(?<=[○〇◯])[をのにはがで].*)", re.DOTALL)


@rule("placeholder")
def placeholder(plan: Plan) -> Iterator[Finding]:
    """What is still to be filled in is not printed: 「○○」 stands where a text was missing."""
    for path, text in texts(plan):
        if match := _BLANK.fullmatch(text):
            message = f"「{match['sign'][:20]}」は、まだ書かれていないところの印です。"
            yield Finding("", path, message, "実際に印刷する言葉に書き換えてください。")
