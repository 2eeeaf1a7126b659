"""The numbers to reach: ratios of what was measured in one run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.process import Run


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs of a case, and how many pages and bytes what it wrote has."""

    runs: Sequence[Run]
    pages: int | None = None
    bytes: int | None = None

    @property
    def walls(self) -> list[float]:
        """Seconds by the clock of each run."""
        return [run.wall for run in self.runs]

    @property
    def wall(self) -> float:
        """Seconds by the clock: the median."""
        return statistics.median(self.walls)

    @property
    def cpu(self) -> float | None:
        """Seconds of the processors: the median, where they are known."""
        known = [run.cpu for run in self.runs if run.cpu is not None]
        return statistics.median(known) if known else None

    @property
    def peak(self) -> float:
        """MB: the median."""
        return statistics.median(run.peak for run in self.runs)


@dataclass(frozen=True, slots=True)
class Target:
    """One case divided by another: at most, or at least, a bound. Without one it is shown and nothing more.

    `per_page` divides by pages before. Without `of` it is the peak memory in MB of the case itself, or with `clock` its
    seconds: what a reader waits for, on the machine at hand.
    """

    case: str
    of: str | None
    bound: float | None
    at_least: bool = False
    per_page: bool = False
    clock: bool = False

    def __str__(self) -> str:
        what = f"{self.case} / {self.of}" if self.of else f"{self.case}: {'seconds' if self.clock else 'peak MB'}"
        return f"{what}, per page" if self.per_page else what


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target and what was measured: by the clock, the lowest and highest of single rounds, and by processor time."""

    target: Target
    ratio: float
    lowest: float
    highest: float
    cpu: float | None

    @property
    def met(self) -> bool | None:
        """Whether the ratio by the clock is within the bound, if there is one."""
        if self.target.bound is None:
            return None
        return self.ratio >= self.target.bound if self.target.at_least else self.ratio <= self.target.bound


_SAVED = ("save to page", "save to PDF", "save title to PDF")

TARGETS = (
    # Each under a second on a machine that takes a fifth of one to import what every command needs.
    Target("export ×1", "openpyxl ×1", 1),
    Target("collect ×1", "bare imports ×1", 5),
    Target("check ×1", "bare imports ×1", 1.6),
    Target("check ×16", "check ×1", 12),
    Target("check 1 MB ×1", None, 2, clock=True),
    Target("build pdf ×1", "chromium ×1", 1.3),
    Target("build all ×1", "chromium ×1", 1.8),
    Target("build pdf ×16", "chromium ×16", 3),
    Target("newcomer ×16", "build pdf ×16", 3, at_least=True),
    Target("build pdf ×64", "build pdf ×4", 1.3, per_page=True),
    Target("build pdf ×16", None, 500),
    Target("build all ×16", None, 500),
    Target("one edit ×1", "build pdf ×1", 0.1),
    Target("one edit ×16", "build pdf ×16", 0.1),
    *(
        Target(f"{what}, {browser} ×{times}", None, bound, clock=True)
        for times, usable, filtered in ((16, 1.2, 0.25), (64, 3, 0.8))
        for browser in ("chromium", "firefox")
        for what, bound in (("page usable", usable), ("page filtered", filtered))
    ),
    Target("diff ×16", "check ×16", 2),
    Target("diff ×16", "git diff ×16", None),
    *(Target(f"{saved} ×{times}", f"build pdf ×{times}", None) for times in (1, 16) for saved in _SAVED),
    *(Target(f"check ×{times}", f"yamllint ×{times}", None) for times in (1, 4, 16, 64)),
)


def outcomes(measured: Mapping[str, Measured]) -> Iterator[Outcome]:
    """Yield the outcome of every target whose cases were measured."""
    for target in TARGETS:
        if target.case in measured and (target.of is None or target.of in measured):
            yield _outcome(target, measured)


def _outcome(target: Target, measured: Mapping[str, Measured]) -> Outcome:
    ours = measured[target.case]
    if target.of is None and target.clock:
        return Outcome(target, ours.wall, min(ours.walls), max(ours.walls), None)
    if target.of is None:
        peaks = [run.peak for run in ours.runs]
        return Outcome(target, ours.peak, min(peaks), max(peaks), ours.peak)
    other = measured[target.of]
    pages = (other.pages or 1) / (ours.pages or 1) if target.per_page else 1.0
    # Runs of one round stand close together in time: what else the machine did then slowed down both.
    rounds = [a / b * pages for a, b in zip(ours.walls, other.walls, strict=False)]
    ratio = ours.wall / other.wall * pages
    cpu = ours.cpu / other.cpu * pages if ours.cpu is not None and other.cpu else None
    return Outcome(target, ratio, min(rounds), max(rounds), cpu)
