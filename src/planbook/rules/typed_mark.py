"""The rule `typed-mark`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.diagnostics.suggestions import fold
from planbook.rules.common.plan_parts import identified, titles, word
from planbook.rules.registry import rule
from planbook.typography.number_series import number_series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan, Word

_NUMBER = re.compile(
    r"([(（][0-9０-９]{1,2}[)）]|[①-⑳⑴-⒇❶-❿㉑-㊿]"
    r"|[0-9０-９]{1,2}(?:[.．、)）](?![0-9０-９])|[ 　](?![歳代年月人回割つか]))"
    r"|[0-9０-９]{1,2}(?:[-－‐.．][0-9０-９]{1,2})+[ 　.．]|第[0-9０-９一二三四五六七八九十]+[章節項](?=[ 　])"
    r"|(?:基本方針|基本目標|施策|事業)[ 　]?[(（]?[0-9０-９①-⑳]{1,2}[)）]?(?=[ 　:：]))[ 　:：]*"
)
"""A number before a title; not one that belongs to it (3歳児健診, 第2次計画)."""

_RELISTED = re.compile(r"[ 　]*[(（【〔\[［][ 　]*再掲[ 　]*[)）】〕\]］][ 　]*|[ 　]再掲$|^再掲[ 　:：]+")

_BRACKETS = r"[(（【〔\[［〈《]([^(（【〔\[［〈《)）】〕\]］〉》]+)[)）】〕\]］〉》][ 　]*"
_FIRST_BRACKETS = re.compile(rf"[ 　]*{_BRACKETS}")
_LAST_BRACKETS = re.compile(rf"[ 　]*{_BRACKETS}$")

_IN_BRACKETS = re.compile(r"[(（【〔\[［](.+)[)）】〕\]］]")


FEW = 0.2
"""The share of the titles of a level without numbers up to which a number in one is a slip."""


@rule("typed-mark", severity=Severity.WARNING)
def typed_mark(plan: Plan) -> Iterator[Finding]:
    """Nobody types what is printed by itself: it would be printed twice, and be wrong after the next change.

    A level without numbers may have them in its titles, but not in a few of many.
    """
    numbered = number_series(plan)
    originals = _originals(plan)
    usual = Counter(level for _, level, _ in titles(plan))
    with_number = Counter(level for _, level, title in titles(plan) if _NUMBER.match(title))
    for path, level, title in titles(plan):
        if match := _RELISTED.search(title):
            yield _relisted(plan, path, level, title, match[0].strip(), originals)
        if (match := _NUMBER.match(title)) and (level in numbered or with_number[level] <= usual[level] * FEW):
            message = f"{word(plan, level)}の番号「{match[1]}」が書かれています。"
            hint = "番号は自動で付くので、手では書きません（増減や移動のときに合わなくなります）。"
            if level not in numbered:
                message = f"{word(plan, level)}の名称に番号「{match[1]}」があります。ほかには、ほとんどありません。"
                hint = ""
            edits = ((title, title[match.end() :]),) if title[match.end() :].strip() else ()
            yield Finding("", path, message, hint, within=match[1], edits=edits)
    yield from _brackets(plan)
    yield from _marks(plan)


def _marks(plan: Plan) -> Iterator[Finding]:
    """Say of a mark that stands in a title that it has a key of its own."""
    names = {text: mark.name for mark in plan.marks for text in (mark.name, mark.sign) if text}
    if not names:
        return
    signs = {mark.sign for mark in plan.marks if mark.sign and not mark.sign.isalnum()}
    lengths = sorted({len(sign) for sign in signs}, reverse=True)
    for _, part in identified(plan):
        title, typed = part.title, ""
        if (match := _LAST_BRACKETS.search(title)) and match[1].strip(" 　") in names:
            title, typed, word = title[: match.start()], match[0], match[1].strip(" 　")
        if (match := _FIRST_BRACKETS.match(title)) and match[1].strip(" 　") in names:
            title, typed, word = title[match.end() :], match[0], match[1].strip(" 　")
        elif sign := next((title[:length] for length in lengths if title[:length] in signs), ""):
            title, typed, word = title[len(sign) :].lstrip(" 　"), sign, sign
        if not typed:
            continue
        name = names[word]
        message = f"印「{typed.strip()}」が、名称の中に書かれています。"
        hint = "印は marks に書くと、自動で付きます。"
        if not part.marks:
            hint += f"marks: [{name}] を足し、"
        elif name not in part.marks:
            hint += f"marks に「{name}」を足し、"
        if title.strip():
            yield Finding("", (*part.at, "title"), message, hint, edits=((part.title, title),))


def _originals(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return the id and the title of the first action of each folded title."""
    found: dict[str, tuple[str, str]] = {}
    for id_, (_, action) in plan.originals.items():
        found.setdefault(fold(action.title), (id_, action.title))
    return found


def _relisted(  # noqa: PLR0913, PLR0917 - a title, and the others
    plan: Plan, path: Path, level: Word, title: str, mark: str, originals: dict[str, tuple[str, str]]
) -> Finding:
    rest = _RELISTED.sub("", title)
    message = f"再掲の印「{mark}」は、自動で付きます。"
    hint = "印は書きません。"
    if level == "action":
        id_, typed = originals.get(fold(rest), ("", title))
        if typed != title:
            hint = f"再掲なら、この項目を次の一行だけにしてください。\n- relist: {id_}"
            return Finding("", path, message, hint, within=mark)
        hint = f"再掲なら「- relist: 元の id」の一行だけにします。ここが元の{word(plan, level)}なら、印を消し、"
    return Finding("", path, message, hint, within=mark, edits=((title, rest),) if rest.strip() else ())


def _brackets(plan: Plan) -> Iterator[Finding]:
    words = {("stage",): plan.stage or "", ("labels", "relisting"): plan.labels.relisting}
    words |= {("labels", "continued"): plan.labels.continued}
    for path, text in words.items():
        if match := _IN_BRACKETS.fullmatch(text):
            yield Finding("", path, "前後のかっこは、自動で付きます。", edits=((text, match[1]),))
    if plan.stage and re.search(rf"[(（]{re.escape(plan.stage)}[)）]$", plan.title):
        phrases = plan.title.phrases
        last = phrases[-1] if phrases else plan.title
        rest = last[: -len(plan.stage) - 2].rstrip()
        message = f"名称の後の「（{plan.stage}）」は、stage から自動で付きます。"
        at: Path = ("title", len(phrases) - 1) if phrases else ("title",)
        hint, edits = ("", ((last, rest),)) if rest else ("この句を消してください。", ())
        yield Finding("", at, message, hint, edits=edits)
