"""The rule `target-shorthand`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.plan.model import NOT_APPLICABLE, UNDECIDED
from planbook.rules.common.plan_parts import target_path
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_BRACKETS = re.compile(r"[\s　（()）【】\[\]〔〕。]+")
_UNDECIDED = re.compile(
    "未定|検討中|調整中|協議中|未決定|未決|(?:今後|別途)(?:検討|調整|協議)|要検討|要調整|TBD", re.IGNORECASE
)
_NONE = re.compile(
    "[-－‐―—–ー−/／＼]+|無し?|なし|ナシ|該当(?:なし|無し|ナシ|せず)|特に(?:なし|無し)|対象外|実施(?:なし|無し|せず)|N/?A",
    re.IGNORECASE,
)
_SAME = re.compile('[→⇒➡↓〃々"”]+|同[上左右前]|前年度?(?:と同じ|に同じ|同様)|同じ|同様')


@rule("target-shorthand", severity=Severity.WARNING)
def target_shorthand(plan: Plan) -> Iterator[Finding]:
    """A target that is undecided, missing or the same again is written so that the book, charts and searches know."""
    for _, action in plan.originals.values():
        before = ""
        for key, target in action.targets.items():
            text = target.text or ""
            bare = _BRACKETS.sub("", text)
            path = (*target_path(action, key), "text")
            if text in {UNDECIDED, NOT_APPLICABLE}:
                pass
            elif _UNDECIDED.fullmatch(bare):
                message = f"「{text}」は、目標の文章として印刷され、未定の目標に数えられません。"
                yield Finding("", path, message, "決まっていなければ、「未定」とだけ書いてください。")
            elif _NONE.fullmatch(bare):
                message = f"「{text}」は、目標の文章として印刷されます。"
                yield Finding("", path, message, "目標がなければ、", edits=((text, NOT_APPLICABLE),))
            elif _SAME.fullmatch(bare):
                message = f"「{text}」は、そのまま印刷されます。"
                hint = "前と同じ目標なら、その文章を書くか、年度をまとめて（例：2018-2020:）一つにしてください。"
                yield Finding("", path, message, hint, edits=((text, before),) if before else ())
                continue
            before = text if not target.figures and "\n" not in text else ""
