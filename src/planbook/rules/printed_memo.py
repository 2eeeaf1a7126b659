"""The rule `printed-memo`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.registry import typed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Document
    from planbook.plan.model import Plan

_NOTE = "要(?:確認|調整|修正|検討|照会|協議|追記|相談)|確認中|照会中|協議中|あとで|後で|のちほど|仮置き|TODO"
"""What begins a memo to oneself."""

_MEMO = (
    rf"(?:[ 　]+(?:＃[ 　]*|#[ 　]+|//[ 　]*)|＃[ 　]+|[ 　]*(?:＃|[★☆※⇒→←]+)[ 　]*(?={_NOTE}))(?P<memo>\D.*)$"
    rf"|[ 　]*<!--[ 　]*(?P<remark>.*?)[ 　]*-->|[ 　]*[(（【\[［](?P<bracketed>(?:{_NOTE}).*?)[)）】\]］]$"
)
"""The end of a text behind a character that makes a memo of it; 「＃1」 is a number, 「#タグ」 a word."""

_BEGINNINGS = f"[#＃]|//|<!--|{_NOTE}"


@typed_rule("printed-memo", severity=Severity.WARNING)
def printed_memo(plan: Plan, document: Document) -> Iterator[Finding]:
    """A memo stands behind 「#」 outside of texts; inside of one it is printed."""
    for path, text in texts(plan):
        if not re.search(_BEGINNINGS, text):
            continue
        lines = text.split("\n")
        if line := next((line for line in lines if len(lines) > 1 and re.match(r"\s*[#＃]", line)), ""):
            message = f"「{line.strip()[:40]}」も文章の一部として印刷されます。"
            hint = "メモなら、この行を文章の外（キーの行の上）に移してください。"
            yield Finding("", path, message, hint, within=line.strip())
        elif match := re.search(_MEMO, text):
            message = f"「{match[0].strip()[:40]}」も印刷されます。"
            hint = "印刷しないメモは、半角の「#」の後に書きます。"
            span = document.span(path)
            line = document.lines[span.line - 1]
            instead = ""
            if span.line == span.end_line and not line[span.end_column - 1 :].strip() and "\n" not in text:
                instead = line[span.column - 1 : span.end_column - 1].replace(match[0], "")
                instead += f"  # {match['memo'] or match['remark'] or match['bracketed']}"
            yield Finding("", path, message, hint, within=match[0].strip(), instead=instead)
