"""Two texts → what of each is underlined in a comparison table: whole phrases, as a clerk would mark them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from planbook.comparison.plain_values import unwrapped
from planbook.typography.phrases import phrases

OMITTED = "（略）"
_BETWEEN = "、"


class Piece(NamedTuple):
    """A stretch of a text; `changed`: it is underlined; `omitted`: it stands for what is the same on both sides."""

    text: str
    changed: bool = False
    omitted: bool = False


Pieces = tuple[Piece, ...]

_WHOLE = (
    r"[0-9０-９](?:[0-9０-９]|[,.，．](?=[0-9０-９]))*(?:[かヵヶカケ]所|[かヵヶカケ]月|年度|年間|小学校区|[一-鿿％%])?"
    r"|[ァ-ヺー・]+|[A-Za-zＡ-Ｚａ-ｚ]+"
)
"""What is never parted: a number with what it counts, a word in katakana or letters."""
_WORD = re.compile(rf"(?P<whole>{_WHOLE})[ぁ-ん]*|[一-鿿々〇]+[ぁ-ん]*|[ぁ-ん]+|\n|.")
"""Words by their script, each with the hiragana that inflect it, so that a compound is parted where its script changes:
福祉|サービスの. Where a phrase ends, a word ends, too."""
_KANJI = re.compile("[一-鿿々〇]+")
_COMPOUND = re.compile("[一-鿿々〇]{2,}[ぁ-ん]*")
_CONTENT = re.compile(r"[一-鿿々〇ァ-ヺA-Za-zＡ-Ｚａ-ｚ0-9０-９]")
_SHORT = 3
"""Characters: what is the same between two changes and no longer is underlined with them."""
_LITTLE = 0.3
"""A text of which less is the same is another one: it is underlined as a whole."""
_SENTENCE = re.compile(r"[^。\n]*(?:。\n?|\n|$)")
_LONG = 60
"""Characters: a shorter text is always shown whole."""
_WORTH = 16
"""Characters: fewer than these are not left out."""

_Range = tuple[bool, int, int, int, int]
"""Whether it is the same, and from where to where it is in the words of both."""


@cache
def words(text: str) -> tuple[str, ...]:
    """Split a text into what is underlined as a whole or not at all; joined they are the text again."""
    ends = set(accumulate(map(len, phrases(text))))
    found: list[str] = []
    for word in _WORD.finditer(text):
        inside = range(max(word.start(), word.end("whole")) + 1, word.end())
        cuts = [word.start(), *sorted(ends.intersection(inside)), word.end()]
        found += [text[start:end] for start, end in pairwise(cuts)]
    return tuple(found)


def underlined(old: str, new: str, *, shorten: bool = True) -> tuple[Pieces, Pieces]:
    """Return both texts with what differs marked. The same texts get the same marks, whichever is the new one.

    With `shorten`, sentences that are the same are left out where there is much of them.
    """
    if not old or not new:
        return _whole(old), _whole(new)
    if new < old:
        second, first = underlined(new, old, shorten=shorten)
        return first, second
    if unwrapped(old) == unwrapped(new):
        return (Piece(old),), (Piece(new),)
    before, after, ranges = _refined(words(old), words(new))
    ranges = _settled(ranges, before, after)
    shorten = shorten and max(len(old), len(new)) > _LONG
    return _pieces(before, ranges, 1, shorten=shorten), _pieces(after, ranges, 3, shorten=shorten)


def underlined_names(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Return two lists of names with those marked that differ: a name is underlined as a whole."""
    if not old or not new:
        return _whole(old), _whole(new)
    was, now = old.split(_BETWEEN), new.split(_BETWEEN)
    same_old: set[int] = set()
    same_new: set[int] = set()
    for start, other, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        same_old |= {start + at for at in range(size)}
        same_new |= {other + at for at in range(size)}
    return _names(was, same_old), _names(now, same_new)


def _names(names: list[str], same: set[int]) -> Pieces:
    pieces: list[Piece] = []
    for at, name in enumerate(names):
        pieces += [Piece(_BETWEEN)] if at else []
        pieces.append(Piece(name, changed=at not in same))
    return tuple(
        Piece("".join(piece.text for piece in group), changed)
        for changed, group in groupby(pieces, key=lambda each: each.changed)
    )


def _whole(text: str) -> Pieces:
    return (Piece(text, changed=True),) if text else ()


def _refined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], list[_Range]]:
    """Compare words; where one compound of kanji stands for another, part both around what differs in them."""
    before: list[str] = []
    after: list[str] = []
    ranges: list[_Range] = []

    def add(first: tuple[str, ...], second: tuple[str, ...], *, same: bool) -> None:
        if first or second:
            ranges.append((same, len(before), len(before) + len(first), len(after), len(after) + len(second)))
            before.extend(first)
            after.extend(second)

    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        first, second = old[a:b], new[c:d]
        parts = _parted(first[0], second[0]) if len(first) == len(second) == 1 and tag == "replace" else None
        if parts is None:
            add(first, second, same=tag == "equal")
            continue
        for was, now in parts:
            add((was,) if was else (), (now,) if now else (), same=was == now)
    merged = [_span(list(group)) for _, group in groupby(ranges, key=lambda each: each[0])]
    return tuple(before), tuple(after), merged


def _parted(old: str, new: str) -> tuple[tuple[str, str], ...] | None:
    """Part two compounds into what is the same before, what differs, and what is the same behind.

    Kanji make words by two: 自立支援|方策, 参入|促進. None where what differs would be half of one.
    """
    if not (_COMPOUND.fullmatch(old) and _COMPOUND.fullmatch(new)):
        return None
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    behind = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    if (len(old) - start - behind) % 2 or (len(new) - start - behind) % 2:
        start, behind = (start - 1, behind) if start % 2 else (start, behind - 1)
    middle = old[start : len(old) - behind], new[start : len(new) - behind]
    if start < 0 or behind < 0 or any(len(each) % 2 or (each and not _KANJI.fullmatch(each)) for each in middle):
        return None
    end = old[len(old) - behind :]
    if start == 1 or (start == 0 and not _KANJI.match(end)):
        return None
    return (old[:start], new[:start]), middle, (end, end)


def _settled(ranges: list[_Range], before: tuple[str, ...], after: tuple[str, ...]) -> list[_Range]:
    """Join changes between which there is next to nothing, and let none of them be a mere character."""
    kept = sum(len("".join(before[a:b])) for same, a, b, _, _ in ranges if same)
    longest = max(sum(map(len, before)), sum(map(len, after)))
    if kept < longest * _LITTLE and sum(not same for same, *_ in ranges) > 1:
        return [(False, 0, len(before), 0, len(after))]
    last = len(ranges) - 1
    joined = [
        (same and not (0 < at < last and _is_little("".join(before[a:b]))), a, b, c, d)
        for at, (same, a, b, c, d) in enumerate(ranges)
    ]
    merged = [_span(list(group)) for _, group in groupby(joined, key=lambda each: each[0])]
    return _with_content(merged, before, after)


def _span(group: list[_Range]) -> _Range:
    first, last = group[0], group[-1]
    return first[0], first[1], last[2], first[3], last[4]


def _is_little(text: str) -> bool:
    return len(text) <= _SHORT or len(_CONTENT.findall(text)) < len("二字")


def _with_content(ranges: list[_Range], before: tuple[str, ...], after: tuple[str, ...]) -> list[_Range]:
    """Let a change of characters or particles alone begin with the word before it, or else end with that behind it."""
    ranges = list(ranges)
    for at, (same, a, b, c, d) in enumerate(ranges):
        if same or _CONTENT.search("".join((*before[a:b], *after[c:d]))):
            continue
        if at and ranges[at - 1][2] > ranges[at - 1][1]:
            _, start, end, other_start, other_end = ranges[at - 1]
            back = next((n for n in range(1, end - start + 1) if _CONTENT.search(before[end - n])), 0)
            if back:
                ranges[at - 1] = (True, start, end - back, other_start, other_end - back)
                ranges[at] = (False, a - back, b, c - back, d)
    return [each for each in ranges if each[2] > each[1] or each[4] > each[3]]


def _pieces(text: tuple[str, ...], ranges: list[_Range], side: int, *, shorten: bool) -> Pieces:
    pieces: list[Piece] = []
    for at, each in enumerate(ranges):
        stretch = "".join(text[each[side] : each[side + 1]])
        if not each[0]:
            pieces.append(Piece(stretch, changed=True))
        elif shorten:
            pieces += _shortened(stretch, first=at == 0, last=at == len(ranges) - 1)
        else:
            pieces.append(Piece(stretch))
    return tuple(piece for piece in pieces if piece.text)


def _shortened(text: str, *, first: bool, last: bool) -> list[Piece]:
    """Leave out the sentences of a stretch that is the same on both sides, but for those which changes are in."""
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence]
    head = [] if first else sentences[:1]
    rest = sentences[len(head) :]
    tail = rest[-1:] if rest and not last and not rest[-1].endswith(("。", "\n")) else []
    between = "".join(rest[: len(rest) - len(tail)])
    if len(between.strip()) < _WORTH:
        return [Piece(text)]
    breaks = "\n" if between.endswith("\n") else ""
    return [
        *(Piece(sentence) for sentence in head),
        Piece(OMITTED + breaks, omitted=True),
        *(Piece(sentence) for sentence in tail),
    ]
