"""The rule `decomposed`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_DECOMPOSED = re.compile(".[\u3099\u309a]")


@rule("decomposed", severity=Severity.WARNING)
def decomposed(plan: Plan) -> Iterator[Finding]:
    """が is one character, not か and a mark (as names of files on macOS are)."""
    for path, text in texts(plan):
        if found := tuple(dict.fromkeys(_DECOMPOSED.findall(text))):
            edits = tuple((each, unicodedata.normalize("NFC", each)) for each in found)
            more = f"など {len(edits)} 種類の字" if len(edits) > 1 else ""
            message = (
                f"「{edits[0][1]}」{more}が、「{found[0][0]}」と濁点・半濁点のように、分かれた文字になっています。"
            )
            yield Finding("", path, message, "検索で見つからなくなります。", edits=edits)
