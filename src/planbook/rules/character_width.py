"""The rule `character-width`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.common.plan_parts import texts
from planbook.rules.count_in_text import counts
from planbook.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.model import Plan

_WRONG = re.compile("(?P<kana>[\uff61-\uff9f]+)|(?P<digits>[０-９]+(?:[．，][０-９]+)*)|(?P<latin>[Ａ-Ｚａ-ｚ]+)")
_ORDINAL = re.compile("[０-９]{1,2}[)）．.、 　]")
_HALF_WIDTH_LATIN = re.compile("(?<![A-Za-z])[A-Za-z]+")
_KINDS = {"kana": "半角カナ", "digits": "全角の数字", "latin": "全角の英字"}


@rule("character-width", severity=Severity.WARNING)
def character_width(plan: Plan) -> Iterator[Finding]:
    """Digits are half width, kana full width; Latin letters are as they are elsewhere in the plan.

    The first numbers of levels (第１章) and the signs of marks (ＤＸ) are as the municipality prints them.
    """
    wide = [(path, text) for path, text in texts(plan) if not text.isascii() and _WRONG.search(text)]
    in_counts = {path: {match.group() for match in counts(text)} for path, text in wide if path[-1:] == ("text",)}
    mixed = _mixed_words(plan, wide)
    for path, text in wide:
        if path[0] == "numbers" or (path[0] == "marks" and path[-1] == "sign"):
            continue
        found: dict[str, str] = {}
        for match in _WRONG.finditer(text):
            kind = str(match.lastgroup)
            if kind == "latin" and match[0] not in mixed:
                continue
            if kind == "digits" and not match.start() and path[-1] != "text" and _ORDINAL.match(text):
                continue  # a number that is typed before a title or an item, and reported
            if kind == "digits" and any(match[0] in count for count in in_counts.get(path, ())):
                continue  # the count is reported, with its number in half width
            found.setdefault(match[0], kind)
        if found:
            edits = tuple((each, unicodedata.normalize("NFKC", each)) for each in found)
            listed = "、".join(f"{_KINDS[kind]}「{each[:30]}」" for each, kind in list(found.items())[:10])
            beside = "半角の英字とまざっています。" if set(found.values()) == {"latin"} else ""
            yield Finding("", path, f"{listed}があります。{beside}", "", edits=edits)


def _mixed_words(plan: Plan, wide: list[tuple[Path, str]]) -> set[str]:
    """Return the words in full-width Latin of a plan that has the same ones, or most others, in half width."""
    words: Counter[str] = Counter()
    for _, text in wide:
        words.update(match[0] for match in _WRONG.finditer(text) if match.lastgroup == "latin")
    if not words:
        return set()
    half = Counter(word for path, text in texts(plan) if path[-1] != "unit" for word in _HALF_WIDTH_LATIN.findall(text))
    most = half.total() > words.total()
    return {word for word in words if most or unicodedata.normalize("NFKC", word) in half}
