"""A plan as a command needs it: without errors. What the check finds goes to the error stream."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from planbook.cli.files import shown, wants_color, warn_if_outdated
from planbook.cli.writing import say

if TYPE_CHECKING:
    from pathlib import Path

    from planbook.plan.model import Plan


def checked_plan(content: bytes, path: Path, refusal: str, *, strict: bool = False) -> Plan | None:
    """Check the bytes of a plan file as `planbook check` does. None, and `refusal`, where it has errors.

    With `strict`, warnings stop the command as well.
    """
    from planbook.check import check as checking  # noqa: PLC0415 - `--help` needs neither
    from planbook.check import reports as reporting  # noqa: PLC0415

    name = shown(str(path))
    checked = checking.check(content, name, path)
    report = reporting.Report.of([name], [checked])
    if report.diagnostics:
        say(reporting.write(report, "text", color=wants_color(sys.stderr)), err=True)
    if report.errors or (strict and report.warnings):
        say(refusal, err=True)
        return None
    warn_if_outdated(str(path), checked.plan)
    return checked.plan
