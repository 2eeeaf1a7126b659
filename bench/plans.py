"""Plans of many times the size of a given one, of the same shape and the same lengths of text."""

from __future__ import annotations

import random
import re

SEED = 20_180_331

_KANJI = re.compile(r"(?<![0-9])[一-龠](?![0-9])")
"""The signs that are exchanged; beside a digit they may be a counter (9回), which a rule looks for."""

_NAMED = re.compile(r"(\b(?:id|relist): )([\w-]+)")

_KEPT = re.compile(r"departments:|figures:|: (?:未定|該当なし)$|^\s*#")
"""Lines that stay: words that stand for the same everywhere, or mean something to planbook; comments."""


def enlarged(text: str, times: int, seed: int = SEED) -> str:
    """Return the YAML of a plan with `times` as many policies as the plan in `text`, and so of everything below them.

    `text` has its policies at the end, ids and lists of departments and of figures on one line each.

    The first policies are those of the plan. The others repeat them line for line with other ids, and with the kanji
    of the plan exchanged among each other, differently each time: every line keeps its length and its breaks, every
    font the same characters, and yet no two titles or goals are alike. So nothing that is checked, shaped or laid out
    once comes again, and `planbook check` finds in each copy what it finds in the original.
    """
    head, key, policies = text.partition("\npolicies:\n")
    kanji = sorted(set(_KANJI.findall(policies)))
    chance = random.Random(seed)  # noqa: S311 - no secret
    copies = [policies]
    for copy in range(2, times + 1):
        exchange = dict(zip(kanji, chance.sample(kanji, len(kanji)), strict=True))
        copies.append("".join(_copied(line, copy, exchange) for line in policies.splitlines(keepends=True)))
    return head + key + "".join(copies)


def _copied(line: str, copy: int, exchange: dict[str, str]) -> str:
    if _KEPT.search(line):
        return line
    return _NAMED.sub(rf"\g<1>\g<2>-{copy}", _KANJI.sub(lambda sign: exchange[sign[0]], line))


def revised(text: str, changes: int, seed: int = SEED) -> str:
    """Return the YAML of a plan in which so many titles of sections and actions have other words, spread over all."""
    lines = text.splitlines(keepends=True)
    titles = [at for at, line in enumerate(lines) if re.match(r"\s+title: ", line)]
    for at in random.Random(seed).sample(titles, min(changes, len(titles))):  # noqa: S311 - no secret
        lines[at] = f"{lines[at].rstrip()}の見直し\n"
    return "".join(lines)
