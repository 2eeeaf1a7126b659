"""Plan files → the report of their check. Nothing here needs typer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.check import check as checking
from planbook.check import reports as reporting
from planbook.cli.files import STANDARD_INPUT, read_plan, shown, wants_color, warn_if_outdated
from planbook.project.paths import DEFAULT_PLAN

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_files(names: Sequence[str], form: str | None = None, *, strict: bool = False) -> int:
    """Check files, print the report, and return the exit code. Without `form`, the place chooses."""
    names = names or [str(DEFAULT_PLAN)]
    files = [None if name == STANDARD_INPUT else Path(name) for name in names]
    outcomes = [checking.check(read_plan(name), shown(name), file) for name, file in zip(names, files, strict=True)]
    report = reporting.Report.of([shown(name) for name in names], outcomes)
    usual = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    form = form or usual
    print(reporting.write(report, form, color=wants_color(sys.stdout)))  # noqa: T201 - the command's own output
    for name, outcome in zip(names, outcomes, strict=True):
        warn_if_outdated(name, outcome.plan)
    if form == "github":
        from planbook.check.reports.github import summarize  # noqa: PLC0415 - the other formats do without

        summarize(report)
    return 1 if report.errors or (strict and report.warnings) else 0
