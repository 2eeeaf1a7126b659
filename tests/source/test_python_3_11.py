"""What works in the newest Python 3.11 only: Debian 12 has 3.11.2, and planbook has to work there."""

from __future__ import annotations

import re
from pathlib import Path

import planbook

POSSESSIVE_GROUP = re.compile(r"\)[*+?]\+(?![,;])")  # a class of characters may hold `)*+,`
SOURCES = sorted(Path(planbook.__file__).parent.rglob("*.py"))


def test_no_possessive_quantifier_behind_a_group() -> None:
    # Until 3.11.5 such a group matches too little, or what it should not (github.com/python/cpython/issues/106052).
    lines = [(path.name, line) for path in SOURCES for line in path.read_text("utf-8").split("\n")]
    assert [(name, line) for name, line in lines if not line.startswith("#") and POSSESSIVE_GROUP.search(line)] == []
