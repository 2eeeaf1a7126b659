"""The rule `typed-mark`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.plan_parts import titles
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan

_NUMBER = re.compile(
    r"([(（][0-9０-９]{1,2}[)）]|[①-⑳⑴-⒇❶-❿㉑-㊿]"
    r"|[0-9０-９]{1,2}(?:[.．、)）](?![0-9０-９])|[ 　](?![歳代年月人回割つか]))"
    r"|[0-9０-９]{1,2}(?:[-－‐.．][0-9０-９]{1,2})+[ 　.．]|第[0-9０-９一二三四五六七八九十]+[章節項](?=[ 　])"
    r"|(?:基本方針|基本目標|施策|事業)[ 　]?[(（]?[0-9０-９①-⑳]{1,2}[)）]?(?=[ 　:：]))[ 　:：]*"
)
"""A number before a title; not one that belongs to it (3歳児健診, 第2次計画)."""


_RELISTED = re.compile(r"[ 　]*[(（【〔\[［][ 　]*再掲[ 　]*[)）】〕\]］][ 　]*|[ 　]再掲$|^再掲[ 　:：]+")


_IN_BRACKETS = re.compile(r"[(（](.+)[)）]")


@rule("typed-mark", severity=Severity.WARNING)
def typed_mark(plan: Plan) -> Iterator[Finding]:
    """Nobody types what is printed by itself: it would be printed twice, and be wrong after the next change."""
    for path, kind, title in titles(plan):
        if match := _RELISTED.search(title):
            rest = _RELISTED.sub("", title)
            hint = f"ここが元の取組項目なら、印を消してください。\ntitle: {rest[:80]}"
            if kind == "取組項目":
                hint = f"再掲なら「- relist: 元の id」の一行だけにし、{hint}"
            yield Finding(
                "", path, f"再掲の印「{match[0].strip()}」は、自動で付きます。", hint, within=match[0].strip()
            )
        elif match := _NUMBER.match(title):
            hint = f"次のように直してください。\ntitle: {title[match.end() :][:80]}"
            yield Finding("", path, f"{kind}の番号は、自動で付きます。", hint, within=match[1])
    yield from _brackets(plan)


def _brackets(plan: Plan) -> Iterator[Finding]:
    words = {("stage",): plan.stage or "", ("labels", "relisting"): plan.labels.relisting}
    words |= {("labels", "continued"): plan.labels.continued}
    for path, word in words.items():
        if match := _IN_BRACKETS.fullmatch(word):
            yield Finding(
                "", path, "前後のかっこは、自動で付きます。", f"次のように直してください。\n{path[-1]}: {match[1]}"
            )
    if plan.stage and re.search(rf"[(（]{re.escape(plan.stage)}[)）]$", plan.title):
        rest = plan.title[: -len(plan.stage) - 2].rstrip()
        message = f"名称の後の「（{plan.stage}）」は、stage から自動で付きます。"
        yield Finding("", ("title",), message, f"次のように直してください。\ntitle: {rest[:80]}")
