"""Diagnostics → text for people, editors and services. Nothing here prints."""

from __future__ import annotations

from importlib import import_module

from planbook.check.reports.report import Report

__all__ = ["FORMATS", "Report", "write"]

FORMATS = ("text", "json", "github", "sarif")
"""The formats; the module of each has its name. A call needs one of them, so only that one is imported."""


def write(report: Report, form: str, *, color: bool = False) -> str:
    """Return the report in one of the FORMATS, without a final line break. `color` is for a terminal."""
    writer = import_module(f"planbook.check.reports.{form}")
    return str(writer.write(report, color=color))
