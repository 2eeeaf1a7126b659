"""The plan's own words in what is said of its shape, when there is no plan yet that could be asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planbook.plan.labels import DEFAULT_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planbook.plan.labels import Labels, Word


def plan_words(root: object) -> Callable[[str], str]:
    """Return what puts the words of a plan's data (事務事業) in the place of the usual ones (事業) in our own texts."""
    return _replacing({usual: given for name, usual in DEFAULT_WORDS.items() if (given := _given(root, name))})


def usual_words(root: object) -> dict[str, str]:
    """Return the usual word for each word that the plan's data have of their own: 事業 for 事務事業."""
    return {given: usual for name, usual in DEFAULT_WORDS.items() if (given := _given(root, name))}


def words_of(labels: Labels) -> Callable[[str], str]:
    """Return the same for a plan that has been read."""
    return _replacing({usual: labels.word(name) for name, usual in DEFAULT_WORDS.items()})


def _replacing(own: Mapping[str, str]) -> Callable[[str], str]:
    if not own:
        return lambda text: text
    # The longest first: 主な取り組み before 取り組み. All at once: what was put in is not looked at again.
    found = re.compile("|".join(re.escape(word) for word in sorted(DEFAULT_WORDS.values(), key=len, reverse=True)))
    return lambda text: found.sub(lambda match: own.get(match[0], match[0]), text)


def _given(root: object, name: Word) -> str | None:
    """Return a word as `Labels.word` has it: that for all parts, else that of the sheets or the table."""
    labels = _part(root, "labels")
    for part in (labels, _part(labels, "sheets"), _part(labels, "table")):
        if isinstance(word := _part(part, name), str) and word.strip():
            return word.strip()[:30]
    return None


def _part(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None
