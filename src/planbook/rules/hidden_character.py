"""The rule `hidden-character`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_NAMES = {"\u00ad": "見えないハイフン", "\u00a0": "改行しない空白"}
_HIDDEN = re.compile("(?P<before>[!-~]?)(?P<character>[\u00a0\u00ad]+)(?P<after>[!-~]?)")


@rule("hidden-character", severity=Severity.WARNING)
def hidden_character(plan: Plan) -> Iterator[Finding]:
    """Nothing in a text is printed as a gap or a hyphen that nobody typed: Word and web pages leave such characters."""
    for path, text in texts(plan):
        if "\u00a0" not in text and "\u00ad" not in text:
            continue
        found = list(_HIDDEN.finditer(text))
        names = dict.fromkeys(
            f"{_NAMES[character]}（U+{ord(character):04X}）" for match in found for character in match["character"]
        )
        edits = tuple((match[0], match["before"] + _instead(match) + match["after"]) for match in found)
        message = f"目に見えない文字があります：{'、'.join(names)}。"
        hint = "Word やウェブからコピーすると入ります。"
        yield Finding("", path, message, hint, within=found[0]["character"], edits=edits)


def _instead(match: re.Match[str]) -> str:
    """Return a blank between words in Latin letters, else nothing."""
    return " " if match["before"] and match["after"] and "\u00a0" in match["character"] else ""
