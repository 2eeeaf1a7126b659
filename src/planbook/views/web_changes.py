"""What the preview marks as changed since another version of the plan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that changed: where it stands on the page, what it is (新設, 移動, 変更), and what it is called."""

    anchor: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """All that changed since a version, what is gone by its titles, and how much there is of it in a line."""

    since: str
    parts: tuple[ChangedPart, ...]
    gone: tuple[str, ...]
    summary: str
