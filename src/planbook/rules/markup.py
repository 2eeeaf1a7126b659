"""The rule `markup`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_MARKUP = re.compile(
    r"</?(?:br|p|b|i|u|strong|em|span|div|font|li|ul|ol|a|sup|sub)\b[^<>]{0,200}/?>|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});"
    r"|\*\*(?=\S)[^*\n]+\*\*",
    re.IGNORECASE,
)


@rule("markup", severity=Severity.WARNING)
def markup(plan: Plan) -> Iterator[Finding]:
    """Signs of HTML and Markdown are text here, and are printed."""
    for path, text in texts(plan):
        if "<" not in text and "&" not in text and "**" not in text:
            continue
        if found := tuple(dict.fromkeys(_MARKUP.findall(text))):
            listed = "、".join(f"「{each[:30]}」" for each in found)
            edits = tuple((each, _plain(each)) for each in found)
            yield Finding("", path, f"ウェブの記号{listed}は、そのまま印刷されます。", "", edits=edits)


def _plain(markup: str) -> str:
    if markup.startswith("**"):
        return markup.strip("*")
    import html  # noqa: PLC0415 - with its table of two thousand names; most plans have no markup

    return "" if markup.startswith("<") else html.unescape(markup).replace("\u00a0", " ")
