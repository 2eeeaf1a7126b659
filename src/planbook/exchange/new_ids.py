"""Ids for new parts of a plan, made from their titles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_LENGTH = 30


def id_from(title: str, taken: Collection[str]) -> str:
    """Return an id that is not taken yet: the letters and digits of the title, and a number where it needs one."""
    letters = (
        re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", title)).strip("-_")[:_MAX_LENGTH].strip("-_") or "new"
    )
    letters = unicodedata.normalize("NFKC", letters)
    found, number = letters, 1
    while found in taken:
        number += 1
        found = f"{letters}-{number}"
    return found
