"""The file beside a plan that editors read its JSON Schema from, and whether it still fits the plan."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from planbook import __version__
from planbook.project.file_access import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from planbook.plan.model import Plan

_COMMENT = re.compile(r'"\$comment": "planbook ([0-9a-f]{16})"')
_HEAD = 500
"""Characters within which the comment stands."""


def schema_file(plan: Path) -> Path:
    """Return where the schema of a plan file is."""
    return plan.with_name(f"{plan.stem}.schema.json")


def comment(plan: Plan | None) -> str:
    """Return what a schema says of the plan that it was made for: a digest of the names that it offers."""
    names = [f"planbook {__version__}"]
    if plan is not None:
        names += [*(department.name for department in plan.departments), "", *plan.originals, ""]
        names += [section.id for section in plan.lowest_sections()]
        names += ["", *(column.key for column in plan.columns or ()), "", *(mark.name for mark in plan.marks)]
    return f"planbook {hashlib.sha256(chr(0).join(names).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def is_outdated(path: Path, plan: Plan) -> bool:
    """Tell whether there is a schema of planbook's at `path` that was made for other names than the plan has."""
    try:
        with path.open(encoding="utf-8") as file:
            found = _COMMENT.search(file.read(_HEAD))
    except (OSError, ValueError):
        return False
    return found is not None and f"planbook {found[1]}" != comment(plan)


def write_schema(path: Path, text: str) -> None:
    """Write a schema in one step: an editor never reads half of it.

    Raises:
        OSError: it can not be written; what was there is there.

    """
    replace_file(path, text.encode("utf-8"))
