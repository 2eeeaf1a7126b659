"""The rule `character-width`."""

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

_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")


_FULL_WIDTH_DIGITS = re.compile("[０-９]+")


@rule("character-width", severity=Severity.WARNING)
def character_width(plan: Plan) -> Iterator[Finding]:
    """Digits are half width, kana full width."""
    for path, text in texts(plan):
        if match := _HALF_WIDTH_KANA.search(text):
            message = f"半角カナ「{match[0][:30]}」があります。"
        elif match := _FULL_WIDTH_DIGITS.search(text):
            message = f"全角の数字「{match[0][:30]}」があります。"
        else:
            continue
        found = match[0]
        hint = f"「{unicodedata.normalize('NFKC', found)[:30]}」と書いてください。"
        yield Finding("", path, message, hint, within=found)
