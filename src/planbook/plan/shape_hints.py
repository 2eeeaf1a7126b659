"""A text, a list or a mapping where another of these belongs: what was meant by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planbook.diagnostics.document import Mapping, Scalar, Sequence, Value
from planbook.diagnostics.suggestions import fold
from planbook.plan.key_examples import example, plan_years
from planbook.plan.key_names import NAME_LISTS
from planbook.plan.number_hints import figures_in
from planbook.plan.own_words import plan_words
from planbook.plan.shape import shape_at
from planbook.plan.value_hints import names_in, phrases_in
from planbook.plan.value_types import BLANK
from planbook.plan.year_hints import years_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planbook.plan.faults import Fault

MAX_LENGTH = 100
"""Characters of a text that is shown again in a hint: it fits on a line."""

MAX_PAIRS = 5
"""Keys with their values that are shown again on one line."""


def meant_instead(fault: Fault, key: str) -> tuple[str, str] | None:
    """Return what should stand there, after the words that say so; None where that is not certain."""
    return _item_meant(fault) or _value_meant(fault, key)


def shape_hint(fault: Fault, key: str) -> str:
    """Say how the value is written; where it can be, with what was typed."""
    value = fault.value
    if fault.kind == "string_type":
        return "一つの文字として書いてください。「: 」や「[」「{」を含む文字は引用符で囲みます。"
    if key == "actions" and isinstance(value, str):
        said, instead = _relisting_meant(value, fault.root)
        return f"{said}次のように直してください。\nactions:\n  - {instead}" if instead else said
    if key == "targets" and (lines := _targets_in(value, plan_years(fault.root))):
        return "\n".join(["年度ごとに、次の形で書いてください。", "targets:", *lines])
    if isinstance(value, list) and all(isinstance(each, dict) for each in value) and fault.expects_mapping:
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
    if not fault.has_wrong_shape or fault.kind == "string_type":
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
    return str(text) if isinstance(text := value.get(key), Scalar) else ""


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
    if fault.expects_mapping:
        written = _mapping_meant(fault, value)
        return ("", written) if written else None
    return _list_meant(fault, key) if fault.kind == "tuple_type" else None


def _mapping_meant(fault: Fault, value: object) -> str:
    """Return the keys and values that were typed as a list, as a figure in words, or as a text without its key."""
    if isinstance(value, Sequence):
        pairs = ", ".join(_pairs_in(value))
        return f"{{{pairs}}}" if pairs else ""
    if not isinstance(value, str):
        return ""
    return figures_in(value) if fault.path[-2:-1] == ("figures",) else _only_key(fault, value)


def _only_key(fault: Fault, value: str) -> str:
    """Return the mapping with one text that stands without its key, where the mapping must have just that one."""
    shape = shape_at(fault.path)
    required = sorted(shape.required) if shape else []
    if not shape or len(required) != 1 or not shape.fields[required[0]].is_text_only:
        return ""
    typed = _typed([(required[0], Scalar(value))]) if len(value) <= MAX_LENGTH else []
    return f"{{{typed[0]}}}" if typed else ""


def _list_meant(fault: Fault, key: str) -> tuple[str, str] | None:
    """Return the list that was typed as keys or as a text, after the words that say how it is written."""
    value = fault.value
    if key in NAME_LISTS and isinstance(value, dict) and not any(value.values()):
        return "", f"[{', '.join(map(str, value))}]"
    if key == "figures" and (written := figures_in(value)):
        return "", f"[{written}]"
    shape = shape_at(fault.path)
    if isinstance(value, dict) and shape and shape.items and value.keys() <= shape.items.fields.keys():
        pairs = ", ".join(_typed(list(value.items())))
        return ("「[」「]」で囲み、", f"[{{{pairs}}}]") if pairs else None
    return _list_of_texts(fault, key, value) if isinstance(value, str) else None


def _pairs_in(items: Sequence) -> list[str]:
    """Return the keys and values that were typed as items of a list; none where there is anything else among them."""
    pairs = [pair for each in items if isinstance(each, Mapping) for pair in each.items()]
    return _typed(pairs) if len(pairs) == len(items) else []


def _typed(pairs: list[tuple[str, Value]]) -> list[str]:
    """Return keys and values as they are typed between braces; none where these are many, or need quotes."""
    short = all(isinstance(value, Scalar) and value and not re.search(r"[,:#\[\]{}\n]", value) for _, value in pairs)
    return [f"{key}: {value}" for key, value in pairs] if short and len(pairs) <= MAX_PAIRS else []


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
    if "\n" in value.strip():
        lines = (line.strip().removeprefix("・") for line in value.strip().split("\n"))
        return "リストの形で、", "".join(f"\n  - {line}" for line in lines if line)
    items = names_in(value) if key in NAME_LISTS else phrases_in(value) if key == "vision" else [value]
    return "リストの形で、", f"[{', '.join(items)}]"


def _targets_in(value: object, years: list[int]) -> list[str]:
    """Return the lines of targets that were typed as a list, or as one text for all years."""
    if isinstance(value, str):
        return [f"  {'-'.join(map(str, dict.fromkeys((min(years), max(years)))))}: {value}"] if years else []
    parts = value if isinstance(value, list) and all(isinstance(each, dict) for each in value) else []
    return [f"  {years}: {text}" for each in parts for years, text in each.items() if isinstance(text, str)]
