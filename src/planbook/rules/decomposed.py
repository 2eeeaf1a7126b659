"""The rule `decomposed`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_DECOMPOSED = re.compile(".[\u3099\u309a]")


@rule("decomposed", severity=Severity.WARNING)
def decomposed(plan: Plan) -> Iterator[Finding]:
    """が is one character, not か and a mark (as names of files on macOS are)."""
    for path, text in texts(plan):
        if match := _DECOMPOSED.search(text):
            composed = unicodedata.normalize("NFC", match[0])
            message = f"「{composed}」が、「{match[0][0]}」と濁点・半濁点に分かれた文字になっています。"
            hint = f"検索で見つからなくなります。一文字の「{composed}」に打ち直してください。"
            yield Finding("", path, message, hint, within=match[0])
