"""Which levels a plan file uses, before it is a plan: what stands below a section, and what it lacks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Sequence
from planbook.plan.model import LEVEL_KEYS, Measure, Pillar, Plan, Policy, Project
from planbook.plan.sections import USUAL_CHILD_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path, Value

CHILD_KEYS: dict[str, tuple[str, ...]] = {
    "Plan": ("pillars", "policies"),
    **{element.__name__: (*element.below, "actions") for element in (Policy, Measure, Project)},
    "Pillar": Pillar.below,
}
"""By the name of an element of the model: under which keys its sections or actions may stand; it needs one of these."""

_ELEMENTS = {LEVEL_KEYS[element.level]: element for element in (Pillar, Policy, Measure, Project)}

_USUAL = {"Plan": "policies", **{element.__name__: USUAL_CHILD_KEYS[key] for key, element in _ELEMENTS.items()}}
"""What is lacking where no other section of the plan tells."""


def childless(root: Value) -> Iterator[tuple[Mapping, Path]]:
    """Yield every section without anything below it, and the path of the key that it lacks: as its likes have it."""
    found = list(_sections(root, Plan.__name__)) if isinstance(root, Mapping) else []
    used: dict[str, Counter[str]] = {}
    for name, section in found:
        used.setdefault(name, Counter()).update(key for key in CHILD_KEYS[name] if key in section)
    for name, section in found:
        if not any(key in section for key in CHILD_KEYS[name]):
            usual = next((key for key, _ in used[name].most_common(1)), _USUAL[name])
            yield section, (*section.path, usual)


def _sections(section: Mapping, name: str) -> Iterator[tuple[str, Mapping]]:
    yield name, section
    for key in CHILD_KEYS[name]:
        items = section.get(key)
        for item in items if key in _ELEMENTS and isinstance(items, Sequence) else ():
            if isinstance(item, Mapping):
                yield from _sections(item, _ELEMENTS[key].__name__)
