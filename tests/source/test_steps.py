"""The check of a file takes time in proportion to its size, whatever is in it. Steps are counted, no time is taken."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bench.hostile import KINDS, sized
from planbook.check import reports as reporting
from planbook.check.check import check
from planbook.source.repair import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

SMALL = 5_000
"""Bytes. Where something grows with the square of the size, that shows in files of this size and twice of it."""

MOST = 2.6
"""Times the steps for twice the size: with 2 it grows with the size, with 4 with its square."""


def steps(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of C as well."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def checked_and_reported(text: str) -> None:
    report = reporting.Report.of(["plan.yaml"], [check(text.encode(), "plan.yaml")])
    reporting.write(report, "text")


def test_what_grows_with_the_square_is_noticed() -> None:
    def square(size: int) -> None:
        for _ in range(size * size):
            abs(-1)

    assert steps(lambda: square(60)) / steps(lambda: square(30)) > MOST


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_size_takes_twice_the_steps(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Other readings are tried up to a number that no file can raise: with few of them, the rest shows.
    monkeypatch.setattr(alternatives, "MAX_EFFORT", 10_000)
    checked_and_reported(sized(kind, SMALL))  # what is loaded and compiled only once does not count
    counted = [steps(partial(checked_and_reported, sized(kind, times * SMALL))) for times in (1, 2)]
    if counted[-1] > MOST * counted[-2]:  # a rule that begins to look at something in between is no growth
        counted.append(steps(partial(checked_and_reported, sized(kind, 4 * SMALL))))
    assert counted[-1] <= MOST * counted[-2]
