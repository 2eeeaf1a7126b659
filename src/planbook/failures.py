"""What can stop a build that is not in the plan. `str()` of each is Japanese and for the user."""

from __future__ import annotations


class PangoMissing(ImportError):
    """The C libraries that WeasyPrint needs are not on this machine."""


class LayoutError(Exception):
    """The renderer warned or failed: what it would have written is not what was asked for."""


class TemplateError(Exception):
    """A template can not be used: which, where and why."""
