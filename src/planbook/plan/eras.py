"""The eras of Japanese years: the one table that labels, hints and rules read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Era(NamedTuple):
    """An era, the letter that forms write for it, and the month in which its first year began."""

    name: str
    letter: str
    year: int
    month: int

    def western(self, year: int) -> int:
        """Return the calendar year of a year of this era: 令和7 is 2025."""
        return self.year + year - 1

    def label(self, year: int) -> str:
        """Return a calendar year as a year of this era: 令和元年."""
        number = year - self.year + 1
        return f"{self.name}{number if number > 1 else '元'}年"


# 大正 began on 30 July 1912, 昭和 on 25 December 1926, 平成 on 8 January 1989, 令和 on 1 May 2019. A month has no day:
# the one of a change is written with the new era (平成元年1月, 令和元年5月).
ERAS = (
    Era("令和", "R", 2019, 5),
    Era("平成", "H", 1989, 1),
    Era("昭和", "S", 1926, 12),
    Era("大正", "T", 1912, 7),
    Era("明治", "M", 1868, 1),
)
"""All of them since months are those of the Gregorian calendar, the newest first."""

TYPED_ERAS: Mapping[str, Era] = {name: era for era in ERAS[:3] for name in (era.name, era.letter, era.letter.lower())}
"""Those that years of a plan or a table are typed in, by name and letter: 令和, R, r."""
