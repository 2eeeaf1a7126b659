"""What pydantic says of a file → findings for planners, each with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.diagnostics.document import Sequence
from planbook.diagnostics.finding import Finding
from planbook.plan.key_examples import example
from planbook.plan.number_hints import corrected_number, wrong_number
from planbook.plan.own_words import plan_words
from planbook.plan.shape import shape_at
from planbook.plan.shape_hints import meant_instead, shape_hint
from planbook.plan.value_hints import VALUES, choice_hint, names_in, unknown_column
from planbook.plan.value_types import same_years
from planbook.plan.year_hints import wrong_date, wrong_year, wrong_year_key, year_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.diagnostics.document import Path
    from planbook.plan.faults import Fault


OPTIONAL = (
    *("stage", "approaches", "prefix", "note", "labels", "book", "example", "notes", "kind", "numbers", "columns"),
    *("marks", "texts", "indicators", "content", "bound", "source", "better", "sign", "before", "restart", "repeated"),
)
"""Keys that are left out where there is nothing to say."""


def findings(faults: list[Fault]) -> Iterator[Finding]:
    """Say each fault once."""
    missing: dict[Path, list[Fault]] = {}
    numbers = {fault.path[:-1]: fault for fault in faults if fault.kind == "number"}
    all_years = False
    flat = [fault for fault in faults if fault.path[:-1] == ("synonyms",) and isinstance(fault.around, Sequence)]
    if len(flat) > 1 and len(flat) == len(flat[0].around):
        typed = [str(fault.value) for fault in flat]
        several = any(len(names_in(each)) > 1 for each in typed)
        groups = [", ".join(names_in(each)) for each in typed] if several else [", ".join(typed)]
        instead = "[" + ", ".join(f"[{group}]" for group in groups) + "]"
        hint = "同じ意味の言葉を、組ごとに [ ] で囲み、"
        yield Finding("wrong-type", ("synonyms",), flat[0].wrong_shape, hint, instead=instead)
        faults = [fault for fault in faults if fault not in flat]
    for fault in faults:
        if fault.kind == "missing" and fault.path[-1] == "unit" and _has_unit(numbers.get(fault.path[:-1])):
            continue  # the unit stands behind the number
        if fault.kind == "missing":
            missing.setdefault(fault.path[:-1], []).append(fault)
            continue
        if fault.kind == "year" and fault.path[:-1] == ("years",):
            if all_years:
                continue  # what is said of the first one is about all of them
            all_years = True
        yield _wrong_value(fault)
    yield from map(_missing_keys, missing.values())


def _has_unit(number: Fault | None) -> bool:
    """Tell whether the number beside a missing unit was typed with one."""
    correction = corrected_number(str(number.value), number.around) if number else None
    return correction is not None and any(each.startswith("unit:") for each in correction[1])


def _missing_keys(faults: list[Fault]) -> Finding:
    """Say what one mapping lacks."""
    keys = [str(fault.path[-1]) for fault in faults]
    first = faults[0]
    of = f"「{first.owner[:40]}」に" if first.owner else ""
    added = tuple(example(key, first.path, first.root) or f"{key}: …" for key in keys)
    message = f"{of}{'、'.join(f'「{key}」' for key in keys)}がありません。"
    return Finding("missing-key", first.path[:-1], message, added=added)


_YEARS = {"year": wrong_year, "year_range": wrong_year_key, "year_month": wrong_date}


def _wrong_value(fault: Fault) -> Finding:
    value = str(fault.value) if isinstance(fault.value, str) else ""
    key = next((str(step) for step in reversed(fault.path) if isinstance(step, str)), "")
    if fault.kind == "empty" or (fault.value == "" and (fault.has_wrong_shape or fault.kind == "literal_error")):
        return _empty(fault, key)
    if fault.kind == "number":
        return wrong_number(fault.path, value, fault.around)
    if found := _wrong_years(fault, key, value):
        return found
    if instead := meant_instead(fault, key):
        return Finding("wrong-type", fault.path, fault.wrong_shape, instead[0], instead=instead[1])
    if fault.kind == "column":
        rule, message, hint = unknown_column(value, fault.columns)
    elif fault.kind in VALUES:
        rule, message, hint = VALUES[fault.kind](value)
    elif fault.kind == "literal_error":
        shape = shape_at(fault.path)
        choices = shape.choices if shape else ()
        rule, message = "invalid-choice", f"「{value[:60]}」は使えません。"
        hint = plan_words(fault.root)(choice_hint(key, value, choices))
    else:
        rule, message, hint = "wrong-type", fault.wrong_shape, shape_hint(fault, key)
    return Finding(rule, fault.path, message, hint, part="key" if fault.in_key else "value")


def _wrong_years(fault: Fault, key: str, value: str) -> Finding | None:
    """Say what is wrong with a year or a date, if it is one of these."""
    if fault.kind == "same_years" and isinstance(fault.value, dict) and (keys := same_years(fault.value)):
        message = f"「{keys[0]}」と「{keys[1]}」は同じ年度です。"
        hint = "どちらか一つにまとめてください。"
        return Finding("duplicate-key", (*fault.path, keys[1]), message, hint, part="key")
    if fault.kind == "column" and year_key(key, fault.root):
        return wrong_year_key(fault.path, key, fault.root)
    return _YEARS[fault.kind](fault.path, value, fault.root) if fault.kind in _YEARS else None


def _empty(fault: Fault, key: str) -> Finding:
    """Say that a value is empty, with what may stand there."""
    if fault.path and isinstance(fault.path[-1], int):
        hint = "項目を書くか、この「-」の行を消してください。"
        return Finding("empty-value", fault.path, f"「{key}」の項目が空です。", hint)
    message = f"「{key}」の値が空です。"
    if shown := _example_value(fault, key):
        hint = "値を書いてください（次の値は例です）。"
        return Finding("empty-value", fault.path, message, hint, instead=shown)
    return Finding("empty-value", fault.path, message, _empty_hint(fault, key), part="key" if fault.in_key else "value")


def _empty_hint(fault: Fault, key: str) -> str:
    shape = shape_at(fault.path)
    if fault.path[-2:-1] == ("targets",):
        return "目標を書くか、その年度になければ「該当なし」、決まっていなければ「未定」と書いてください。"
    if key in OPTIONAL:
        return "値を書くか、不要ならこのキーの行を消してください。"
    shown = example(key, fault.path, fault.root) if shape else ""
    return f"次のように値を書いてください（値は例です）。\n{shown}" if shown else "値を書いてください。"


def _example_value(fault: Fault, key: str) -> str:
    """Return what may stand as the value of a key that must have one, on its line; nothing for a list or mapping."""
    shape = shape_at(fault.path)
    if key in OPTIONAL or fault.path[-2:-1] == ("targets",) or not (shape and shape.is_text_only):
        return ""
    name, _, value = example(key, fault.path, fault.root).partition(": ")
    return value if name == key and "\n" not in value and value[:1] not in {"[", "{"} else ""
