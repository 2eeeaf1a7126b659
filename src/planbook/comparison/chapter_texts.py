"""The Markdown of the chapters of two versions → which paragraphs changed, and on which lines they stand."""

from __future__ import annotations

import posixpath
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from planbook.comparison.plain_values import unwrapped
from planbook.source.decode import Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planbook.plan.model import Plan

_ALIKE = 0.5
"""How much of two paragraphs is the same where one stands in the place of the other."""

_BEGINS = re.compile(r"\s*(?:[-*+|>#]|[0-9]+[.)]\s|```)")
"""A line that is read by itself: an item of a list, a row of a table, a heading."""

ChapterTexts = dict[str, str | None]
"""The texts of chapters by their paths; None of what can not be read."""


class Passage(NamedTuple):
    """Paragraphs that changed: where they stand (from line, to line; none where there are none), and their texts."""

    old_lines: tuple[int, int] | None
    new_lines: tuple[int, int] | None
    old: str
    new: str


class _Paragraph(NamedTuple):
    first: int
    last: int
    text: str


def chapter_texts(plan: Plan | None, read: Callable[[str], bytes | None]) -> ChapterTexts:
    """Return the chapters that a plan names; none of them lies outside the folder of the plan file.

    `read` gives the bytes of a file by its path from there, None where it can not be read.
    """
    found: ChapterTexts = {}
    for part in plan.book.chapter_parts() if plan else ():
        path = posixpath.normpath(part.chapter)
        inside = not posixpath.isabs(path) and not path.startswith("..")
        data = read(path) if inside else None
        try:
            found[part.chapter] = None if data is None else decode(data)
        except Undecodable:
            found[part.chapter] = None
    return found


def to_be_compared(old: ChapterTexts, new: ChapterTexts) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return the texts of both versions that can be compared, and the paths of those that can not be.

    A file that has another name and the same text is no change of a text; the list of parts shows it.
    """
    unread = tuple(dict.fromkeys(path for texts in (new, old) for path, text in texts.items() if text is None))
    known = [
        {path: text for path, text in texts.items() if text is not None and path not in unread} for texts in (old, new)
    ]
    for path in [path for path in known[0] if path not in known[1]]:
        same = next((each for each in known[1] if each not in old and known[1][each] == known[0][path]), None)
        if same is not None:
            del known[0][path], known[1][same]
    return known[0], known[1], unread


def passages(old: str, new: str) -> list[Passage]:
    """Return the paragraphs that differ; one that was broken into lines in another way is the same."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(
        None, [unwrapped(each.text) for each in before], [unwrapped(each.text) for each in after], autojunk=False
    )
    found: list[Passage] = []
    for kind, was, was_end, now, now_end in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(before[was:was_end], after[now:now_end])
    return found


def _paired(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Passage]:
    """Yield what stands in the place of what: paragraphs that are alike, in their order, and the others beside them."""
    begun_old = begun_new = 0
    for at, paragraph in enumerate(new):
        alike = next((n for n in range(begun_old, len(old)) if _alike(old[n].text, paragraph.text)), None)
        if alike is None:
            continue
        if alike > begun_old or at > begun_new:
            yield _passage(old[begun_old:alike], new[begun_new:at])
        yield _passage((old[alike],), (paragraph,))
        begun_old, begun_new = alike + 1, at + 1
    if begun_old < len(old) or begun_new < len(new):
        yield _passage(old[begun_old:], new[begun_new:])


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def first_line(text: str) -> str:
    """Return what a chapter begins with: its title."""
    return next((line.strip("# \t") for line in text.split("\n") if line.strip("# \t")), "")


def _passage(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Passage:
    lines, texts = (
        [(side[0].first, side[-1].last) if side else None for side in (old, new)],
        ["\n\n".join(each.text for each in side) for side in (old, new)],
    )
    return Passage(lines[0], lines[1], texts[0], texts[1])


def _paragraphs(text: str) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    lines: list[str] = []
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        if lines and (not line.strip() or _BEGINS.match(line)):
            found.append(_Paragraph(number - len(lines), number - 1, "\n".join(lines)))
            lines = []
        if line.strip():
            lines.append(line.rstrip())
    return found
