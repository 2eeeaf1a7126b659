"""What pydantic says of a file → findings for planners, each with what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Path, Scalar, Sequence, Value
from planbook.diagnostics.finding import Finding
from planbook.diagnostics.suggestions import fold
from planbook.plan.key_examples import example, plan_years
from planbook.plan.number_hints import corrected_number, figures_in, wrong_number
from planbook.plan.own_words import plan_words
from planbook.plan.shape import shape_at
from planbook.plan.value_hints import VALUES, choice_hint, names_in, phrases_in, unknown_column
from planbook.plan.value_types import BLANK, same_years
from planbook.plan.year_hints import wrong_date, wrong_year, wrong_year_key, year_key, years_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails


OPTIONAL = (
    *("stage", "approaches", "prefix", "note", "labels", "book", "example", "notes", "kind", "numbers", "columns"),
    *("marks", "texts", "indicators", "content", "bound", "source", "better", "sign", "before", "restart", "repeated"),
)
"""Keys that are left out where there is nothing to say."""

MAX_LENGTH = 100
"""Characters of a text that is shown again in a hint: it fits on a line."""

MOST_PAIRS = 5
"""Keys with their values that are shown again on one line."""

NAME_LISTS = ("departments", "years", "on", "columns", "marks")
"""Lists of short names."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the validation: at which path of the file, and in which mapping or list."""

    kind: str
    path: Path
    value: object
    around: Value
    in_key: bool
    root: Value
    columns: tuple[str, ...] = ()

    @classmethod
    def read(cls, details: ErrorDetails, root: Value) -> Fault:
        """Follow pydantic's location through the data. Steps that are not in the data are its union tags."""
        location = details["loc"]
        in_key = location[-1:] == ("[key]",)
        here = around = root
        path: Path = here.path
        for index, step in enumerate(location):
            if isinstance(here, Scalar):
                break
            if index > 1 and location[index - 2] in {"actions", "parts"} and isinstance(step, str):
                continue
            if isinstance(here, Mapping) and step in here:
                around, here = here, here[str(step)]
                path = here.path
            elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
                around, here = here, here[step]
                path = here.path
            elif details["type"] == "missing" and index == len(location) - 1:
                around, path = here, (*here.path, step)
        columns = tuple(details.get("ctx", {}).get("columns", ()))
        return cls(details["type"], path, details["input"], around, in_key, root, columns)


def findings(faults: list[Fault]) -> Iterator[Finding]:
    """Say each fault once."""
    missing: dict[Path, list[Fault]] = {}
    numbers = {fault.path[:-1]: fault for fault in faults if fault.kind == "number"}
    all_years = False
    flat = [fault for fault in faults if fault.path[:-1] == ("synonyms",) and isinstance(fault.around, Sequence)]
    if len(flat) > 1 and len(flat) == len(flat[0].around):
        instead = f"[[{', '.join(str(fault.value) for fault in flat)}]]"
        hint = "同じ意味の言葉を、組ごとに [ ] で囲み、"
        yield Finding("wrong-type", ("synonyms",), _wrong_type(flat[0]), hint, instead=instead)
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
    name = next((str(title) for word in ("title", "id") if (title := _get(first.around, word))), "")
    of = f"「{name[:40]}」に" if name else ""
    added = tuple(example(key, first.path, first.root) or f"{key}: …" for key in keys)
    message = f"{of}{'、'.join(f'「{key}」' for key in keys)}がありません。"
    return Finding("missing-key", first.path[:-1], message, added=added)


def _get(value: Value, key: str) -> Value | None:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Scalar) else None


_KINDS = {
    "string_type": "文字",
    "tuple_type": "リスト（「- 」で始まる行の並び）",
    "dict_type": "「キー: 値」の組",
    "model_type": "「キー: 値」の組",
    "model_attributes_type": "「キー: 値」の組",
    "union_tag_not_found": "「キー: 値」の組",
}


_YEARS = {"year": wrong_year, "year_range": wrong_year_key, "year_month": wrong_date}


def _wrong_value(fault: Fault) -> Finding:
    value = str(fault.value) if isinstance(fault.value, str) else ""
    key = next((str(step) for step in reversed(fault.path) if isinstance(step, str)), "")
    if fault.kind == "empty" or (fault.value == "" and fault.kind in (*_KINDS, "literal_error")):
        return _empty(fault, key)
    if fault.kind == "number":
        return wrong_number(fault.path, value, fault.around)
    if found := _wrong_years(fault, key, value):
        return found
    if instead := _item_meant(fault) or _value_meant(fault, key):
        return Finding("wrong-type", fault.path, _wrong_type(fault), instead[0], instead=instead[1])
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
        rule, message, hint = "wrong-type", _wrong_type(fault), _type_hint(fault, key)
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
        return "目標を書くか、その年度に無ければ「該当なし」、決まっていなければ「未定」と書いてください。"
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


def _wrong_type(fault: Fault) -> str:
    given = (
        "リスト" if isinstance(fault.value, list) else "「キー: 値」の組" if isinstance(fault.value, dict) else "文字"
    )
    return f"{_KINDS.get(fault.kind, '別の形の値')}を書くところに、{given}があります。"


def _type_hint(fault: Fault, key: str) -> str:
    """Say how the value is written; where it can be, with what was typed."""
    value = fault.value
    if fault.kind == "string_type":
        return "一つの文字として書いてください。「: 」や「[」「{」を含む文字は引用符で囲みます。"
    if key == "actions" and isinstance(value, str):
        said, instead = _relisting_meant(value, fault.root)
        return f"{said}次のように直してください。\nactions:\n  - {instead}" if instead else said
    if key == "targets" and (lines := _targets_in(value, plan_years(fault.root))):
        return "\n".join(["年度ごとに、次の形で書いてください。", "targets:", *lines])
    if isinstance(value, list) and all(isinstance(each, dict) for each in value) and "組" in _KINDS.get(fault.kind, ""):
        return "行の初めの「- 」を消して、「キー: 値」の行を並べてください。"
    shown = example(key, fault.path, fault.root)
    if shown and "\n" not in shown and fault.path[-1:] and isinstance(fault.path[-1], int):
        return f"{shown} の形で書いてください（値は例です）。"
    return f"次の形で書いてください（値は例です）。\n{shown}" if shown else "「キー: 値」の形で書いてください。"


def _item_meant(fault: Fault) -> tuple[str, str] | None:
    """Return what a text should have been that stands among actions or allowances, after the words that say so."""
    if not (isinstance(fault.value, str) and fault.value):
        return None
    value, of = fault.value, fault.path[-2:-1]
    if fault.kind not in _KINDS or fault.kind == "string_type":
        return None
    if of == ("allow",):
        return "止める規則には、理由が必要です。", f"{{rule: {value[:60]}, reason: {BLANK}}}"
    return _relisting_meant(value, fault.root) if of == ("actions",) else None


def _relisting_meant(value: str, root: Value) -> tuple[str, str]:
    """Return how the action is shown again whose title was typed, after the words that say so."""
    original = re.sub(r"[（(【〔［]?再掲[）)】〕］]?", "", value).strip()
    said = plan_words(root)("再掲なら、元の取組項目の id を次のように書いてください。")
    own = next((each for each in _actions(root) if fold(_text(each, "title")) == fold(original)), None)
    if own:
        said = plan_words(root)("再掲なら、元の取組項目の id を使って、")
        return said, f"relist: {_text(own, 'id')}"
    return f"{said[:-1]}（例：- relist: {example('id', ('actions',), root).removeprefix('id: ')}）。", ""


def _actions(value: Value) -> Iterator[Mapping]:
    """Yield what has an id and a title and no section below it."""
    if isinstance(value, Mapping):
        if "id" in value and "title" in value and "actions" not in value:
            yield value
        for each in value.values():
            yield from _actions(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _actions(each)


def _text(value: Mapping, key: str) -> str:
    return str(_get(value, key) or "")


def _value_meant(fault: Fault, key: str) -> tuple[str, str] | None:
    """Return the list or the text that was meant, after the words that say so; None where that is not certain."""
    value = fault.value
    if (
        fault.kind == "string_type"
        and isinstance(value, list)
        and value
        and all(isinstance(part, str) for part in value)
    ):
        if key in NAME_LISTS and (len(value) == 1 or fault.path[-1:] == (0,)):
            return "かっこを一重にして、", ", ".join(value)
        return ("「[」「]」や「- 」なしで、", value[0]) if len(value) == 1 else None
    if key == "targets" and isinstance(value, Sequence) and (lines := _targets_in(value, [])):
        return "年度ごとに、", "\n".join(["", *lines])
    if isinstance(value, Sequence) and "組" in _KINDS.get(fault.kind, ""):
        pairs = ", ".join(_pairs_in(value))
        return ("", f"{{{pairs}}}") if pairs else None
    return _list_meant(fault, key) if fault.kind == "tuple_type" else None


def _list_meant(fault: Fault, key: str) -> tuple[str, str] | None:
    """Return the list that was typed as keys or as a text, after the words that say how it is written."""
    value = fault.value
    if key in NAME_LISTS and isinstance(value, dict) and not any(value.values()):
        return "", f"[{', '.join(map(str, value))}]"
    if key == "figures" and (written := figures_in(value)):
        return "", f"[{written}]"
    return _list_of_texts(fault, key, value) if isinstance(value, str) else None


def _pairs_in(items: Sequence) -> list[str]:
    """Return the keys and values that were typed as items of a list; none where there is anything else among them."""
    pairs = [pair for each in items if isinstance(each, Mapping) for pair in each.items()]
    short = all(isinstance(value, Scalar) and value and not re.search(r"[,:#\[\]{}\n]", value) for _, value in pairs)
    return [f"{key}: {value}" for key, value in pairs] if short and len(pairs) == len(items) <= MOST_PAIRS else []


def _list_of_texts(fault: Fault, key: str, value: str) -> tuple[str, str] | None:
    """Return the list of texts that was typed as one text, after the words that say how it is written."""
    if key == "synonyms" and len(value) <= MAX_LENGTH:
        words = names_in(value) if re.search("[、，,・]", value) else [value, "別の言葉"]
        pair = f"[{', '.join(words)}]"
        return "同じ意味の言葉を、組ごとに [ ] で囲み、", f"[{pair}]" if key == fault.path[-1] else pair
    shape = shape_at(fault.path)
    if not (shape and shape.items and shape.items.text) or len(value) > MAX_LENGTH:
        return None
    if key == "years" and (ends := re.fullmatch(r"([0-9]{4})-([0-9]{4})", value)) and ends[2] < ends[1]:
        return "古い年度を先にして、", f"{ends[2]}-{ends[1]}"
    if key == "years":
        years = ", ".join(map(str, years_in(value)))
        return ("一年ずつ、リストの形で、", f"[{years}]") if years else None
    items = names_in(value) if key in NAME_LISTS else phrases_in(value) if key == "vision" else [value]
    return "リストの形で、", f"[{', '.join(items)}]"


def _targets_in(value: object, years: list[int]) -> list[str]:
    """Return the lines of targets that were typed as a list, or as one text for all years."""
    if isinstance(value, str):
        return [f"  {'-'.join(map(str, dict.fromkeys((min(years), max(years)))))}: {value}"] if years else []
    parts = value if isinstance(value, list) and all(isinstance(each, dict) for each in value) else []
    return [f"  {years}: {text}" for each in parts for years, text in each.items() if isinstance(text, str)]
