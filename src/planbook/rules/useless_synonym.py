"""The rule `useless-synonym`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.finding import Finding, Severity
from planbook.rules.registry import rule
from planbook.typography.search_key import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.model import Plan


@rule("useless-synonym", severity=Severity.WARNING, needs=r"synonyms(/\d+){0,2}")
def useless_synonym(plan: Plan) -> Iterator[Finding]:
    """Every word of `synonyms` makes the search of the web page find more."""
    known: dict[str, tuple[int, str]] = {}
    for at, words in enumerate(plan.synonyms):
        for index, word in enumerate(words):
            path, shown = ("synonyms", at, index), word[:60]
            first, other = known.setdefault(search_key(word), (at, word))
            if any(character.isspace() for character in word):
                message = f"「{shown}」は空白を含むので、検索の言葉になりません。"
                yield Finding("", path, message, "空白のない言葉にしてください。検索では、空白で言葉を区切ります。")
            elif len(words) == 1:
                message = f"「{shown}」と同じ意味の言葉が、この組にありません。"
                if "、" in word.strip("、"):
                    parts = ", ".join(part for part in word.split("、") if part)
                    yield Finding("", path, message, "言葉は「, 」で区切り、", edits=((word, parts),))
                    continue
                yield Finding("", path, message, f"同じ意味の言葉を書き足してください（例：[{shown}, 別の言葉]）。")
            elif other is not word and first != at:
                message = f"「{shown}」は、ほかの組にもあります。二つの組は、一つの組として検索されます。"
                yield Finding("", path, message, "別の意味なら一方から消し、同じ意味なら一つの組に書いてください。")
            elif other is not word:
                message = f"「{shown}」と「{other[:60]}」は、もともと同じ言葉として検索されます。"
                yield Finding("", path, message, "どちらか一つを消してください。")
