"""A line of the file while slips of typing in it are being corrected, in memory only."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from planbook.diagnostics.document import Span
from planbook.diagnostics.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of typing: `start` and `end` are columns from 0 in the line as typed."""

    rule: str
    start: int
    end: int
    message: str
    hint: str
    severity: Severity


class TypedLine:
    """One line: the text as corrected so far, and for each of its characters the column that it was typed at."""

    __slots__ = (
        "_origins", "above", "behind", "file_is_readable", "last", "moved", "number", "slips", "text", "typed",
        "with_blanks",
    )  # fmt: skip

    def __init__(self, number: int, typed: str, file_is_readable: Callable[[], bool] = lambda: False) -> None:
        self.number = number
        self.file_is_readable = file_is_readable
        """Whether YAML can read the whole file as it was typed."""
        self.typed = typed
        self.text = typed
        self.above = ""
        """A line that is missing above this one."""
        self.behind: TypedLine | None = None
        """The next line, where no line break was typed between the two."""
        self.last = number
        """The last line, from 0, that was moved together with this one."""
        self.moved = 0
        """How far the line was moved to the right, or to the left."""
        self.slips: list[Slip] = []
        self._origins: list[int] | None = None
        self.with_blanks: tuple[str, TypedLine] | None = None
        """A text that it had, and the line with plain blanks at its beginning: lines above ask again and again."""

    @classmethod
    def as_typed(cls, other: Self) -> Self:
        """Return the same line as it was typed."""
        return cls(other.number, other.typed, other.file_is_readable)

    def copy(self) -> Self:
        """Return a copy that may change without this one."""
        other = copy(self)
        other.slips = list(self.slips)
        other.behind = self.behind and self.behind.copy()
        return other

    def split(self, column: int) -> TypedLine:
        """Take off what stands from a column on, as a line of its own that stays behind this one; return it."""
        behind = self.copy()
        behind.slips, behind.above = [], ""
        behind.replace(0, column, "")
        self.replace(column, len(self.text), "")
        self.behind = behind
        return behind

    @property
    def parts(self) -> list[TypedLine]:
        """The line, and those that stand behind it without a line break."""
        return [self, *(self.behind.parts if self.behind else ())]

    def is_as_typed(self, number: int) -> bool:
        """Whether nothing was corrected in the line, and it is still the one of that number, from 0."""
        untouched = self._origins is None and self.text == self.typed and not self.above
        return untouched and self.number == self.last == number

    @property
    def indent(self) -> int:
        """How many blanks the text begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    def origin(self, column: int) -> int:
        """Return the column, from 0, at which the character that now stands at `column` was typed."""
        if self._origins is None:
            return column
        return self._origins[min(column, len(self._origins) - 1)]

    def replace(self, start: int, end: int, new: str) -> None:
        """Put `new` in the place of the characters from `start` to `end`."""
        if self.text[start:end] == new:
            return
        origins = self._origins or range(len(self.text) + 1)
        kept = origins[start : min(end, start + len(new))]
        filler = [origins[end]] * (len(new) - len(kept))
        self._origins = [*origins[:start], *kept, *filler, *origins[end:]]
        self.text = self.text[:start] + new + self.text[end:]

    def slip(  # noqa: PLR0913 - a slip is all of this
        self,
        rule: str,
        start: int,
        end: int,
        message: str,
        *,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a slip in the text as it is now. Of several slips of one kind in a line, the first is reported."""
        if all(slip.rule != rule for slip in self.slips):
            first = self.origin(start)
            last = max(self.origin(end), first + 1)
            self.slips.append(Slip(rule, first, last, message, hint, severity))

    def findings(self) -> list[Finding]:
        """Return the slips as findings; the hint of each shows the line with all of them corrected."""
        line = self.number + 1
        found = []
        for slip in _one_for_wide_characters([slip for part in self.parts for slip in part.slips]):
            span = Span(line, slip.start + 1, line, slip.end + 1)
            hint = slip.hint or self._corrected()
            found.append(Finding(slip.rule, span, slip.message, hint, severity=slip.severity))
        return found

    def _corrected(self) -> str:
        if self.behind:
            texts = [part.text.rstrip() for part in self.parts]
            least = min(len(text) - len(text.lstrip(" ")) for text in texts)
            said = f"次のように {len(texts)} 行に直してください（初めの行の行頭の空白は半角 {self.indent} 個）。\n"
            return said + "\n".join(text[least:] for text in texts)
        moved = self.indent - (len(self.typed) - len(self.typed.lstrip(" ")))
        if self.last > self.number and moved:
            way = f"{'右' if moved > 0 else '左'}へ半角 {abs(moved)} 個"
            lines = f"{self.number + 1} 行目から {self.last + 1} 行目までを、同じだけ{way}ずらしてください"
            return f"{lines}（この行の行頭の空白は半角 {self.indent} 個）。\n{self.text.rstrip()}"
        undashed = self.typed.lstrip().startswith("- ") and not self.text.lstrip().startswith("-")
        if moved or undashed or self.text.strip() == self.typed.strip(" \t　\xa0"):
            return f"次のように直してください（行頭の空白は半角 {self.indent} 個）。\n{self.text.rstrip()}"
        margin = "\n" + " " * self.indent
        return f"次のように直してください。\n{self.text.strip().replace(margin, chr(10))}"


_OF_WIDE_CHARACTERS = {"fullwidth-colon", "fullwidth-bracket", "fullwidth-comma", "fullwidth-quote"}


def _one_for_wide_characters(slips: list[Slip]) -> list[Slip]:
    """Return the slips of a line with one for all its characters in full width: the input method was on."""
    wide = [slip for slip in slips if slip.rule in _OF_WIDE_CHARACTERS]
    if len(wide) < 2:  # noqa: PLR2004 - one character has its own message
        return slips
    message = "「：」「［」「、」などの記号が全角です。半角の記号を使います。"
    first = min(wide, key=lambda slip: slip.start)
    others = [slip for slip in slips if slip not in wide]
    return [replace(first, message=message), *others]


_BULLETS = re.compile("[・●○◯◆◇■□▪※①-⑳(（]")


def joined(lines: list[TypedLine], begin: int) -> str:
    """Return the hint for a text over several lines, whose first begins at a column: in one line, or as a block."""
    head, first = lines[0].text[:begin].strip(), lines[0].text[begin:].strip()
    texts = [first, *(line.text.strip() for line in lines[1:])]
    if any(map(_BULLETS.match, texts[1:])):
        margin = "\n" + " " * (2 * head.startswith("- ") + 2)
        hint = f"改行を残すときは、{rows(lines[0], lines[-1])}「|-」を使って書いてください。"
        return f"{hint}\n{head} |-{margin}{margin.join(texts)}"
    return f"{rows(lines[0], lines[-1])}一行につなげて書いてください。\n{head} {''.join(texts)}".replace("\n ", "\n")


def rows(first: TypedLine, last: TypedLine) -> str:
    """Return the words that say which lines a correction takes the place of."""
    return f"{first.number + 1} 行目から {last.number + 1} 行目までを、次のように"


def quoted(text: str) -> str:
    """Return the text between quotes, so that YAML takes all of it as text."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
