"""Plain data → the plan, or the findings of its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from planbook.diagnostics.document import Mapping, Path, Scalar, Sequence, Value
from planbook.diagnostics.finding_limit import MAX_FINDINGS, too_many
from planbook.plan import stand_ins
from planbook.plan.childless_sections import childless
from planbook.plan.model import Plan
from planbook.plan.stand_ins import StandIn, StandInList, StandInMapping
from planbook.plan.value_types import COLUMNS, read_years

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from planbook.diagnostics.finding import Finding
    from planbook.plan.faults import Fault

MAX_PASSES = 12
"""A hole is filled, or what is around it is left out; the format nests 11 deep, so this many passes are enough."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading made of a document.

    `plan` is there whenever the rules can say something: where the shape has faults, stand-ins fill the holes, and
    `damaged` has the paths of all that was replaced or left out. Only a plan without findings may be printed.
    """

    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    damaged: frozenset[Path] = frozenset()


def load(root: Value) -> Loaded:
    """Validate the data of a plan file; every fault of its shape is one finding."""
    findings: tuple[Finding, ...] = ()
    lacking = list(childless(root))
    damaged: set[Path] = {path for _, path in lacking}
    context = {COLUMNS: _column_words(root)}
    for attempt in range(MAX_PASSES):
        plan, errors = _validated(root, context)
        found = _faults(errors[:MAX_FINDINGS], root) if errors else []
        if attempt == 0 and (errors or lacking):
            findings = _findings([*found, *_missing(lacking[:MAX_FINDINGS], root)])
        if max(len(errors), len(lacking)) > MAX_FINDINGS:
            return Loaded(None, (*findings, too_many("キーと値の誤り", found[-1].path if found else lacking[0][1])))
        if plan is not None:
            return Loaded(plan, findings, frozenset(damaged))
        damaged.update(fault.path for fault in found)
        if any(not fault.path for fault in found):
            break  # the file as a whole is not a mapping
        patched = _patched(root, {fault.path: fault for fault in found})
        if patched is root:
            break  # what is missing has no stand-in
        root = patched
    return Loaded(None, findings, frozenset(damaged))


def load_faultless(root: Value) -> Plan | None:
    """Return the plan of data that have no fault of their shape, else None: `load` says what is wrong with them."""
    if any(True for _ in childless(root)):
        return None
    try:
        return Plan.model_validate(root, context={COLUMNS: _column_words(root)})
    except ValidationError:
        return None


def _validated(root: Value, context: dict[str, tuple[str, ...]]) -> tuple[Plan | None, list[ErrorDetails]]:
    try:
        return Plan.model_validate(root, context=context), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _faults(errors: list[ErrorDetails], root: Value) -> list[Fault]:
    from planbook.plan.faults import Fault  # noqa: PLC0415 - most plans have none

    return [Fault.read(details, root) for details in errors]


def _missing(lacking: list[tuple[Mapping, Path]], root: Value) -> list[Fault]:
    from planbook.plan.faults import Fault  # noqa: PLC0415 - most plans have none

    return [Fault("missing", path, None, section, in_key=False, root=root) for section, path in lacking]


def _findings(found: list[Fault]) -> tuple[Finding, ...]:
    from planbook.plan import validation_messages  # noqa: PLC0415 - most plans have none

    return tuple(validation_messages.findings(found))


def _column_words(root: Value) -> tuple[str, ...]:
    """Return the words that the plan has columns for: values may stand under these as under years."""
    columns = root.get("columns") if isinstance(root, Mapping) else None
    items = columns if isinstance(columns, Sequence) else ()
    return tuple(str(item) for item in items if isinstance(item, Scalar) and not read_years(str(item)))


_TEXTS = {"id", "title", "goal", "municipality", "name", "unit", "text", "date"}
_LISTS = {"vision", "departments", "years"}
_LISTS_OF_TEXTS = {"vision", "departments", "approaches"}


def _stand_in(path: Path) -> Value | None:
    """Return what may stand at a place instead of its value, or None where the value is better left out."""
    key = path[-1]
    if isinstance(key, int):
        return stand_ins.text(path) if path[-2] in _LISTS_OF_TEXTS else None
    if key in _TEXTS:
        return stand_ins.text(path)
    if key in _LISTS:
        return StandInList(path=path)
    if key == "targets":
        return StandInMapping(path=path)
    return Scalar("1", path) if key == "format" else None  # the only format there is


def _patched(value: Value, found: dict[Path, Fault]) -> Value:
    """Return a copy in which every faulty value is replaced by a stand-in, or left out."""
    missing: dict[Path, list[Path]] = {}
    for path, fault in found.items():
        if fault.kind == "missing":
            missing.setdefault(path[:-1], []).append(path)

    def patch(value: Value) -> Value | None:
        if fault := found.get(value.path):
            given_up = fault.kind == "extra_forbidden" or isinstance(value, StandIn)
            return None if given_up else _stand_in(value.path)
        if isinstance(value, Scalar | StandIn):
            return value
        if isinstance(value, Sequence):
            return Sequence([item for item in map(patch, value) if item is not None], value.path)
        fields = {key: patch(item) for key, item in value.items()}
        holes = {str(path[-1]): _stand_in(path) for path in missing.get(value.path, ())}
        if None in holes.values():
            return None
        return Mapping({key: item for key, item in (fields | holes).items() if item is not None}, value.path)

    return patch(value) or value
