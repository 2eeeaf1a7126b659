"""The rules: each reads the plan and yields findings; none changes anything.

To add a rule: write a generator decorated with `@rule` in the module of its subject (a new module is imported below)
and a folder with its slug in `explanations/`, whose examples are its tests.
"""

from planbook.rules import (
    book,
    characters,
    departments,
    example,
    figures,
    identifiers,
    marks,
    relistings,
    repetitions,
    sheets,
    undecided,
    years,
)
from planbook.rules.registry import RULES

__all__ = [
    "RULES",
    "book",
    "characters",
    "departments",
    "example",
    "figures",
    "identifiers",
    "marks",
    "relistings",
    "repetitions",
    "sheets",
    "undecided",
    "years",
]
