"""Plain data → the plan, or the findings of its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from planbook.diagnostics import Finding
from planbook.document import Mapping, Path, Scalar, Sequence, Value
from planbook.model import Element, Plan, Relisting
from planbook.suggestions import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from planbook.document import Part

STAND_IN = "\0"
"""Stands in for a text that is missing or wrong, so that the rest can still be checked. No file can contain it."""

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
    damaged: set[Path] = set()
    for attempt in range(MAX_PASSES):
        try:
            return Loaded(Plan.model_validate(root), findings, frozenset(damaged))
        except ValidationError as error:
            faults = [_Fault.read(details, root) for details in error.errors(include_url=False)]
        if attempt == 0:
            findings = tuple(_findings(faults))
        damaged.update(fault.path for fault in faults)
        if any(not fault.path for fault in faults):
            break  # the file as a whole is not a mapping
        root = _patched(root, {fault.path: fault for fault in faults})
    return Loaded(None, findings, frozenset(damaged))


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error of the validation: at which path of the file, and in which mapping or list."""

    kind: str
    path: Path
    value: object
    expected: str
    around: Value
    in_key: bool

    @classmethod
    def read(cls, details: ErrorDetails, root: Value) -> _Fault:
        """Follow pydantic's location through the data. Steps that are not in the data are its union tags."""
        location = details["loc"]
        in_key = location[-1:] == ("[key]",)
        here = around = root
        path: Path = here.path
        for index, step in enumerate(location):
            is_tag = index > 1 and location[index - 2] == "actions" and isinstance(step, str)
            if is_tag or isinstance(here, Scalar):
                continue
            if isinstance(here, Sequence) and isinstance(step, int):
                around, here = here, here[step]
                path = here.path
            elif isinstance(here, Mapping) and step in here:
                around, here = here, here[str(step)]
                path = here.path
            elif details["type"] == "missing" and index == len(location) - 1:
                around, path = here, (*here.path, step)
        expected = str(details.get("ctx", {}).get("expected", ""))
        return cls(details["type"], path, details["input"], expected, around, in_key)


def _findings(faults: list[_Fault]) -> Iterator[Finding]:
    missing = {fault.path for fault in faults if fault.kind == "missing"}
    for fault in sorted(faults, key=lambda fault: fault.kind != "extra_forbidden"):
        if fault.kind == "extra_forbidden":
            yield _unknown_key(fault, missing)
        elif fault.kind == "missing":
            if fault.path in missing:
                yield Finding(
                    "missing-key",
                    fault.path[:-1],
                    f"「{fault.path[-1]}」がありません。",
                    _missing_hint(fault),
                )
        else:
            yield _wrong_value(fault)


def _unknown_key(fault: _Fault, missing: set[Path]) -> Finding:
    key, around = str(fault.path[-1]), fault.path[:-1]
    valid = _keys_of(fault)
    # A required key with a typing slip is one fault, not one unknown and one missing key.
    unused = {str(path[-1]): path for path in missing if path[:-1] == around}
    if intended := nearest(key, unused):
        missing.discard(unused[intended[0]])
    hint = suggest(key, [name for name in valid if name not in fault.around or name in unused])
    return Finding("unknown-key", fault.path, f"「{key}」というキーはここでは使えません。", hint, part="key")


def _keys_of(fault: _Fault) -> list[str]:
    """Return the keys that the format has in the mapping around a fault."""
    kinds: list[type[Element]] = [Plan]
    for step in fault.path[:-1]:
        fields = kinds[0].model_fields
        if step in fields:
            kinds = list(_elements(fields[str(step)].annotation))
    if Relisting in kinds:
        kinds = [Relisting] if "relist" in fault.around else [kind for kind in kinds if kind is not Relisting]
    return list(kinds[0].model_fields)


def _elements(annotation: Any) -> Iterator[type[Element]]:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        yield annotation
    for argument in get_args(annotation):
        yield from _elements(argument)


def _missing_hint(fault: _Fault) -> str:
    return f"「{fault.path[-1]}: …」の行を足してください。"


_KINDS = {
    "string_type": "文字",
    "tuple_type": "リスト（「- 」で始まる行の並び）",
    "dict_type": "「キー: 値」の組",
    "model_type": "「キー: 値」の組",
    "union_tag_not_found": "「キー: 値」の組",
}

_WRONG_VALUES = {
    "empty": ("empty-value", "値が空です。", "値を書くか、要らなければキーごと消してください。"),
    "identifier": (
        "invalid-id",
        "id「{value}」に使えない文字があります。",
        "文字、数字、「-」、「_」だけで、空白なしで書いてください。",
    ),
    "number": (
        "invalid-number",
        "「{value}」は数値ではありません。",
        "半角の数字だけで書いてください（例：2300）。",
    ),
    "year": (
        "invalid-year",
        "「{value}」は年度ではありません。",
        "西暦4桁の半角数字で書いてください（例：2018）。",
    ),
    "year_range": (
        "invalid-year",
        "「{value}」は年度ではありません。",
        "2018 のような西暦4桁か、2018-2020 のような範囲を半角で書いてください。",
    ),
    "year_month": (
        "invalid-date",
        "「{value}」は年月ではありません。",
        "2018-03 のように西暦の年と月を半角で書いてください。",
    ),
    "empty_target": (
        "empty-value",
        "目標の中身がありません。",
        "text（文章）か figures（数値）を書いてください。",
    ),
}


def _wrong_value(fault: _Fault) -> Finding:
    part: Part = "key" if fault.in_key else "value"
    if fault.value == "" and fault.kind in _KINDS:
        rule, message, hint = _WRONG_VALUES["empty"]
    elif fault.kind in _WRONG_VALUES:
        rule, message, hint = _WRONG_VALUES[fault.kind]
        message = message.format(value=fault.path[-1] if fault.in_key else fault.value)
    elif fault.kind == "literal_error":
        valid = [word.strip("' ") for word in fault.expected.replace(" or ", ",").split(",")]
        rule, message, hint = (
            "invalid-choice",
            f"「{fault.value}」は使えません。",
            suggest(str(fault.value), valid),
        )
    else:
        given = (
            "リスト"
            if isinstance(fault.value, list)
            else "「キー: 値」の組"
            if isinstance(fault.value, dict)
            else "文字"
        )
        rule, message, hint = "wrong-type", f"{_KINDS[fault.kind]}を書くところに、{given}があります。", ""
    return Finding(rule, fault.path, message, hint, part=part)


_STAND_INS: dict[str, Value] = {
    **{name: Scalar(STAND_IN) for name in ("title", "goal", "municipality", "name", "unit", "text")},
    **{name: Sequence([Scalar(STAND_IN)]) for name in ("vision", "departments")},
    "format": Scalar("1"),
    "date": Scalar("2000-01"),
    "years": Sequence([Scalar("2000")]),
    "targets": Mapping({"2000": Scalar(STAND_IN)}),
    "value": Scalar("0"),
}
_STAND_INS_IN_LISTS = {
    **{name: Scalar(STAND_IN) for name in ("vision", "departments", "approaches")},
    "years": Scalar("2000"),
}


def _stand_in(path: Path) -> Value | None:
    """Return a valid value for the place, or None where the format has no neutral one."""
    if path[-1] == "id":
        return Scalar("\U00010000" + "-".join(map(str, path[:-1])))  # a letter nobody types keeps it unique
    if isinstance(path[-1], int):
        return _STAND_INS_IN_LISTS.get(str(path[-2]))
    return _STAND_INS.get(path[-1])


def _patched(value: Value, faults: dict[Path, _Fault]) -> Value:
    """Return a copy in which every faulty value is replaced by a stand-in, or left out."""
    missing: dict[Path, list[Path]] = {}
    for path, fault in faults.items():
        if fault.kind == "missing":
            missing.setdefault(path[:-1], []).append(path)

    def patch(value: Value) -> Value | None:
        fault = faults.get(value.path)
        if fault and fault.kind == "extra_forbidden":
            return None
        if fault:
            return _stand_in(value.path)
        if isinstance(value, Scalar):
            return value
        if isinstance(value, Sequence):
            return Sequence([item for item in map(patch, value) if item is not None], value.path)
        fields = {key: patch(item) for key, item in value.items()}
        holes = {str(path[-1]): _stand_in(path) for path in missing.get(value.path, ())}
        if None in holes.values():
            return None
        return Mapping({key: item for key, item in (fields | holes).items() if item is not None}, value.path)

    return patch(value) or value
