"""Which of many texts are nearly the same, without comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LENGTH = 200
"""Characters that are compared; longer texts that begin alike are rare and are left alone."""

MAX_COMPARED = 50
"""Texts that one is compared with: of a long series (第1地区…, 第2地区…) all share a piece."""

MAX_COMPARISONS = 32_000
"""All of a plan. The plan of 64 times the real one needs 30,700; beyond, only equal texts are found."""


_MEMBERS = "0123456789abcdefghijklmnopqrstuvwxyz東西南北中上下左右前後新旧甲乙丙丁一二三四五六七八九十大小男女"
_SERIES = dict.fromkeys(map(ord, _MEMBERS), "0")
_DIGITS = dict.fromkeys(map(ord, "0123456789"))


class _Text(NamedTuple):
    """A text with what it is compared by first: its characters, itself without digits, and as one of a series."""

    text: str
    characters: frozenset[str]
    undigited: str
    of_series: str

    @classmethod
    def of(cls, text: str) -> _Text:
        """Look at a folded text."""
        return cls(text, frozenset(text), text.translate(_DIGITS), text.translate(_SERIES))

    def differs_on_purpose(self, other: _Text) -> bool:
        """Texts that differ in digits only are a series; 「地区」 before the same words names something else."""
        return (
            self.undigited == other.undigited
            or self.text.endswith(other.text)
            or other.text.endswith(self.text)
            or (self.text != other.text and self.of_series == other.of_series)
        )


@dataclass
class Comparisons:
    """How many comparisons may still be made, in collections that share it."""

    left: int = MAX_COMPARISONS


class Collection:
    """Texts, found again by any text that differs from them in a few characters.

    Two texts at an edit distance of k or less share one of k+1 pieces of the first, shifted by so few characters that
    the pieces on either side can account for it (Li, Deng, Wang, Feng: Pass-Join, VLDB 2011); only those that do are
    compared. `tolerance` gives k by length.
    """

    def __init__(self, tolerance: Callable[[int], int], comparisons: Comparisons) -> None:
        self._tolerance = tolerance
        self._comparisons = comparisons
        self._names: dict[str, str] = {}
        self._known: dict[str, _Text] = {}
        self._pieces: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        self._cuts: dict[int, list[tuple[int, int]]] = {}
        """Where texts of a length that was seen are cut into pieces."""

    def add(self, text: str, name: str) -> None:
        """Remember a text under a name."""
        self._names.setdefault(text, name)
        length = len(text)
        if length <= MAX_LENGTH:
            pieces = self._tolerance(length) + 1
            cuts = [(length * n // pieces, length * (n + 1) // pieces) for n in range(pieces)]
            self._cuts.setdefault(length, cuts)
            for index, (start, end) in enumerate(cuts):
                self._pieces[length, index, text[start:end]].append(text)

    def nearest(self, text: str) -> str | None:
        """Return the name of a text that is the same, or nearly so by mistake."""
        if text in self._names:
            return self._names[text]
        tolerance = self._tolerance(len(text))
        if not tolerance or len(text) > MAX_LENGTH:
            return None
        own, comparisons = self._text(text), self._comparisons
        for candidate in islice(self._candidates(text, tolerance), max(min(MAX_COMPARED, comparisons.left), 0)):
            comparisons.left -= 1
            other = self._text(candidate)
            if _differ_in_more(own.characters, other.characters, tolerance) or own.differs_on_purpose(other):
                continue  # nearly all candidates
            comparisons.left -= len(text) * tolerance // 50  # a long text takes as long as several short ones
            if are_near(text, candidate, tolerance):
                return self._names[candidate]
        return None

    def _text(self, text: str) -> _Text:
        if text not in self._known:
            self._known[text] = _Text.of(text)
        return self._known[text]

    def _candidates(self, text: str, tolerance: int) -> Iterator[str]:
        seen: set[str] = set()
        for length in range(len(text) - tolerance, len(text) + tolerance + 1):
            for index, (start, end) in enumerate(self._cuts.get(length, ())):
                for at in self._shifts(index, start, len(text) - length, tolerance, len(self._cuts[length]) - 1):
                    for candidate in self._pieces.get((length, index, text[at : at + end - start]), ()):
                        if candidate not in seen:
                            seen.add(candidate)
                            yield candidate

    @staticmethod
    def _shifts(index: int, start: int, longer: int, tolerance: int, cuts: int) -> range:
        """Return where a piece that starts at `start` may stand in a text that is longer by some characters."""
        if cuts < tolerance:  # too few pieces for one to be left whole for certain: look in all places
            return range(max(start - tolerance, 0), start + tolerance + 1)
        left, right = index, cuts - index
        return range(max(start - left, start + longer - right, 0), min(start + left, start + longer + right) + 1)


def are_parallel(one: str, other: str) -> bool:
    """Tell whether two folded texts name things of a series: they differ in characters that stand for its members."""
    return one != other and one.translate(_SERIES) == other.translate(_SERIES)


def are_near(one: str, other: str, most: int) -> bool:
    """Tell whether the edit distance (Levenshtein) of two texts is not more than `most`.

    How far one gets along each diagonal with so many edits, from none on (Ukkonen 1985): equal characters cost nothing.
    """
    while one and other and one[-1] == other[-1]:  # nearly all of a series ends alike
        one, other = one[:-1], other[:-1]
    goal, end = len(one) - len(other), len(one)
    if abs(goal) > most or _differ_in_more(set(one), set(other), most):
        return False
    reached = {0: _equal_until(one, other, 0, 0)}
    for edits in range(1, most + 1):
        if reached.get(goal, -1) >= end:
            return True
        before, reached = reached, {}
        for diagonal in range(-edits, edits + 1):
            at = max(before.get(diagonal, -2) + 1, before.get(diagonal - 1, -2) + 1, before.get(diagonal + 1, -2))
            at = min(at, end, len(other) + diagonal)
            if at >= max(diagonal, 0):
                reached[diagonal] = _equal_until(one, other, at, at - diagonal)
    return reached.get(goal, -1) >= end


def _differ_in_more(one: set[str] | frozenset[str], other: set[str] | frozenset[str], edits: int) -> bool:
    """Tell whether texts have too few characters in common: each edit takes one away and brings one in, at most."""
    return len(one ^ other) > 2 * edits


def _equal_until(one: str, other: str, start: int, start_of_other: int) -> int:
    """Return up to where a text is the same as another one, from a place in each on."""
    for at, character in enumerate(one[start : start + len(other) - start_of_other], start_of_other):
        if character != other[at]:
            return start + at - start_of_other
    return min(len(one), start + len(other) - start_of_other)
